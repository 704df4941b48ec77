#include "views/layers/MatrixPage.h"

#include "views/layers/DepthTexts.h"
#include "views/state/ChoiceRow.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace brainlike {
namespace {

/// A threshold that hides nothing.
constexpr double everything = -std::numeric_limits<double>::infinity();

/// Smallest first; what is not finite last.
bool isNearer(double a, double b) {
    return std::isfinite(a) && (!std::isfinite(b) || a < b);
}

double largest(const RowMatrix<double>& values) {
    double most = 0;
    for (Eigen::Index at = 0; at < values.size(); ++at)
        if (std::isfinite(values.data()[at]))
            most = std::max(most, std::abs(values.data()[at]));
    return most;
}

} // namespace

MatrixPage::MatrixPage(SelectionModel& selection, ScoreData& scores, UnitReader& reader, QWidget* parent)
    : LayersPage(selection, scores, parent), m_reader(reader), m_choices(new QWidget(this)),
      m_level(new UnitBox(selection, scores, {TableLevel::Roi, TableLevel::Area}, this)), m_order(new QComboBox(this)),
      m_side(new QComboBox(this)), m_readout(new ElidedLabel(this)), m_matrix(new LayerMatrix(this)) {
    buildChoices();
    m_readout->setObjectName("matrixReadout");
    m_matrix->setAccessibleName(tr("Encoding score of layers and areas"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_readout);
    column->addWidget(m_matrix, 1);
    connect(&reader, &UnitReader::changed, this, &MatrixPage::scheduleUpdate);
    connect(m_matrix, &LayerMatrix::hovered, this, [this](const LayerMatrix::Cell& cell) {
        m_hovered = cell;
        updateReadout();
    });
    connect(m_matrix, &LayerMatrix::clicked, this, &MatrixPage::pick);
    connect(m_matrix, &LayerMatrix::brushed, this, &MatrixPage::choose);
}

MatrixPage::~MatrixPage() = default;

void MatrixPage::buildChoices() {
    m_level->setObjectName("matrixLevel");
    m_order->setObjectName("matrixOrder");
    m_side->setObjectName("matrixSide");
    m_order->addItem(tr("By distance"), static_cast<int>(Order::Distance));
    m_order->addItem(tr("Atlas order"), static_cast<int>(Order::Atlas));
    m_side->addItem(tr("A − B"), static_cast<int>(Side::Difference));
    m_side->addItem(tr("A"), static_cast<int>(Side::A));
    m_side->addItem(tr("B"), static_cast<int>(Side::B));
    auto* row =
        choiceRow({{m_level, tr("Units of analysis")}, {m_order, tr("Order of the columns")}, {m_side, tr("Side")}}, 4);
    row->setContentsMargins(0, 0, 0, 0);
    m_choices->setLayout(row);
    connect(m_level, &UnitBox::unitsChanged, this, [this] {
        forget(); // columns are of other units
        scheduleUpdate();
    });
    for (QComboBox* box : {m_order, m_side})
        connect(box, &QComboBox::activated, this, &MatrixPage::scheduleUpdate);
}

void MatrixPage::setTheme(const Theme& theme) {
    LayersPage::setTheme(theme);
    m_matrix->setTheme(theme);
}

void MatrixPage::forget() {
    m_shown.reset();
    stateMessage({});
}

TableLevel MatrixPage::level() const {
    return m_level->level();
}

MatrixPage::Side MatrixPage::side() const {
    return sideB() ? static_cast<Side>(m_side->currentData().toInt()) : Side::A;
}

UnitReader::Key MatrixPage::keyOf(const LayersSide& side) const {
    return {level(), side.indices.model, side.indices.step, side.indices.recording, m_level->sets()};
}

/// The checkpoint whose scores set the range of colours, so that colours mean the same at all of them.
UnitReader::Key MatrixPage::lastKeyOf(const LayersSide& side) const {
    UnitReader::Key key = keyOf(side);
    key.step = static_cast<int>(modelOf(side).steps.size()) - 1;
    return key;
}

void MatrixPage::refresh() {
    const auto b = sideB();
    m_side->setVisible(b.has_value());
    m_side->setEnabled(b.has_value());
    QString missing = missingOf(RecordingKind::Fmri);
    if (missing.isEmpty())
        missing = m_level->missingText();
    if (!missing.isEmpty()) {
        m_shown.reset();
        stateMessage(missing);
        return;
    }
    const LayersSide a = *sideA();
    const LayersSide shown = b && side() == Side::B ? *b : a;
    std::vector<UnitReader::Key> keys{keyOf(shown), lastKeyOf(shown)};
    if (b)
        keys.push_back(keyOf(*b));
    m_reader.read(keys);
    const auto layers = m_reader.layers(keyOf(shown));
    const auto others = b && side() == Side::Difference ? m_reader.layers(keyOf(*b)) : nullptr;
    if (m_reader.error()) {
        stateMessage(QString::fromStdString(messageOf(*m_reader.error())));
        return;
    }
    if (!layers || !m_reader.layers(lastKeyOf(shown)) || (b && side() == Side::Difference && !others))
        return;
    m_shown = Shown{shown, m_reader.places(level(), m_level->sets()), layers, others, {}, {}};
    fillMatrix();
    QStringList title = others ? comparedTitle(titleOf(a), titleOf(*b)) : titleOf(shown);
    if (b && !others)
        title << (side() == Side::B ? tr("B alone") : tr("A alone"));
    if (const QString none = noOtherText(); !none.isEmpty())
        title << tr("A alone: %1").arg(none);
    stateContent(title);
}

QStringList MatrixPage::titleOf(const LayersSide& side) const {
    const ScoreIndex& index = *m_data.index();
    return {tr("R of layers × %1").arg(unitsName()), QString::fromStdString(modelOf(side).label),
            checkpointText(side.selection.step), subjectsText(index.fmri, side.indices.recording)};
}

/// Each area once, with its units of both hemispheres.
std::vector<LayerMatrixContent::Column> MatrixPage::columns() const {
    const auto& sets = m_shown->places->units.sets;
    std::vector<LayerMatrixContent::Column> columns;
    std::map<std::string, std::size_t> places;
    for (std::size_t unit = 0; unit < sets.areas.size(); ++unit) {
        const std::string& id = sets.areas.ids[unit];
        const std::string name = id.substr(id.find(':') + 1);
        const auto [place, isNew] = places.try_emplace(name, columns.size());
        if (isNew)
            columns.push_back({QString::fromStdString(name), 0, {-1, -1}});
        columns[place->second].units[id.starts_with("rh:") ? 1 : 0] = static_cast<int>(unit);
    }
    for (auto& column : columns) {
        double count = 0;
        for (const int unit : column.units)
            if (unit >= 0) {
                column.distance += sets.distances[static_cast<std::size_t>(unit)];
                ++count;
            }
        column.distance /= count;
    }
    if (static_cast<Order>(m_order->currentData().toInt()) == Order::Distance)
        std::ranges::stable_sort(columns, isNearer, &LayerMatrixContent::Column::distance);
    return columns;
}

RowMatrix<double> MatrixPage::values() const {
    const RowMatrix<double>& all = m_shown->layers->mean;
    RowMatrix<double> values(static_cast<Eigen::Index>(m_shown->rows.size()), all.cols());
    for (std::size_t row = 0; row < m_shown->rows.size(); ++row) {
        values.row(static_cast<Eigen::Index>(row)) = all.row(m_shown->rows[row]);
        if (m_shown->others)
            values.row(static_cast<Eigen::Index>(row)) -= m_shown->others->mean.row(m_shown->otherRows[row]);
    }
    return values;
}

ColorScale MatrixPage::scaleOf(const RowMatrix<double>& values) const {
    if (m_shown->others) {
        const double reach = roundUp(largest(values));
        return {.map = ColorMap::named("vik"), .low = -reach, .high = reach, .threshold = everything};
    }
    const double most = std::max(largest(m_reader.layers(lastKeyOf(m_shown->side))->mean), largest(values));
    return {.map = ColorMap::named("inferno"), .low = 0, .high = roundUp(most), .threshold = everything};
}

void MatrixPage::fillMatrix() {
    const ScoredModel& model = modelOf(m_shown->side);
    m_shown->rows.resize(model.layerNames.size());
    std::iota(m_shown->rows.begin(), m_shown->rows.end(), 0);
    if (const auto b = m_shown->others ? sideB() : std::nullopt) {
        const LayerProfile ofA{model.layerDepths, {}}, ofB{modelOf(*b).layerDepths, {}};
        const LayerDifferences same = layerDifferences(model, ofA, modelOf(*b), ofB);
        m_shown->rows = same.layers;
        m_shown->otherRows = same.others;
    }
    LayerMatrixContent content;
    for (const int layer : m_shown->rows)
        content.layers << layerName(layer);
    content.columns = columns();
    content.values = values();
    for (const std::int16_t best : m_shown->layers->best.layer) {
        const auto row = std::ranges::find(m_shown->rows, static_cast<int>(best));
        content.best.push_back(
            m_shown->others || row == m_shown->rows.end() ? -1 : static_cast<int>(row - m_shown->rows.begin()));
    }
    content.scale = scaleOf(content.values);
    const bool byDistance = static_cast<Order>(m_order->currentData().toInt()) == Order::Distance;
    QString units = unitsName();
    units[0] = units.at(0).toUpper();
    content.orderTitle =
        byDistance ? tr("%1 by distance from V1 (mm)").arg(units) : tr("%1 in the atlas' order").arg(units);
    m_matrix->setContent(std::move(content));
    markSelected();
}

/// "ROIs", "areas of aparc", "regions of yours".
QString MatrixPage::unitsName() const {
    return m_level->unitsText();
}

UnitLink MatrixPage::linkOf(int column) const {
    const auto& units = m_matrix->content().columns[static_cast<std::size_t>(column)].units;
    const auto unit = static_cast<std::size_t>(units[0] >= 0 ? units[0] : units[1]);
    return m_level->linkOf(m_shown->places->units.sets.areas.ids[unit], m_shown->places->areas[unit]);
}

int MatrixPage::unitOf(const LayerMatrix::Cell& cell) const {
    return m_matrix->content()
        .columns[static_cast<std::size_t>(cell.column)]
        .units[static_cast<std::size_t>(cell.side)];
}

QString MatrixPage::layerName(int layer) const {
    return QString::fromStdString(modelOf(m_shown->side).layerNames[static_cast<std::size_t>(layer)]);
}

} // namespace brainlike
