#include "views/plots/UnitBox.h"

#include "core/roi/Parcellations.h"
#include "core/session/RegionEdit.h"
#include "core/session/WindowChoice.h"

#include <QSignalBlocker>

#include <algorithm>
#include <chrono>
#include <utility>

namespace brainlike {
namespace {

/// Regions and windows change many times while they are painted or dragged, and each mean reads whole maps.
constexpr std::chrono::milliseconds settleTime{250};

} // namespace

UnitBox::UnitBox(SelectionModel& selection, ScoreData& scores, std::vector<TableLevel> levels, QWidget* parent)
    : QComboBox(parent), m_selection(selection), m_data(scores), m_levels(std::move(levels)) {
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    fill();
    m_sets = setsNow();
    connect(this, &QComboBox::activated, this, [this] {
        m_sets = setsNow();
        Q_EMIT unitsChanged();
    });
    connect(&m_settle, &QTimer::timeout, this, &UnitBox::settle);
    connect(&selection, &SelectionModel::changed, this, &UnitBox::follow);
    connect(&scores, &ScoreData::sourceChanged, this, &UnitBox::readNames);
    readNames();
}

const UnitBox::Entry& UnitBox::entry() const {
    return m_entries.at(static_cast<std::size_t>(std::max(0, currentIndex())));
}

TableLevel UnitBox::level() const {
    return entry().level;
}

bool UnitBox::areRegions() const {
    return entry().areRegions;
}

void UnitBox::readNames() {
    m_names.clear();
    fill();
    const SetChoice before = std::exchange(m_sets, setsNow());
    // What was asked for may be of the scores before.
    if (!(before == m_sets) || !before.parcellation.empty())
        Q_EMIT unitsChanged();
    if (std::ranges::find(m_levels, TableLevel::Area) == m_levels.end())
        return;
    m_reading = m_data.read<std::vector<std::string>>(
        this, [](const ScoreSource& source) { return parcellationNames(source); },
        [this](std::vector<std::string> names) {
            m_names = std::move(names);
            fill();
        },
        [](const ErrorDetails&) {}); // what reads the areas says why
}

QString UnitBox::textOf(const Entry& entry) const {
    switch (entry.level) {
    case TableLevel::Area:
        return entry.parcellation.empty() ? tr("Areas")
                                          : tr("Areas of %1").arg(QString::fromStdString(entry.parcellation));
    case TableLevel::Vertex:
        return tr("Vertices");
    case TableLevel::Window:
        return tr("MEG windows");
    default:
        return entry.areRegions ? tr("Your regions") : tr("ROIs");
    }
}

void UnitBox::fill() {
    std::vector<Entry> entries;
    for (const TableLevel level : m_levels)
        entries.push_back({level, {}, false});
    for (const TableLevel level : m_levels) { // the study's own come first
        if (level == TableLevel::Roi)
            entries.push_back({level, {}, true});
        for (std::size_t other = 1; level == TableLevel::Area && other < m_names.size(); ++other)
            entries.push_back({level, m_names[other], false});
    }
    if (entries == m_entries)
        return;
    const std::optional<Entry> chosen = m_entries.empty() ? std::nullopt : std::optional(entry());
    m_entries = std::move(entries);
    const QSignalBlocker blocker(this);
    clear();
    for (const Entry& each : m_entries)
        addItem(textOf(each), static_cast<int>(each.level));
    const auto found = chosen ? std::ranges::find(m_entries, *chosen) : m_entries.end();
    setCurrentIndex(found == m_entries.end() ? 0 : static_cast<int>(found - m_entries.begin()));
}

SetChoice UnitBox::setsNow() const {
    SetChoice sets{.parcellation = entry().parcellation, .labels = m_data.source(), .rois = {}, .windows = {}};
    if (entry().areRegions)
        sets.rois = m_selection.selection().regions.rois;
    if (std::ranges::find(m_levels, TableLevel::Window) != m_levels.end())
        sets.windows = m_selection.selection().windows;
    return sets;
}

void UnitBox::follow() {
    if (!(setsNow() == m_sets))
        m_settle.start();
}

void UnitBox::settle() {
    SetChoice sets = setsNow();
    if (sets == m_sets)
        return;
    m_sets = std::move(sets);
    Q_EMIT unitsChanged();
}

QString UnitBox::missingText() const {
    return areRegions() && m_sets.rois->empty()
               ? tr("There are no regions of yours: paint one, or make one of chosen areas, in the panel of areas")
               : QString();
}

QString UnitBox::unitsText() const {
    switch (level()) {
    case TableLevel::Area:
        return entry().parcellation.empty() ? tr("areas")
                                            : tr("areas of %1").arg(QString::fromStdString(entry().parcellation));
    case TableLevel::Window:
        return m_sets.windows ? tr("windows of yours") : tr("windows of the study");
    case TableLevel::Vertex:
        return tr("vertices");
    default:
        return areRegions() ? tr("regions of yours") : tr("ROIs");
    }
}

UnitLink UnitBox::linkOf(const std::string& id, std::vector<std::string> areas) const {
    const bool hasSide = id.starts_with("lh:") || id.starts_with("rh:");
    return {std::move(areas), areRegions() ? (hasSide ? id.substr(3) : id) : std::string()};
}

void UnitBox::choose(Selection& next, const std::vector<UnitLink>& units) const {
    std::vector<std::string> areas;
    std::string region;
    for (const UnitLink& unit : units) {
        for (const std::string& area : unit.areas)
            if (std::ranges::find(areas, area) == areas.end())
                areas.push_back(area);
        if (region.empty())
            region = unit.region;
    }
    next.regions.areas = areas;
    if (!areas.empty())
        next.regions.parcellation = entry().parcellation;
    if (areRegions()) {
        next.regions.roi = region;
        showRois(next);
    } else {
        showChosen(next);
    }
}

bool UnitBox::isChosen(const UnitLink& unit) const {
    const RegionChoice& regions = m_selection.selection().regions;
    if (!unit.region.empty())
        return regions.areas.empty() && regions.roi == unit.region;
    const bool isOwn = regions.parcellation.empty() || (!m_names.empty() && regions.parcellation == m_names.front());
    const bool isSame = entry().parcellation.empty() ? isOwn : regions.parcellation == entry().parcellation;
    return isSame && !unit.areas.empty() &&
           std::ranges::all_of(unit.areas, [&](const std::string& area) { return regions.isChosen(area); });
}

} // namespace brainlike
