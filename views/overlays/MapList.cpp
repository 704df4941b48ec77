#include "views/overlays/MapList.h"

#include "views/state/Panel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr int fullOpacity = 100;

/// An eye, or one with a line through it.
QIcon eyeIcon(bool isOpen, const QPalette& palette) {
    constexpr int side = 32;
    QPixmap picture(side, side);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor color = palette.color(QPalette::ButtonText);
    color.setAlpha(isOpen ? 255 : 110);
    painter.setPen(QPen(color, 2.4, Qt::SolidLine, Qt::RoundCap));
    QPainterPath eye;
    eye.moveTo(3, 16);
    eye.quadTo(16, 1, 29, 16);
    eye.quadTo(16, 31, 3, 16);
    painter.drawPath(eye);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(16, 16), 4, 4);
    if (!isOpen)
        painter.drawLine(QPointF(5, 28), QPointF(27, 4));
    return QIcon(picture);
}

bool isOwnKey(const QKeyEvent& key) {
    const auto modifiers = key.modifiers() & ~Qt::KeypadModifier;
    const bool isArrow = key.key() == Qt::Key_Up || key.key() == Qt::Key_Down;
    if (modifiers == Qt::AltModifier)
        return isArrow;
    return modifiers == Qt::NoModifier && (isArrow || key.key() == Qt::Key_Space || key.key() == Qt::Key_Delete);
}

} // namespace

MapRow::MapRow(QWidget* parent)
    : QFrame(parent), m_eye(new QToolButton(this)), m_swatch(new QLabel(this)), m_name(new ElidedLabel(this)),
      m_opacity(new QSlider(Qt::Horizontal, this)), m_percent(new QLabel(this)) {
    setFocusPolicy(Qt::StrongFocus);
    m_eye->setAutoRaise(true);
    m_eye->setObjectName("eye");
    m_opacity->setObjectName("opacity");
    m_opacity->setRange(0, fullOpacity);
    m_opacity->setPageStep(10);
    m_opacity->setFixedWidth(72);
    m_percent->setMinimumWidth(m_percent->fontMetrics().horizontalAdvance("100 %"));
    m_percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (QWidget* part : std::initializer_list<QWidget*>{m_swatch, m_name, m_percent})
        part->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 3, 6, 3);
    layout->setSpacing(6);
    layout->addWidget(m_eye);
    layout->addWidget(m_swatch);
    layout->addWidget(m_name, 1);
    layout->addWidget(m_opacity);
    layout->addWidget(m_percent);
    connect(m_eye, &QToolButton::clicked, this, [this] { Q_EMIT toggled(!m_entry.isVisible); });
    connect(m_opacity, &QSlider::valueChanged, this,
            [this](int value) { Q_EMIT opacityMoved(static_cast<double>(value) / fullOpacity); });
    connect(m_opacity, &QSlider::sliderPressed, this, [this] { Q_EMIT opacityHeld(true); });
    connect(m_opacity, &QSlider::sliderReleased, this, [this] { Q_EMIT opacityHeld(false); });
}

void MapRow::setEntry(const MapEntry& entry) {
    m_entry = entry;
    m_eye->setIcon(eyeIcon(entry.isVisible, palette()));
    m_eye->setToolTip(entry.isVisible ? tr("Hide this map (Space)") : tr("Show this map (Space)"));
    m_eye->setAccessibleName(entry.isVisible ? tr("Hide %1").arg(entry.name) : tr("Show %1").arg(entry.name));
    m_swatch->setPixmap(entry.swatch);
    m_name->setFullText(entry.name);
    m_name->setEnabled(entry.isVisible);
    const QSignalBlocker blocker(m_opacity);
    m_opacity->setValue(static_cast<int>(std::lround(entry.opacity * fullOpacity)));
    m_opacity->setToolTip(tr("Opacity"));
    m_opacity->setAccessibleName(tr("Opacity of %1").arg(entry.name));
    m_percent->setText(tr("%1 %").arg(m_opacity->value()));
    setAccessibleName(entry.isVisible ? entry.name : tr("%1, hidden").arg(entry.name));
    setToolTip(entry.isMovable ? tr("Drag to another place, or Alt+↑ and Alt+↓")
                               : tr("The first map lies below all others"));
}

void MapRow::setChosen(bool chosen) {
    m_isChosen = chosen;
    update();
}

bool MapRow::event(QEvent* event) {
    // The window has shortcuts of the same keys.
    if (event->type() == QEvent::ShortcutOverride && isOwnKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QFrame::event(event);
}

void MapRow::keyPressEvent(QKeyEvent* event) {
    if (!isOwnKey(*event))
        return QFrame::keyPressEvent(event);
    const int by = event->key() == Qt::Key_Up ? -1 : 1;
    if (event->key() == Qt::Key_Space)
        Q_EMIT toggled(!m_entry.isVisible);
    else if (event->key() == Qt::Key_Delete)
        Q_EMIT removeAsked();
    else if (event->modifiers().testFlag(Qt::AltModifier))
        Q_EMIT moveAsked(by);
    else
        Q_EMIT stepped(by);
}

void MapRow::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return QFrame::mousePressEvent(event);
    m_pressed = event->position();
    Q_EMIT pressed();
}

