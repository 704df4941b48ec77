#include "views/layers/HierarchyPage.h"

#include "views/layers/LayerTexts.h"
#include "views/state/ChoiceRow.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"
#include "views/state/SubjectsText.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace brainlike {

HierarchyPage::HierarchyPage(SelectionModel& selection, ScoreData& scores, UnitReader& reader, QWidget* parent)
    : ScatterPage(selection, scores, parent), m_reader(reader), m_choices(new QWidget(this)),
      m_level(new UnitBox(selection, scores, {TableLevel::Area, TableLevel::Roi, TableLevel::Vertex}, this)) {
    m_level->setObjectName("hierarchyLevel");
    auto* row = choiceRow({{m_level, tr("Units of analysis")}}, 6);
    row->setContentsMargins(0, 0, 0, 0);
    m_choices->setLayout(row);
    plot().setAccessibleName(tr("Depth of the best layer against the distance from V1"));
    plot().setBrushable(true);
    connect(m_level, &UnitBox::unitsChanged, this, [this] {
        forget(); // dots are of other units
        scheduleUpdate();
    });
    connect(&reader, &UnitReader::changed, this, &HierarchyPage::scheduleUpdate);
    connect(&plot(), &ScatterPlot::brushedPoints, this, &HierarchyPage::choose);
}

HierarchyPage::~HierarchyPage() = default;

void HierarchyPage::forget() {
    m_dots.clear();
    plot().setPoints({}, {}, {});
    stateMessage({});
}

TableLevel HierarchyPage::level() const {
    return m_level->level();
}

UnitReader::Key HierarchyPage::keyOf(const LayersSide& side) const {
    return {level(), side.indices.model, side.indices.step, side.indices.recording, m_level->sets()};
}

QString HierarchyPage::levelName() const {
    if (level() == TableLevel::Vertex)
        return tr("vertices with q < 0.01");
    return level() == TableLevel::Area || m_level->areRegions() ? m_level->unitsText() : tr("ROIs of a hemisphere");
}

void HierarchyPage::refresh() {
    QString missing = missingOf(RecordingKind::Fmri);
    if (missing.isEmpty())
        missing = m_level->missingText();
    if (!missing.isEmpty()) {
        stateMessage(missing);
        return;
    }
    const LayersSide a = *sideA();
    const auto b = sideB();
    std::vector<UnitReader::Key> keys{keyOf(a)};
    if (b)
        keys.push_back(keyOf(*b));
    m_reader.read(keys);
    if (m_reader.error()) {
        stateMessage(QString::fromStdString(messageOf(*m_reader.error())));
        return;
    }
    if (!m_reader.layers(keyOf(a)) || (b && !m_reader.layers(keyOf(*b))))
        return;
    m_dots.clear();
    m_points.clear();
    const bool isOther = b && !(keyOf(*b) == keyOf(a));
    addDots(a, false);
    if (isOther)
        addDots(*b, true);
    plot().setPoints(std::exchange(m_points, {}), {tr("Distance from V1 (mm)")},
                     {tr("Depth of the best layer"), tr("Best layer's depth"), tr("Depth")});
    const QString ofA = tr("spatial score ") + correlationText(m_reader.layers(keyOf(a))->spatial, levelName());
    QString ofB;
    if (isOther)
        ofB = tr("B: ") + correlationText(m_reader.layers(keyOf(*b))->spatial, levelName());
    else if (b)
        ofB = tr("A and B differ in a layer, which best layers do not depend on");
    setCorrelations((isOther ? tr("A: ") : QString()) + ofA, ofB);
    markSelected();
    QStringList title = b ? comparedTitle(titleOf(a), titleOf(*b)) : titleOf(a);
    if (const QString none = noOtherText(); !none.isEmpty())
        title << tr("A alone: %1").arg(none);
    stateContent(title);
}

QStringList HierarchyPage::titleOf(const LayersSide& side) const {
    return {tr("Best layer against distance from V1"), levelName(), QString::fromStdString(modelOf(side).label),
            checkpointText(side.selection.step), subjectsText(m_data.index()->fmri, side.indices.recording)};
}

void HierarchyPage::addDots(const LayersSide& side, bool isOther) {
    if (level() == TableLevel::Vertex)
        return addVertices(side, isOther);
    const auto layers = m_reader.layers(keyOf(side));
    const auto& distances = places()->units.sets.distances;
    for (std::size_t unit = 0; unit < layers->counted.size(); ++unit)
        if (layers->counted[unit] != 0)
            addDot({side, layers->best.layer[unit], distances[unit], {static_cast<int>(unit)}}, isOther);
}

