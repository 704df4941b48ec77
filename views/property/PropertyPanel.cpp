#include "views/property/PropertyPanel.h"

#include "core/properties/PublishedProperties.h"
#include "core/session/SelectionDefaults.h"
#include "views/plots/ScatterPlot.h"
#include "views/property/NullPlot.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"
#include "views/state/WrappingChoices.h"

#include <QFileDialog>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

const QString chooseFileEntry = QStringLiteral("A map or table of yours…");

QString capitalized(const QString& text) {
    return text.isEmpty() ? text : text.at(0).toUpper() + text.mid(1);
}

bool isSameAsk(const TableRequest& a, const TableRequest& b) {
    return a.level == b.level && a.model == b.model && a.step == b.step && a.subject == b.subject && a.sets == b.sets;
}

const ScatterPoint* pointOf(const PropertyScatter& scatter, const std::string& id) {
    const auto found = std::ranges::find(scatter.points, id, &ScatterPoint::id);
    return found == scatter.points.end() ? nullptr : &*found;
}

} // namespace

PropertyPanel::PropertyPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : UnitPanel("propertyPanel", tr("Cortical properties"), selection, scores, parent), m_map(new QComboBox(this)),
      m_property(new QComboBox(this)),
      m_level(new UnitBox(selection, scores, {TableLevel::Roi, TableLevel::Area}, this)), m_axis(new QComboBox(this)),
      m_plot(new ScatterPlot(this)), m_nullPlot(new NullPlot(this)), m_spins(SpinRotations::defaultCount) {
    buildChoices();
    contentLayout()->addWidget(m_plot, 1);
    contentLayout()->addWidget(m_nullPlot);
    m_plot->setBrushable(true);
    m_plot->setBand(true);
    setMinimumSize(260, 300);
    themeChanged();

    connect(&selection, &SelectionModel::changed, this, &PropertyPanel::onSelection);
    connect(m_plot, &ScatterPlot::hovered, this, [this](int index) {
        m_hovered = index;
        updateTexts();
    });
    connect(m_plot, &ScatterPlot::brushedPoints, this, &PropertyPanel::choose);
    connect(m_plot, &ScatterPlot::clicked, this, [this](int index) {
        if (const ScatterPoint* point = pointAt(index))
            m_selection.edit([vertex = point->centre](Selection& next) { next.vertex = vertex; });
    });
    restart();
}

PropertyPanel::~PropertyPanel() = default;

void PropertyPanel::buildChoices() {
    const std::pair<PropertyMapKind, QString> maps[] = {{PropertyMapKind::HalfTime, tr("Half-time")},
                                                        {PropertyMapKind::Score, tr("Encoding score")},
                                                        {PropertyMapKind::BestLayer, tr("Best layer")}};
    for (const auto& [kind, text] : maps)
        m_map->addItem(text, static_cast<int>(kind));
    for (const auto& name : publishedPropertyNames())
        m_property->addItem(capitalized(QString::fromStdString(name)), QString::fromStdString(name));
    m_property->insertSeparator(m_property->count());
    m_property->addItem(chooseFileEntry);
    m_axis->setObjectName("propertyAxis");
    m_axis->addItems({tr("Log axis"), tr("Linear axis")});
    const std::vector<std::pair<QComboBox*, QString>> boxes{{m_map, tr("Quantity")},
                                                            {m_property, tr("Cortical property")},
                                                            {m_level, tr("Units of analysis")},
                                                            {m_axis, tr("Axis of half-times")}};
    choicesLayout()->addWidget(new WrappingChoices(boxes, this));
    connect(m_map, &QComboBox::activated, this, &PropertyPanel::restart);
    connect(m_level, &UnitBox::unitsChanged, this, &PropertyPanel::restart);
    connect(m_axis, &QComboBox::activated, this, [this] {
        if (m_scatter)
            showPoints();
    });
    connect(m_property, &QComboBox::activated, this, [this](int index) {
        if (m_property->itemText(index) == chooseFileEntry)
            choosePropertyFile();
        else
            restart();
    });
}

void PropertyPanel::themeChanged() {
    m_plot->setTheme(theme());
    m_nullPlot->setTheme(theme());
}

void PropertyPanel::setSpins(int spins) {
    m_spins = spins;
    restart();
}

