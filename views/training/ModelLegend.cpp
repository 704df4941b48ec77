#include "views/training/ModelLegend.h"

#include "views/state/DistinctNames.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace brainlike {
namespace {

constexpr std::size_t mostChips = 6;
constexpr QSize lineSize(34, 12); ///< of a sample of a model's line: all of the longest pattern
constexpr int leastName = 84;     ///< pixels of a name that has to be cut

QIcon lineIcon(const QPen& line, const Theme& theme, double ratio) {
    QPixmap picture(lineSize * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen = line;
    pen.setColor(theme.text);
    painter.setPen(pen);
    painter.drawLine(QPointF(1, lineSize.height() / 2.0), QPointF(lineSize.width() - 1, lineSize.height() / 2.0));
    return picture;
}

} // namespace

QPen modelPen(std::size_t place, double width) {
    static const std::array<QVector<qreal>, mostChips> patterns{
        {{5, 2.5}, {1.5, 2}, {7, 2.5, 1.5, 2.5}, {7, 2.5, 1.5, 2, 1.5, 2.5}, {9, 3.5}, {1, 4}}};
    QPen pen(Qt::black, width, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern(patterns[place % patterns.size()]);
    return pen;
}

ModelLegend::ModelLegend(QWidget* parent) : QWidget(parent), m_row(new QHBoxLayout(this)) {
    setObjectName("modelLegend");
    setAccessibleName(tr("Models"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(4);
    m_row->setSizeConstraint(QLayout::SetNoConstraint);
    // Names are cut to the room there is, so they never ask for more.
    setSizePolicy(QSizePolicy::Ignored, sizePolicy().verticalPolicy());
}

/// Chips go into the menu rather than keep the bar wide.
QSize ModelLegend::minimumSizeHint() const {
    return {leastName, QWidget::minimumSizeHint().height()};
}

void ModelLegend::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitNames();
}

void ModelLegend::setTheme(const Theme& theme) {
    m_theme = theme;
    build();
}

void ModelLegend::setModels(const std::vector<LegendModel>& models, const std::set<std::string>& hidden) {
    if (models == m_models && hidden == m_hidden)
        return;
    m_models = models;
    m_hidden = hidden;
    build();
}

void ModelLegend::build() {
    while (QLayoutItem* item = m_row->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_chips.clear();
    m_names.clear();
    QStringList labels;
    for (const LegendModel& model : m_models)
        labels << model.label;
    const QStringList names = distinctNames(labels);
    std::size_t place = 0;
    for (std::size_t at = 0; at < m_models.size(); ++at) {
        const bool isCurrent = m_models[at].isCurrent;
        addChip(m_models[at], names[static_cast<qsizetype>(at)],
                lineIcon(isCurrent ? QPen(Qt::black, 2.4) : modelPen(place, 1.6), m_theme, devicePixelRatioF()));
        place += isCurrent ? 0 : 1;
    }
    addRest();
    m_row->addStretch(1);
    fitNames();
}

void ModelLegend::addChip(const LegendModel& model, const QString& name, const QIcon& icon) {
    auto* chip = new QToolButton(this);
    chip->setObjectName("model:" + QString::fromStdString(model.id));
    chip->setAutoRaise(true);
    chip->setCheckable(true);
    chip->setChecked(model.isCurrent || !m_hidden.contains(model.id));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setIcon(icon);
    chip->setIconSize(lineSize);
    const QString mark = model.isCompared ? tr("B: ") : QString();
    chip->setAccessibleName(mark + model.label);
    m_names << mark + name;
    m_chips.push_back(chip);
    QFont bold = font();
    bold.setWeight(model.isCurrent ? QFont::DemiBold : QFont::Normal);
    chip->setFont(bold);
    chip->setToolTip(model.isCurrent ? tr("%1: the selected model").arg(model.label)
                                     : tr("%1: show or hide its curves").arg(model.label));
    if (model.isCurrent) // it stays
        connect(chip, &QToolButton::clicked, chip, [chip] { chip->setChecked(true); });
    else
        connect(chip, &QToolButton::clicked, this,
                [this, id = model.id](bool isShown) { Q_EMIT toggled(id, isShown); });
    m_row->addWidget(chip);
}

/// Widest names that let all chips that are shown in: the longest are cut first, to one width.
/// @returns nothing where they would be cut too short
std::optional<int> ModelLegend::roomForNames() const {
    int needed = m_more->isHidden() ? 0 : m_more->sizeHint().width() + m_row->spacing();
    std::vector<int> widths;
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        if (m_chips[at]->isHidden())
            continue;
        widths.push_back(m_chips[at]->fontMetrics().horizontalAdvance(m_names[static_cast<qsizetype>(at)]));
        needed += m_chips[at]->sizeHint().width() + m_row->spacing();
    }
    int room = *std::ranges::max_element(widths);
    const auto excess = [&] {
        int cut = 0;
        for (const int width : widths)
            cut += std::max(0, width - room);
        return needed - cut - width();
    };
    while (room > leastName && excess() > 0)
        --room;
    return excess() > 0 ? std::nullopt : std::optional(room);
}

/// Shows as many chips as have room for names that say something; the others are in the menu.
void ModelLegend::fitNames() {
    if (m_chips.empty())
        return;
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        m_chips[at]->setText(m_names[static_cast<qsizetype>(at)]);
        m_chips[at]->setVisible(at < mostChips || isKept(at));
    }
    const auto isAnyHidden = [this] { return std::ranges::any_of(m_chips, &QWidget::isHidden); };
    m_more->setVisible(isAnyHidden());
    std::optional<int> room = roomForNames();
    for (std::size_t at = m_chips.size(); at > 0 && !room; --at)
        if (!m_chips[at - 1]->isHidden() && !isKept(at - 1)) {
            m_chips[at - 1]->hide();
            m_more->show();
            m_more->setText(tr("%1 more").arg(std::ranges::count_if(m_chips, &QWidget::isHidden)));
            room = roomForNames();
        }
    m_more->setText(tr("%1 more").arg(std::ranges::count_if(m_chips, &QWidget::isHidden)));
    for (std::size_t at = 0; at < m_chips.size(); ++at) {
        const QFontMetrics metrics = m_chips[at]->fontMetrics();
        const QString& name = m_names[static_cast<qsizetype>(at)];
        if (const int width = room.value_or(leastName); metrics.horizontalAdvance(name) > width)
            m_chips[at]->setText(metrics.elidedText(name, Qt::ElideMiddle, width));
    }
}

/// The selected model and B are never in the menu.
bool ModelLegend::isKept(std::size_t model) const {
    return m_models[model].isCurrent || m_models[model].isCompared;
}

void ModelLegend::addRest() {
    m_more = new QToolButton(this);
    m_more->setObjectName("moreModels");
    m_more->setAutoRaise(true);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setAccessibleName(tr("Further models"));
    auto* menu = new QMenu(m_more);
    menu->setObjectName("moreModelsMenu");
    menu->setAccessibleName(tr("Further models"));
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (std::size_t at = 0; at < m_models.size(); ++at) {
            if (!m_chips[at]->isHidden())
                continue;
            QAction* action = menu->addAction(m_models[at].label);
            action->setCheckable(true);
            action->setChecked(!m_hidden.contains(m_models[at].id));
            connect(action, &QAction::triggered, this,
                    [this, id = m_models[at].id](bool isShown) { Q_EMIT toggled(id, isShown); });
        }
    });
    m_more->setMenu(menu);
    m_row->addWidget(m_more);
}

} // namespace brainlike
