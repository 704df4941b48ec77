#include "views/areas/AreasPanel.h"

#include "core/roi/Parcellations.h"
#include "core/session/RegionEdit.h"
#include "views/areas/AreaModel.h"
#include "views/areas/RoiList.h"
#include "views/scene/CortexMap.h"
#include "views/state/ChoiceRow.h"
#include "views/state/NumberText.h"

#include <QDoubleSpinBox>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

/// Positions of vertices in the head; none where the template has no such surface.
RoiSurface surfaceOf(const ScoreSource& source) {
    RoiSurface surface{
        .templateName = source.index().templateName, .counts = source.index().vertexCounts, .positions = {}};
    const Template brain = source.findTemplate();
    surface.space = brain.space();
    if (const auto kind = brain.anatomicalSurface(); kind && brain.vertexCounts() == surface.counts)
        for (const Hemisphere hemisphere : hemispheres)
            surface.positions[indexOf(hemisphere)] = brain.readSurface(hemisphere, *kind).points;
    return surface;
}

} // namespace

AreasPanel::AreasPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("areas", tr("Areas"), parent), m_selection(selection), m_data(scores), m_parcellations(new QComboBox(this)),
      m_outlines(new QComboBox(this)), m_search(new QLineEdit(this)), m_hint(new ElidedLabel(this)),
      m_model(new AreaModel(this)), m_filter(new AreaFilter(this)), m_table(new QTreeView(this)),
      m_rois(new RoiList(selection, this)), m_radius(new QDoubleSpinBox(this)), m_readMeans([this] { readMeans(); }) {
    buildAreas();
    buildTools();
    setMinimumSize(260, 300);
    connect(&selection, &SelectionModel::changed, this, &AreasPanel::follow);
    connect(&scores, &ScoreData::sourceChanged, this, &AreasPanel::restart);
    restart();
}

AreasPanel::~AreasPanel() = default;

void AreasPanel::buildAreas() {
    m_parcellations->setObjectName("parcellation");
    m_outlines->setObjectName("outlineChoice");
    m_outlines->addItems(
        {tr("Outline all areas"), tr("Outline chosen areas"), tr("Outline regions"), tr("No outlines")});
    contentLayout()->addLayout(
        choiceRow({{m_parcellations, tr("Parcellation")}, {m_outlines, tr("Outlines on the cortex (O)")}}, 8));
    m_search->setObjectName("areaSearch");
    m_search->setAccessibleName(tr("Search for an area or go to a place"));
    nameCoordinates({});
    m_search->setClearButtonEnabled(true);
    contentLayout()->addWidget(m_search);
    m_hint->setObjectName("areaHint");
    m_hint->hide();
    contentLayout()->addWidget(m_hint);
    m_filter->setSourceModel(m_model);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName("areaTable");
    m_table->setAccessibleName(tr("Areas"));
    m_table->setModel(m_filter);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(AreaModel::Name, Qt::AscendingOrder);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(AreaModel::Name, QHeaderView::Stretch);
    contentLayout()->addWidget(m_table, 3);
    connect(m_parcellations, &QComboBox::activated, this, [this](int index) {
        // The first is the template's own, which fits every study.
        const std::string name = index == 0 ? std::string() : m_parcellations->itemText(index).toStdString();
        m_selection.edit([&](Selection& next) {
            next.regions.parcellation = name;
            next.regions.areas.clear();
            next.regions.isolated = false;
        });
    });
    connect(m_outlines, &QComboBox::activated, this, &AreasPanel::chooseOutlines);
    connect(m_search, &QLineEdit::textChanged, this, &AreasPanel::search);
    connect(m_search, &QLineEdit::returnPressed, this, &AreasPanel::goToText);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AreasPanel::takeChoice);
    connect(m_table, &QTreeView::activated, this, [this](const QModelIndex& index) {
        const QString name = index.siblingAtColumn(AreaModel::Name).data().toString();
        if (const auto place = placeOf(name))
            Q_EMIT goToRequested(place->vertex);
    });
}

void AreasPanel::nameCoordinates(const CoordinateSpace& space) {
    m_search->setPlaceholderText(space.isMni305 ? tr("Area, lh 12345, or MNI −8 −92 3")
                                                : tr("Area, lh 12345, or x y z −8 −92 3"));
    m_search->setToolTip(
        tr("Type to search; Enter goes there. %1")
            .arg(space.isMni305
                     ? tr("Coordinates are MNI152 unless they begin with MNI305.")
                     : tr("Coordinates are the surfaces' own, mm: %1 lies in a space of its own.")
                           .arg(space.name.empty() ? tr("the template") : QString::fromStdString(space.name))));
}

void AreasPanel::restart() {
    m_areasJob.cancel();
    m_meansJob.cancel();
    m_reading = {};
    m_map = nullptr;
    m_parcellations->clear();
    m_model->setAreas({});
    m_isStale = m_areMeansStale = true;
    updateTitle();
    const ScoreIndex* index = m_data.index();
    if (index == nullptr || index->vertexCounts.total() == 0) {
        showMessage(index == nullptr ? tr("Open a study to see its areas.")
                                     : tr("This study has no fMRI recordings, so there are no areas to choose."));
        return;
    }
    showContent();
    if (isVisible())
        readAreas();
}

void AreasPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_isStale)
        readAreas();
    else if (m_areMeansStale)
        readMeans();
}