void PropertyPanel::choosePropertyFile() {
    const QString name = QFileDialog::getOpenFileName(
        this, tr("A map or table of a cortical property"), {},
        tr("Maps and tables (*.gii *.nii *.mgh *.mgz *.npy *.csv *.tsv *);;All files (*)"));
    if (name.isEmpty())
        m_property->setCurrentIndex(0);
    else
        addPropertyFile(name.toStdString());
    restart();
}

void PropertyPanel::addPropertyFile(const std::filesystem::path& file) {
    const QString path = QString::fromStdString(file.string());
    if (m_property->findData(path) < 0)
        m_property->insertItem(m_property->count() - 2, QString::fromStdString(file.filename().string()), path);
    m_property->setCurrentIndex(m_property->findData(path));
    restart();
}

void PropertyPanel::onSelection(const Selection& before, const Selection& after) {
    if (!std::ranges::equal(requests(), m_asked, isSameAsk))
        restart();
    else if (before.vertex != after.vertex || before.regions != after.regions)
        markSelected();
    else
        updateTexts();
}

QString PropertyPanel::missingText() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return tr("No study is open");
    if (index->fmri.empty() || index->models.empty())
        return tr("No fMRI scores here to compare with cortical properties");
    if (!m_data.scoreFile())
        return tr("Shown once all scores are computed");
    if (const QString none = noRecordingText(m_selection.selection(), *index, RecordingKind::Fmri); !none.isEmpty())
        return none;
    if (!indicesOf(m_selection.selection(), *index))
        return tr("Choose a model and a step");
    return m_level->missingText();
}

TableRequest PropertyPanel::requestFor(const Selection& selection) const {
    const auto map = static_cast<PropertyMapKind>(m_map->currentData().toInt());
    TableRequest request;
    request.what = "property";
    request.level = nameOf(m_level->level());
    request.sets = m_level->sets();
    request.model = selection.model;
    if (map != PropertyMapKind::HalfTime)
        request.step = selection.step;
    request.subject = selection.recording;
    request.property.maps = {map};
    request.property.request.sources = {m_property->currentData().toString().toStdString()};
    request.property.request.untold = UntoldHemisphere::Left;
    request.property.spins = m_spins;
    return request;
}

std::vector<TableRequest> PropertyPanel::requests() const {
    std::vector<TableRequest> wanted{requestFor(m_selection.selection())};
    if (const auto b = other(); b && !isSameAsk(wanted.front(), requestFor(*b)))
        wanted.push_back(requestFor(*b));
    return wanted;
}

QString PropertyPanel::noOtherHere() const {
    if (!other() || m_asked.size() > 1)
        return noOtherText();
    const ComparedFields differs = comparisonText(m_selection.selection(), *m_data.index()).differs;
    if (differs.step)
        return tr("No B here: half-times are taken over all checkpoints, and B is another one of the same model");
    return differs.layer ? tr("No B here: each area has the score of its best layer, and B is another layer")
                         : tr("No B here: A and B are the same");
}

void PropertyPanel::forget() {
    m_spinning.cancel();
    m_scatter.reset();
    m_otherScatter.reset();
    m_spun = {};
    m_asked.clear();
    m_hovered = -1;
}

void PropertyPanel::startReading() {
    m_asked = requests();
    read<Read>(
        [scores = m_data.scoreFile(), asked = m_asked](JobContext& job) {
            Read found{propertyScatter(*scores, asked.front(), job), std::nullopt};
            if (asked.size() > 1)
                found.b = propertyScatter(*scores, asked.back(), job);
            return found;
        },
        [this](Read found) { showScatter(std::move(found)); });
}

void PropertyPanel::showScatter(Read read) {
    m_scatter = std::move(read.a);
    m_otherScatter = std::move(read.b);
    showPoints();
    m_plot->setToolTip(
        QString::fromStdString(m_scatter->property.description + "\nSource: " + m_scatter->property.source));
    m_nullPlot->setVisible(m_spins > 0);
    showNull(0, {});
    const QStringList a = titleParts(m_selection.selection(), *m_scatter);
    const auto b = other();
    setTitle(m_otherScatter && b ? comparedTitle(a, titleParts(*b, *m_otherScatter)) : a);
    showContent();
    startSpins(0);
}

bool PropertyPanel::isOneSided() const {
    return std::ranges::all_of(m_scatter->points, [&](const ScatterPoint& point) {
        return point.centre.hemisphere == m_scatter->points.front().centre.hemisphere;
    });
}