void HierarchyPage::addVertices(const LayersSide& side, bool isOther) {
    const auto layers = m_reader.layers(keyOf(side));
    const auto& distances = places()->units.sets.distances;
    std::map<std::pair<int, int>, Dot> gathered;
    for (std::size_t vertex = 0; vertex < layers->counted.size(); ++vertex) {
        if (layers->counted[vertex] == 0)
            continue;
        const int layer = layers->best.layer[vertex];
        Dot& dot =
            gathered.try_emplace({layer, static_cast<int>(distances[vertex])}, Dot{side, layer, 0, {}}).first->second;
        dot.distance += distances[vertex];
        dot.units.push_back(static_cast<int>(vertex));
    }
    for (auto& [place, dot] : gathered) {
        dot.distance /= static_cast<double>(dot.units.size());
        addDot(std::move(dot), isOther);
    }
}

void HierarchyPage::addDot(Dot dot, bool isOther) {
    const ScoredModel& model = modelOf(dot.side);
    const int count = static_cast<int>(model.layerNames.size());
    m_points.push_back({dotName(dot), dot.distance, model.layerDepths[static_cast<std::size_t>(dot.layer)], isOther,
                        layerColor(dot.layer, count, theme()), static_cast<double>(dot.units.size())});
    m_dots.push_back(std::move(dot));
}

QString HierarchyPage::dotName(const Dot& dot) const {
    if (level() != TableLevel::Vertex)
        return unitName(places()->units.sets.areas.ids[static_cast<std::size_t>(dot.units.front())]);
    return dot.units.size() == 1 ? tr("1 vertex")
                                 : tr("%1 vertices").arg(countText(static_cast<std::int64_t>(dot.units.size())));
}

QString HierarchyPage::pointText(int point) const {
    const Dot& dot = m_dots[static_cast<std::size_t>(point)];
    QString text = (plot().points()[static_cast<std::size_t>(point)].isOther ? tr("B: ") : QString()) +
                   tr("%1 · %2 mm from V1 · best %3")
                       .arg(dotName(dot))
                       .arg(dot.distance, 0, 'f', 1)
                       .arg(QString::fromStdString(modelOf(dot.side).layerNames[static_cast<std::size_t>(dot.layer)]));
    if (const auto layers = m_reader.layers(keyOf(dot.side)); layers && dot.units.size() == 1) {
        const auto unit = static_cast<std::size_t>(dot.units.front());
        text += tr(" · R %1, margin %2").arg(scoreText(layers->best.score[unit]), scoreText(layers->best.margin[unit]));
    }
    return text;
}

void HierarchyPage::pick(int point) {
    const Dot& dot = m_dots[static_cast<std::size_t>(point)];
    const VertexId vertex = level() == TableLevel::Vertex
                                ? m_data.index()->vertexCounts.vertexAt(dot.units[dot.units.size() / 2])
                                : places()->centres[static_cast<std::size_t>(dot.units.front())];
    m_selection.edit([&](Selection& next) { next.vertex = vertex; });
}

void HierarchyPage::choose(const std::vector<int>& points) {
    if (level() == TableLevel::Vertex)
        return;
    std::vector<UnitLink> links;
    for (const int point : points)
        links.push_back(linkOf(m_dots[static_cast<std::size_t>(point)]));
    m_selection.edit([&](Selection& next) { m_level->choose(next, links); });
}

std::shared_ptr<const UnitPlaces> HierarchyPage::places() const {
    return m_reader.places(level(), m_level->sets());
}

UnitLink HierarchyPage::linkOf(const Dot& dot) const {
    const auto unit = static_cast<std::size_t>(dot.units.front());
    return m_level->linkOf(places()->units.sets.areas.ids[unit], places()->areas[unit]);
}

bool HierarchyPage::holds(const Dot& dot, int vertex) const {
    if (level() == TableLevel::Vertex)
        return std::ranges::binary_search(dot.units, vertex);
    const auto& members = places()->units.sets.areas.members;
    return std::ranges::binary_search(members[static_cast<std::size_t>(dot.units.front())], vertex);
}

void HierarchyPage::markSelected() {
    const Selection& selection = m_selection.selection();
    const int flat = selection.vertex ? m_data.index()->vertexCounts.flatIndex(*selection.vertex) : -1;
    int picked = -1;
    std::vector<int> brushed;
    for (int at = 0; at < static_cast<int>(m_dots.size()); ++at) {
        const Dot& dot = m_dots[static_cast<std::size_t>(at)];
        if (picked < 0 && flat >= 0 && holds(dot, flat))
            picked = at;
        if (level() != TableLevel::Vertex && m_level->isChosen(linkOf(dot)))
            brushed.push_back(at);
    }
    plot().setPicked(picked);
    plot().setBrushed(std::move(brushed));
}

} // namespace brainlike
