#include "views/property/PropertyPanel.h"

#include "core/properties/PublishedProperties.h"
#include "core/session/SelectionDefaults.h"
#include "views/plots/ScatterPlot.h"
#include "views/property/NullPlot.h"
#include "views/state/ChoiceRow.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

#include <QFileDialog>
#include <QShowEvent>
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

} // namespace

PropertyPanel::PropertyPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("propertyPanel", tr("Cortical properties"), parent), m_selection(selection), m_data(scores),
      m_map(new QComboBox(this)), m_property(new QComboBox(this)), m_level(new QComboBox(this)),
      m_plot(new ScatterPlot(this)), m_nullPlot(new NullPlot(this)), m_readout(new ElidedLabel(this)),
      m_spins(SpinRotations::defaultCount) {
    buildChoices();
    m_readout->setObjectName("propertyReadout");
    contentLayout()->addWidget(m_readout);
    contentLayout()->addWidget(m_plot, 1);
    contentLayout()->addWidget(m_nullPlot);
    setMinimumSize(260, 300);
    themeChanged();

    connect(&selection, &SelectionModel::changed, this, &PropertyPanel::onSelection);
    connect(&scores, &ScoreData::sourceChanged, this, &PropertyPanel::restart);
    connect(m_plot, &ScatterPlot::hovered, this, [this](int index) {
        m_hovered = index;
        updateTexts();
    });
    connect(m_plot, &ScatterPlot::clicked, this, [this](int index) {
        const VertexId vertex = m_scatter->points.at(static_cast<std::size_t>(index)).centre;
        m_selection.edit([&](Selection& next) { next.vertex = vertex; });
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
    m_level->addItem(tr("ROIs"), QStringLiteral("roi"));
    m_level->addItem(tr("Areas"), QStringLiteral("area"));
    contentLayout()->addLayout(choiceRow(
        {{m_map, tr("Quantity")}, {m_property, tr("Cortical property")}, {m_level, tr("Units of analysis")}}, 8));
    connect(m_map, &QComboBox::activated, this, &PropertyPanel::restart);
    connect(m_level, &QComboBox::activated, this, &PropertyPanel::restart);
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

void PropertyPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_isStale)
        restart();
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
    const bool isOverSteps = m_map->currentData().toInt() == static_cast<int>(PropertyMapKind::HalfTime);
    if (before.model != after.model || before.recording != after.recording ||
        (before.step != after.step && !isOverSteps))
        restart();
    else if (before.vertex != after.vertex)
        markPicked();
}

QString PropertyPanel::missingText() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return tr("No study is open");
    if (index->fmri.empty() || index->models.empty())
        return tr("No fMRI scores here to compare with cortical properties");
    if (!m_data.scoreFile())
        return tr("Shown once all scores are computed");
    if (!indicesOf(m_selection.selection(), *index))
        return tr("Choose a model and a step");
    return {};
}

