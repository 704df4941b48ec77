// How AreasPanel searches and goes to places, and what it does with regions of interest.

#include "core/session/RegionEdit.h"
#include "views/areas/AreaModel.h"
#include "views/areas/AreasPanel.h"
#include "views/areas/RoiList.h"
#include "views/state/NumberText.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace brainlike {
namespace {

QToolButton* addButton(QHBoxLayout& row, const QString& text, const QString& tip, const char* name) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setObjectName(name);
    row.addWidget(button);
    return button;
}

QString hemisphereVertex(VertexId vertex) {
    return QString::fromUtf8(shortName(vertex.hemisphere).data(), 2) + " " + countText(vertex.index);
}

} // namespace

void AreasPanel::buildTools() {
    auto* tools = new QHBoxLayout;
    tools->setSpacing(4);
    auto* group = new QButtonGroup(this);
    const struct {
        PickTool::Mode mode;
        QString text, tip;
        const char* name;
    } modes[] = {{PickTool::Mode::Vertex, tr("Vertex"),
                  tr("A click on the cortex picks a vertex; with Ctrl or Shift it adds or removes the area"),
                  "pickVertex"},
                 {PickTool::Mode::Area, tr("Area"),
                  tr("A click on the cortex chooses an area; with Ctrl or Shift one more"), "pickArea"},
                 {PickTool::Mode::Brush, tr("Brush"),
                  tr("Dragging on the cortex paints a region of interest; with Ctrl it erases, with Shift it moves"),
                  "pickBrush"}};
    for (const auto& mode : modes) {
        QToolButton* button = addButton(*tools, mode.text, mode.tip, mode.name);
        button->setCheckable(true);
        button->setChecked(mode.mode == m_tool.mode);
        group->addButton(button);
        connect(button, &QToolButton::clicked, this, [this, chosen = mode.mode] {
            m_tool.mode = chosen;
            chooseTool();
        });
    }
    m_radius->setObjectName("brushRadius");
    m_radius->setRange(0, 100);
    m_radius->setDecimals(0);
    m_radius->setValue(m_tool.radius);
    m_radius->setSuffix(tr(" mm"));
    m_radius->setToolTip(tr("Radius of the brush and of a disc, along the surface in the head"));
    m_radius->setAccessibleName(m_radius->toolTip());
    tools->addWidget(m_radius);
    QToolButton* disc = addButton(*tools, tr("Disc"), tr("Add all within this radius of the picked vertex"), "addDisc");
    tools->addStretch(1);
    contentLayout()->addLayout(tools);
    contentLayout()->addWidget(m_rois, 1);
    m_rois->setMinimumHeight(72);
    auto* files = new QHBoxLayout;
    files->setSpacing(4);
    QToolButton* make =
        addButton(*files, tr("From areas"), tr("Make a region of interest of the chosen areas"), "roiOfAreas");
    QToolButton* remove = addButton(*files, tr("Delete"), tr("Delete the current region of interest"), "removeRoi");
    files->addStretch(1);
    QToolButton* open =
        addButton(*files, tr("Open…"), tr("Open regions of interest: JSON, annotation or label files"), "openRois");
    QToolButton* save =
        addButton(*files, tr("Save…"), tr("Save the regions of interest as JSON, annotation or labels"), "saveRois");
    contentLayout()->addLayout(files);
    connect(m_radius, &QDoubleSpinBox::valueChanged, this, [this](double radius) {
        m_tool.radius = radius;
        chooseTool();
    });
    connect(disc, &QToolButton::clicked, this, [this] {
        if (m_selection.selection().vertex)
            Q_EMIT discRequested(m_tool.radius);
        else
            say(tr("Pick a vertex first: click on the cortex."));
    });
    connect(make, &QToolButton::clicked, this, &AreasPanel::makeRoiOfAreas);
    connect(remove, &QToolButton::clicked, m_rois, &RoiList::removeCurrent);
    connect(open, &QToolButton::clicked, this, &AreasPanel::chooseOpenFiles);
    connect(save, &QToolButton::clicked, this, &AreasPanel::chooseSaveFile);
}

void AreasPanel::chooseTool() {
    Q_EMIT toolChosen(m_tool);
}

PlaceBasis AreasPanel::placeBasis() const {
    const ScoreIndex* index = m_data.index();
    return {.counts = index != nullptr ? index->vertexCounts : VertexCounts{},
            .parcellation = m_reading.parcellation.get(),
            .positions = {&m_reading.surface.positions[0], &m_reading.surface.positions[1]},
            .space = m_reading.surface.space};
}

std::optional<Place> AreasPanel::placeOf(const QString& text) const {
    return placeFrom(text.toStdString(), placeBasis());
}