void MapRow::mouseMoveEvent(QMouseEvent* event) {
    if (!m_pressed || !m_entry.isMovable)
        return;
    if (!m_isDragged && (event->position() - *m_pressed).manhattanLength() < QApplication::startDragDistance())
        return;
    m_isDragged = true;
    setCursor(Qt::ClosedHandCursor);
    Q_EMIT dragged(mapToParent(event->position().toPoint()).y());
}

void MapRow::mouseReleaseEvent(QMouseEvent* event) {
    m_pressed.reset();
    if (!std::exchange(m_isDragged, false))
        return;
    unsetCursor();
    const double y = mapToParent(event->position().toPoint()).y();
    Q_EMIT dragged(std::nullopt);
    Q_EMIT dropped(y);
}

void MapRow::focusInEvent(QFocusEvent* event) {
    QFrame::focusInEvent(event);
    Q_EMIT pressed();
    update();
}

void MapRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = palette().color(QPalette::Highlight);
    ground.setAlpha(m_isChosen ? 46 : 0);
    painter.setBrush(ground);
    painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Highlight), 1.5) : QPen(Qt::NoPen));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
}

MapList::MapList(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    setObjectName("mapList");
    setAccessibleName(tr("Maps, the uppermost first"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

MapRow* MapList::addRow() {
    auto* row = new MapRow(this);
    m_layout->addWidget(row);
    connect(row, &MapRow::pressed, this, [this, row] {
        if (m_chosen == row->entry().id)
            return;
        choose(row->entry().id);
        Q_EMIT chosenChanged(m_chosen);
    });
    connect(row, &MapRow::toggled, this, [this, row](bool visible) { Q_EMIT toggled(row->entry().id, visible); });
    connect(row, &MapRow::opacityMoved, this,
            [this, row](double opacity) { Q_EMIT opacityMoved(row->entry().id, opacity); });
    connect(row, &MapRow::opacityHeld, this, &MapList::opacityHeld);
    connect(row, &MapRow::removeAsked, this, [this, row] { Q_EMIT removeAsked(row->entry().id); });
    connect(row, &MapRow::stepped, this, [this, row](int by) { step(row->entry().id, by); });
    connect(row, &MapRow::moveAsked, this, [this, row](int by) {
        const auto place = std::ranges::find(m_rows, row) - m_rows.begin();
        if (row->entry().isMovable && place + by >= 0)
            Q_EMIT moved(row->entry().id, static_cast<int>(place) + by);
    });
    connect(row, &MapRow::dragged, this, [this](std::optional<double> y) {
        m_dropLine.reset();
        if (y && !m_rows.empty()) {
            const int place = rowAt(*y, -1);
            m_dropLine = place < static_cast<int>(m_rows.size()) ? m_rows[static_cast<std::size_t>(place)]->y()
                                                                 : m_rows.back()->geometry().bottom();
        }
        update();
    });
    connect(row, &MapRow::dropped, this,
            [this, row](double y) { Q_EMIT moved(row->entry().id, rowAt(y, row->entry().id)); });
    return row;
}

int MapList::rowAt(double y, int without) const {
    int place = 0;
    for (const MapRow* row : m_rows)
        if (row->entry().id != without && row->geometry().center().y() < y)
            ++place;
    return place;
}

void MapList::setEntries(const std::vector<MapEntry>& entries) {
    const MapRow* focused = qobject_cast<MapRow*>(QApplication::focusWidget());
    const bool hadFocus = focused != nullptr && focused->parentWidget() == this;
    while (m_rows.size() > entries.size()) {
        m_rows.back()->hide();
        m_rows.back()->deleteLater();
        m_rows.pop_back();
    }
    while (m_rows.size() < entries.size())
        m_rows.push_back(addRow());
    for (std::size_t i = 0; i < entries.size(); ++i)
        m_rows[i]->setEntry(entries[i]);
    if (row(m_chosen) == nullptr && !entries.empty()) {
        m_chosen = entries.back().id;
        Q_EMIT chosenChanged(m_chosen);
    }
    for (MapRow* shown : m_rows)
        shown->setChosen(shown->entry().id == m_chosen);
    if (hadFocus && row(m_chosen) != nullptr)
        row(m_chosen)->setFocus();
}

void MapList::choose(int id) {
    m_chosen = id;
    for (MapRow* row : m_rows)
        row->setChosen(row->entry().id == id);
}

MapRow* MapList::row(int id) const {
    const auto found = std::ranges::find(m_rows, id, [](const MapRow* row) { return row->entry().id; });
    return found == m_rows.end() ? nullptr : *found;
}

void MapList::step(int from, int by) {
    const auto place = std::ranges::find(m_rows, row(from)) - m_rows.begin() + by;
    if (place < 0 || place >= static_cast<std::ptrdiff_t>(m_rows.size()))
        return;
    MapRow* next = m_rows[static_cast<std::size_t>(place)];
    choose(next->entry().id);
    next->setFocus();
    Q_EMIT chosenChanged(m_chosen);
}

void MapList::paintEvent(QPaintEvent*) {
    if (!m_dropLine)
        return;
    QPainter painter(this);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawLine(QPointF(2, *m_dropLine), QPointF(width() - 2, *m_dropLine));
}

} // namespace brainlike