QString PropertyPanel::pointName(const ScatterPoint& point) const {
    return isOneSided() ? QString::fromStdString(point.id.substr(point.id.find(':') + 1)) : unitName(point.id);
}

void PropertyPanel::showPoints() {
    std::vector<ScatterPlot::Point> points;
    for (const ScatterPoint& point : m_scatter->points)
        points.push_back({pointName(point), point.property, point.map});
    if (m_otherScatter)
        for (const ScatterPoint& point : m_otherScatter->points)
            points.push_back({pointName(point), point.property, point.map, true});
    const QString name = capitalized(QString::fromStdString(m_scatter->property.name));
    const QString unit = QString::fromStdString(m_scatter->property.unit);
    m_axis->setVisible(isOfHalfTimes());
    m_plot->setLogarithmic(isOfHalfTimes() && m_axis->currentIndex() == 0);
    m_plot->setPoints(std::move(points), {unit.isEmpty() ? name : name + " (" + unit + ")", name}, mapLabels());
    markSelected();
}

bool PropertyPanel::isOfHalfTimes() const {
    return m_scatter->map == PropertyMapKind::HalfTime;
}

QStringList PropertyPanel::titleParts(const Selection& side, const PropertyScatter& scatter) const {
    const ScoreIndex& index = *m_data.index();
    const auto shown = indicesOf(side, index);
    QStringList parts{m_map->currentText() + tr(" against ") + QString::fromStdString(scatter.property.name)};
    parts << QString::fromStdString(index.models[static_cast<std::size_t>(shown->model)].label);
    if (scatter.step)
        parts << checkpointText(*scatter.step);
    parts << subjectsText(index.fmri, shown->recording);
    parts << QStringLiteral("%1 %2").arg(scatter.unitCount).arg(m_level->unitsText());
    if (isOneSided() && !m_scatter->points.empty())
        parts << (m_scatter->points.front().centre.hemisphere == Hemisphere::Left ? tr("left hemisphere")
                                                                                  : tr("right hemisphere"));
    return parts;
}

void PropertyPanel::startSpins(std::size_t side) {
    const auto& scatter = side == 0 ? m_scatter : m_otherScatter;
    if (m_spins == 0 || !scatter || !std::isfinite(scatter->correlation.r))
        return;
    const auto growing = std::make_shared<GrowingNull>();
    m_spinning = m_data.runner().run<SpinTest>(
        this,
        [scores = m_data.scoreFile(), request = m_asked.at(side), growing](JobContext& job) {
            return propertySpins(
                *scores, request,
                [&](std::span<const double> null) {
                    {
                        const std::scoped_lock lock(growing->mutex);
                        growing->values.assign(null.begin(), null.end());
                    }
                    job.report(static_cast<double>(null.size()) / request.property.spins, "Spinning");
                },
                job);
        },
        [this, side](JobOutcome<SpinTest> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return showError(*error);
            m_spun[side].test = std::get<SpinTest>(std::move(outcome));
            showNull(side, m_spun[side].test->null);
            if (side == 0)
                startSpins(1);
        },
        [this, side, growing](const Progress&) {
            const std::scoped_lock lock(growing->mutex);
            if (!m_spun[side].test)
                showNull(side, growing->values);
        });
}

/// The picture is of A; of B only the numbers.
void PropertyPanel::showNull(std::size_t side, const std::vector<double>& null) {
    m_spun[side].count = static_cast<int>(null.size());
    if (side == 0)
        m_nullPlot->setValues(null, m_scatter->correlation.r);
    updateTexts();
}

void PropertyPanel::choose(const std::vector<int>& points) {
    std::vector<UnitLink> units;
    for (const int index : points)
        if (const ScatterPoint* point = pointAt(index))
            units.push_back(m_level->linkOf(point->id, point->areas));
    m_selection.edit([&](Selection& next) { m_level->choose(next, units); });
}

void PropertyPanel::markSelected() {
    if (!m_scatter)
        return;
    const auto& vertex = m_selection.selection().vertex;
    const int flat = vertex ? m_data.index()->vertexCounts.flatIndex(*vertex) : -1;
    int picked = -1;
    std::vector<int> brushed;
    for (int index = 0; index < static_cast<int>(m_plot->points().size()); ++index) {
        const ScatterPoint& point = *pointAt(index);
        if (picked < 0 && flat >= 0 && std::ranges::binary_search(point.vertices, flat))
            picked = index;
        if (m_level->isChosen(m_level->linkOf(point.id, point.areas)))
            brushed.push_back(index);
    }
    m_plot->setPicked(picked);
    m_plot->setBrushed(std::move(brushed));
    updateTexts();
}