void AreasPanel::search(const QString& text) {
    say({});
    const QString wanted = text.trimmed();
    const auto& areas = m_model->areas();
    const bool isAny = std::any_of(areas.begin(), areas.end(), [&](const AreaSummary& area) {
        return QString::fromStdString(area.name).contains(wanted, Qt::CaseInsensitive);
    });
    const bool wasFollowing = std::exchange(m_isFollowing, true);
    m_filter->setFilterFixedString(isAny ? wanted : QString());
    m_isFollowing = wasFollowing;
    showChoice();
    if (isAny)
        return;
    try {
        const auto place = placeOf(wanted);
        if (!place)
            return say(tr("No area, vertex or coordinate of that name"));
        say(place->distance ? tr("Enter goes to %1, %2 mm away")
                                  .arg(hemisphereVertex(place->vertex), QString::number(*place->distance, 'f', 1))
                            : tr("Enter goes to %1").arg(hemisphereVertex(place->vertex)));
    } catch (const Error& error) {
        say(QString::fromStdString(messageOf(error.details())).replace('\n', ' '));
    }
}

void AreasPanel::goToText() {
    const QString text = m_search->text().trimmed();
    if (text.isEmpty())
        return;
    std::optional<Place> place;
    try {
        place = placeOf(text);
        // What is typed of a name is enough where it is the only one, or the first.
        if (!place && m_filter->rowCount() > 0 && m_filter->rowCount() < m_model->rowCount())
            place = placeOf(m_filter->index(0, AreaModel::Name).data().toString());
    } catch (const Error& error) {
        return say(QString::fromStdString(messageOf(error.details())).replace('\n', ' '));
    }
    if (!place)
        return say(tr("No area, vertex or coordinate of that name"));
    if (!place->area.empty())
        m_selection.edit([&](Selection& next) {
            next.regions.areas = {place->area};
            showChosen(next);
        });
    Q_EMIT goToRequested(place->vertex);
}

void AreasPanel::makeRoiOfAreas() {
    const RegionChoice& regions = m_selection.selection().regions;
    if (regions.areas.empty() || !m_reading.parcellation)
        return say(tr("Choose areas first: in the list, or on the cortex with Ctrl and a click."));
    const std::string name = regions.areas.size() == 1 ? regions.areas.front() : freshRoiName(*regions.rois);
    m_selection.edit(
        [&](Selection& next) { brainlike::makeRoiOfAreas(next, *m_reading.parcellation, next.regions.areas, name); });
}

void AreasPanel::chooseSaveFile() {
    if (m_selection.selection().regions.rois.empty())
        return say(tr("There is no region of interest to save: paint one, or make one of areas."));
    QString kind;
    QString name = QFileDialog::getSaveFileName(
        this, tr("Save the regions of interest"), "rois.json",
        tr("Regions of interest (*.json);;FreeSurfer annotation (*.annot);;FreeSurfer labels (*.label)"), &kind);
    if (name.isEmpty())
        return;
    if (QFileInfo(name).suffix().isEmpty())
        name += kind.contains(".annot") ? ".annot" : kind.contains(".label") ? ".label" : ".json";
    saveRois(name.toStdString());
}

void AreasPanel::chooseOpenFiles() {
    const QStringList names =
        QFileDialog::getOpenFileNames(this, tr("Open regions of interest"), {},
                                      tr("Regions of interest (*.json *.annot *.label *.gii *.nii);;All files (*)"));
    std::vector<std::filesystem::path> files;
    for (const QString& name : names)
        files.emplace_back(name.toStdString());
    if (!files.empty())
        openRois(files);
}

void AreasPanel::saveRois(const std::filesystem::path& file) {
    using Files = std::vector<std::filesystem::path>;
    m_fileJob = m_data.runner().run<Files>(
        this,
        [rois = m_selection.selection().regions.rois, surface = m_reading.surface, file](JobContext&) {
            return brainlike::saveRois(*rois, surface, file);
        },
        [this](JobOutcome<Files> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return say(QString::fromStdString(messageOf(*error)).replace('\n', ' '));
            QStringList names;
            for (const auto& written : std::get<Files>(outcome))
                names << QString::fromStdString(written.filename().string());
            say(tr("Saved %1").arg(names.join(", ")));
        });
}

void AreasPanel::openRois(const std::vector<std::filesystem::path>& files) {
    const ScoreIndex* index = m_data.index();
    if (index == nullptr)
        return;
    m_fileJob = m_data.runner().run<RoiSet>(
        this, [files, counts = index->vertexCounts](JobContext&) { return loadRois(files, counts); },
        [this](JobOutcome<RoiSet> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return say(QString::fromStdString(messageOf(*error)).replace('\n', ' '));
            RoiSet& opened = std::get<RoiSet>(outcome);
            RoiSet all = *m_selection.selection().regions.rois;
            for (const Roi& roi : opened.rois)
                all = withoutRoi(all, roi.name);
            std::ranges::move(opened.rois, std::back_inserter(all.rois));
            say(tr("Opened %n region(s)", nullptr, static_cast<int>(opened.rois.size())));
            m_selection.edit([&](Selection& next) {
                next.regions.rois = SharedRois(std::move(all));
                showRois(next);
            });
        });
}

} // namespace brainlike