TableRequest PropertyPanel::request() const {
    const Selection& selection = m_selection.selection();
    const auto map = static_cast<PropertyMapKind>(m_map->currentData().toInt());
    TableRequest request;
    request.what = "property";
    request.level = m_level->currentData().toString().toStdString();
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

void PropertyPanel::restart() {
    m_reading.cancel();
    m_spinning.cancel();
    m_isStale = !isVisible();
    if (m_isStale)
        return;
    m_scatter.reset();
    m_test.reset();
    m_spun = 0;
    m_hovered = -1;
    const QString missing = missingText();
    if (!missing.isEmpty()) {
        setTitle({});
        showMessage(missing);
        return;
    }
    m_reading = m_data.runner().run<PropertyScatter>(
        this,
        [scores = m_data.scoreFile(), request = request()](JobContext& job) {
            return propertyScatter(*scores, request, job);
        },
        [this](JobOutcome<PropertyScatter> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                showError(*error);
            else
                showScatter(std::get<PropertyScatter>(std::move(outcome)));
        });
}

void PropertyPanel::showScatter(PropertyScatter scatter) {
    m_scatter = std::move(scatter);
    std::vector<ScatterPlot::Point> points;
    const bool isOneSided = std::ranges::all_of(m_scatter->points, [&](const ScatterPoint& point) {
        return point.centre.hemisphere == m_scatter->points.front().centre.hemisphere;
    });
    for (const ScatterPoint& point : m_scatter->points)
        points.push_back(
            {isOneSided ? QString::fromStdString(point.id.substr(point.id.find(':') + 1)) : unitName(point.id),
             point.property, point.map});
    const QString name = capitalized(QString::fromStdString(m_scatter->property.name));
    const QString unit = QString::fromStdString(m_scatter->property.unit);
    m_plot->setPoints(std::move(points), {unit.isEmpty() ? name : name + " (" + unit + ")", name}, mapLabels());
    m_plot->setToolTip(
        QString::fromStdString(m_scatter->property.description + "\nSource: " + m_scatter->property.source));
    m_nullPlot->setVisible(m_spins > 0);
    showNull({});
    markPicked();
    const ScoreIndex& index = *m_data.index();
    const auto shown = indicesOf(m_selection.selection(), index);
    QStringList parts{m_map->currentText() + tr(" against ") + QString::fromStdString(m_scatter->property.name)};
    if (shown)
        parts << QString::fromStdString(index.models[static_cast<std::size_t>(shown->model)].label);
    if (m_scatter->step)
        parts << checkpointText(*m_scatter->step);
    parts << subjectsText(index.fmri, shown ? shown->recording : std::nullopt);
    if (isOneSided && !m_scatter->points.empty())
        parts << (m_scatter->points.front().centre.hemisphere == Hemisphere::Left ? tr("left hemisphere")
                                                                                  : tr("right hemisphere"));
    setTitle(parts);
    showContent();
    startSpins();
}

void PropertyPanel::startSpins() {
    if (m_spins == 0 || !std::isfinite(m_scatter->correlation.r))
        return;
    const auto growing = std::make_shared<GrowingNull>();
    m_spinning = m_data.runner().run<SpinTest>(
        this,
        [scores = m_data.scoreFile(), request = request(), growing](JobContext& job) {
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
        [this](JobOutcome<SpinTest> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return showError(*error);
            m_test = std::get<SpinTest>(std::move(outcome));
            showNull(m_test->null);
        },
        [this, growing](const Progress&) {
            const std::scoped_lock lock(growing->mutex);
            if (!m_test)
                showNull(growing->values);
        });
}

void PropertyPanel::showNull(const std::vector<double>& null) {
    m_spun = static_cast<int>(null.size());
    m_nullPlot->setValues(null, m_scatter->correlation.r);
    updateTexts();
}

void PropertyPanel::markPicked() {
    const auto& vertex = m_selection.selection().vertex;
    int picked = -1;
    if (m_scatter && vertex) {
        const int flat = m_data.index()->vertexCounts.flatIndex(*vertex);
        for (std::size_t index = 0; index < m_scatter->points.size() && picked < 0; ++index)
            if (std::ranges::binary_search(m_scatter->points[index].vertices, flat))
                picked = static_cast<int>(index);
    }
    m_plot->setPicked(picked);
    updateTexts();
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

QString PropertyPanel::pointText(const ScatterPoint& point) const {
    const auto& property = m_scatter->property;
    const QString unit = property.unit.empty() ? QString() : " " + QString::fromStdString(property.unit);
    return unitName(point.id) + ": " + QString::fromStdString(property.name) + " " + valueText(point.property) + unit +
           ", " + mapText(point.map);
}

void PropertyPanel::updateTexts() {
    if (!m_scatter)
        return;
    const int named = m_hovered >= 0 ? m_hovered : -1;
    if (named >= 0) {
        m_readout->setFullText(pointText(m_scatter->points[static_cast<std::size_t>(named)]));
        return;
    }
    const Correlation& found = m_scatter->correlation;
    if (!std::isfinite(found.r)) {
        const auto reason = nameOf(found.status);
        m_readout->setFullText(tr("No correlation: %1 (n %2 of %3)")
                                   .arg(QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size())))
                                   .arg(found.n)
                                   .arg(m_scatter->unitCount));
        return;
    }
    QString text = tr("r %1, n %2 of %3, p %4, 95 % %5 to %6")
                       .arg(scoreText(found.r))
                       .arg(found.n)
                       .arg(m_scatter->unitCount)
                       .arg(probabilityText(found.p), scoreText(found.ciLow), scoreText(found.ciHigh));
    if (m_test)
        text += tr(" · spin p %1 (%2 spins)").arg(probabilityText(m_test->p), countText(m_test->defined));
    else if (m_spins > 0)
        text += tr(" · spinning, %1 of %2").arg(countText(m_spun), countText(m_spins));
    m_readout->setFullText(text);
    m_plot->setAccessibleDescription(title() + ". " + text);
}

} // namespace brainlike