const ScatterPoint* PropertyPanel::pointAt(int index) const {
    if (index < 0 || !m_scatter)
        return nullptr;
    const auto at = static_cast<std::size_t>(index);
    if (at < m_scatter->points.size())
        return &m_scatter->points[at];
    const std::size_t ofOther = at - m_scatter->points.size();
    return m_otherScatter && ofOther < m_otherScatter->points.size() ? &m_otherScatter->points[ofOther] : nullptr;
}

QString PropertyPanel::mapText(double value) const {
    if (m_scatter->map == PropertyMapKind::HalfTime)
        return tr("half-time %1 steps").arg(interpolatedStepText(value));
    return (m_scatter->map == PropertyMapKind::Score ? tr("R ") : tr("depth ")) + scoreText(value);
}

QStringList PropertyPanel::mapLabels() const {
    switch (m_scatter->map) {
    case PropertyMapKind::HalfTime:
        return {tr("Half-time of the encoding score (steps)"), tr("Half-time (steps)")};
    case PropertyMapKind::Score:
        return {tr("Encoding score R"), tr("R")};
    case PropertyMapKind::BestLayer:
        break;
    }
    return {tr("Relative depth of the best layer"), tr("Best layer's depth")};
}

QStringList PropertyPanel::unitLines(const std::string& id) const {
    const ScatterPoint* a = pointOf(*m_scatter, id);
    const ScatterPoint* b = m_otherScatter ? pointOf(*m_otherScatter, id) : nullptr;
    const auto& property = m_scatter->property;
    const QString unit = property.unit.empty() ? QString() : " " + QString::fromStdString(property.unit);
    const QString place = unitName(id) + ": " + QString::fromStdString(property.name) + " " +
                          valueText((a ? a : b)->property) + unit + ", ";
    if (!m_otherScatter)
        return {place + mapText(a->map)};
    const auto text = [&](const ScatterPoint* point) { return point ? mapText(point->map) : tr("not computed"); };
    return {tr("● A ") + place + text(a), tr("○ B ") + text(b),
            tr("A − B: %1").arg(a && b ? valueText(a->map - b->map) : tr("needs both"))};
}

QString PropertyPanel::correlationText(const PropertyScatter& scatter, const Spins& spins) const {
    const Correlation& found = scatter.correlation;
    if (!std::isfinite(found.r)) {
        const auto reason = nameOf(found.status);
        return tr("No correlation: %1 (n %2 of %3)")
            .arg(QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size())))
            .arg(found.n)
            .arg(scatter.unitCount);
    }
    QString text = tr("%1 %2, n %3 of %4, p %5, 95 % %6 to %7")
                       .arg(isOfHalfTimes() ? tr("r of steps (not of their log)") : tr("r"), scoreText(found.r))
                       .arg(found.n)
                       .arg(scatter.unitCount)
                       .arg(probabilityText(found.p), scoreText(found.ciLow), scoreText(found.ciHigh));
    if (spins.test)
        text += tr(" · spin p %1 (%2 spins)").arg(probabilityText(spins.test->p), countText(spins.test->defined));
    else if (m_spins > 0)
        text += tr(" · spinning, %1 of %2").arg(countText(spins.count), countText(m_spins));
    return text;
}

void PropertyPanel::updateTexts() {
    if (!m_scatter)
        return;
    if (const ScatterPoint* point = pointAt(m_hovered))
        return setReadouts(unitLines(point->id));
    QStringList lines{correlationText(*m_scatter, m_spun[0])};
    if (m_otherScatter) {
        lines = {tr("● A: ") + lines.front(), tr("○ B: ") + correlationText(*m_otherScatter, m_spun[1])};
        const double difference = m_scatter->correlation.r - m_otherScatter->correlation.r;
        if (std::isfinite(difference))
            lines << tr("A − B: r differs by %1").arg(scoreText(difference));
    } else if (const QString reason = noOtherHere(); !reason.isEmpty()) {
        lines << reason;
    }
    setReadouts(lines);
    m_plot->setAccessibleDescription(title() + ". " + lines.join(QStringLiteral(". ")));
}

} // namespace brainlike