void AreasPanel::readAreas() {
    m_isStale = false;
    const std::string wanted = m_selection.selection().regions.parcellation;
    m_areasJob = m_data.read<Reading>(
        this,
        [wanted](const ScoreSource& source) {
            return Reading{parcellationNames(source), readParcellation(source, wanted), surfaceOf(source)};
        },
        [this](Reading reading) { showReading(std::move(reading)); },
        [this](const ErrorDetails& error) { say(QString::fromStdString(messageOf(error))); });
}

void AreasPanel::showReading(Reading reading) {
    m_reading = std::move(reading);
    nameCoordinates(m_reading.surface.space);
    m_parcellations->clear();
    for (const std::string& name : m_reading.names)
        m_parcellations->addItem(QString::fromStdString(name));
    if (!m_reading.parcellation) {
        m_model->setAreas({});
        m_parcellations->addItem(tr("No parcellation"));
        say(tr("There is no parcellation beside this template. Open a label file with the maps, or put "
               "lh.NAME.annot and rh.NAME.annot there."));
        return updateTitle();
    }
    m_parcellations->setCurrentText(QString::fromStdString(m_reading.parcellation->name));
    {
        const bool wasFollowing = std::exchange(m_isFollowing, true);
        m_model->setAreas(summarizeAreas(*m_reading.parcellation, {}));
        m_isFollowing = wasFollowing;
    }
    showChoice();
    readMeans();
}

void AreasPanel::setMap(std::shared_ptr<const CortexMap> map) {
    m_map = std::move(map);
    m_readMeans.schedule();
}

void AreasPanel::readMeans() {
    m_areMeansStale = true;
    if (!isVisible() || !m_reading.parcellation)
        return;
    m_areMeansStale = false;
    m_meansJob = m_data.runner().run<Means>(
        this,
        [parcellation = m_reading.parcellation, map = m_map](JobContext&) {
            const bool hasValues = map && map->labelColors.empty();
            const bool isScore = map && (map->kind == MapKind::Score || map->kind == MapKind::BestLayer ||
                                         map->kind == MapKind::Difference);
            return Means{summarizeAreas(*parcellation,
                                        hasValues ? std::span<const float>(map->values) : std::span<const float>()),
                         isScore};
        },
        [this](JobOutcome<Means> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return say(QString::fromStdString(messageOf(*error)));
            auto& means = std::get<Means>(outcome);
            m_model->setMeanText(
                [isScore = means.isScore](double mean) { return isScore ? scoreText(mean) : valueText(mean); });
            const bool wasFollowing = std::exchange(m_isFollowing, true);
            m_model->setAreas(std::move(means.areas));
            m_isFollowing = wasFollowing;
        });
}

void AreasPanel::follow(const Selection& before, const Selection& after) {
    const RegionChoice& regions = after.regions;
    if (before.regions.parcellation != regions.parcellation) {
        m_isStale = true;
        if (isVisible())
            readAreas();
    }
    if (before.regions.areas != regions.areas || before.regions.outlined != regions.outlined ||
        before.outlines != after.outlines || before.regions.isolated != regions.isolated)
        showChoice();
}

void AreasPanel::showChoice() {
    const Selection& selection = m_selection.selection();
    m_outlines->setCurrentIndex(selection.outlines ? static_cast<int>(selection.regions.outlined) : 3);
    const bool wasFollowing = std::exchange(m_isFollowing, true);
    QItemSelection rows;
    QModelIndex first;
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, AreaModel::Name);
        if (!selection.regions.isChosen(index.data().toString().toStdString()))
            continue;
        rows.select(index, m_filter->index(row, AreaModel::Right));
        if (!first.isValid())
            first = index;
    }
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (!wasFollowing && first.isValid() && !m_table->hasFocus())
        m_table->scrollTo(first);
    m_isFollowing = wasFollowing;
    updateTitle();
}

void AreasPanel::takeChoice() {
    if (m_isFollowing)
        return;
    std::vector<std::string> chosen;
    // Areas that the search hides stay chosen.
    for (const std::string& area : m_selection.selection().regions.areas) {
        const auto shown = m_filter->match(m_filter->index(0, 0), Qt::DisplayRole, QString::fromStdString(area), 1,
                                           Qt::MatchExactly | Qt::MatchCaseSensitive);
        if (shown.isEmpty() || m_table->selectionModel()->isRowSelected(shown.front().row()))
            chosen.push_back(area);
    }
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows(AreaModel::Name))
        if (const std::string name = index.data().toString().toStdString();
            std::ranges::find(chosen, name) == chosen.end())
            chosen.push_back(name);
    m_isFollowing = true;
    m_selection.edit([&](Selection& next) {
        next.regions.areas = std::move(chosen);
        showChosen(next);
    });
    m_isFollowing = false;
}

void AreasPanel::chooseOutlines(int index) {
    m_selection.edit([index](Selection& next) {
        next.outlines = index < 3;
        if (index < 3)
            next.regions.outlined = static_cast<OutlineSet>(index);
    });
}

void AreasPanel::updateTitle() {
    const RegionChoice& regions = m_selection.selection().regions;
    QStringList parts{tr("Areas")};
    if (m_reading.parcellation)
        parts << QString::fromStdString(m_reading.parcellation->name) << tr("%1 areas").arg(m_model->rowCount());
    if (!regions.areas.empty())
        parts << tr("%1 chosen").arg(regions.areas.size());
    if (regions.isolated)
        parts << tr("isolated");
    setTitle(parts);
}

void AreasPanel::say(const QString& text) {
    m_hint->setFullText(text);
    m_hint->setVisible(!text.isEmpty());
}

} // namespace brainlike
