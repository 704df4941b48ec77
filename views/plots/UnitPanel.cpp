#include "views/plots/UnitPanel.h"

#include "views/state/ComparisonText.h"

#include <QShowEvent>
#include <QVBoxLayout>

namespace brainlike {
namespace {

constexpr int linesOfReadout = 3; ///< that a narrow panel needs for its longest notes

} // namespace

UnitPanel::UnitPanel(const QString& objectName, const QString& accessibleName, SelectionModel& selection,
                     ScoreData& scores, QWidget* parent)
    : Panel(objectName, accessibleName, parent), m_selection(selection), m_data(scores),
      m_readout(new ElidedLabel(this)), m_others{new ElidedLabel(this), new ElidedLabel(this)} {
    auto* lines = new QVBoxLayout;
    lines->setSpacing(2);
    lines->addWidget(m_readout);
    m_readout->setLineLimit(linesOfReadout);
    for (ElidedLabel* other : m_others) {
        other->setLineLimit(linesOfReadout);
        other->hide();
        lines->addWidget(other);
    }
    contentLayout()->addLayout(lines);
    connect(&scores, &ScoreData::sourceChanged, this, &UnitPanel::restart);
}

void UnitPanel::restart() {
    m_reading.cancel();
    forget();
    m_isStale = !isVisible();
    if (m_isStale)
        return;
    const QString missing = missingText();
    if (missing.isEmpty())
        return startReading();
    setTitle({});
    showMessage(missing);
}

void UnitPanel::setReadouts(const QStringList& lines) {
    m_readout->setFullText(lines.value(0));
    m_otherLines = lines.mid(1);
    for (qsizetype line = 0; line < 2; ++line) {
        m_others[line]->setFullText(m_otherLines.value(line));
        m_others[line]->setVisible(!m_otherLines.value(line).isEmpty());
    }
}

std::optional<Selection> UnitPanel::other(RecordingKind kind) const {
    const ScoreIndex* index = m_data.index();
    return index ? comparedSide(m_selection.selection(), *index, kind) : std::nullopt;
}

QString UnitPanel::noOtherText() const {
    if (!m_selection.selection().isCompared || other() || !m_data.index())
        return {};
    return tr("No B: %1").arg(comparisonText(m_selection.selection(), *m_data.index()).noOther);
}

void UnitPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_isStale)
        restart();
}

} // namespace brainlike
