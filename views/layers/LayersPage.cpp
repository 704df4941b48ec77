#include "views/layers/LayersPage.h"

#include "core/session/Comparison.h"
#include "core/study/ScoreFile.h"
#include "views/state/ComparisonText.h"
#include "views/state/SubjectsText.h"

namespace brainlike {

LayersPage::LayersPage(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_data(scores), m_theme(Theme::of(palette())), m_update([this] {
          if (m_isActive)
              refresh();
      }) {
    connect(&selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (m_isActive)
            follow(before, after);
    });
    connect(&scores, &ScoreData::sourceChanged, this, [this] {
        forget();
        scheduleUpdate();
    });
    connect(&scores, &ScoreData::arrived, this, [this] {
        if (m_isActive)
            noteArrival();
    });
}

void LayersPage::setActive(bool active) {
    if (active == m_isActive)
        return;
    m_isActive = active;
    scheduleUpdate();
}

void LayersPage::setTheme(const Theme& theme) {
    m_theme = theme;
    scheduleUpdate();
}

void LayersPage::follow(const Selection&, const Selection&) {
    scheduleUpdate();
}

void LayersPage::scheduleUpdate() {
    if (m_isActive)
        m_update.schedule();
}

void LayersPage::stateContent(const QStringList& title) {
    if (title == m_title && m_message.isEmpty())
        return;
    m_title = title;
    m_message.clear();
    Q_EMIT stated();
}

void LayersPage::stateMessage(const QString& message) {
    if (message == m_message && m_title.isEmpty())
        return;
    m_title.clear();
    m_message = message;
    Q_EMIT stated();
}

std::optional<LayersSide> LayersPage::sideA() const {
    const ScoreIndex* index = m_data.index();
    const auto indices = index ? indicesOf(m_selection.selection(), *index, kind()) : std::nullopt;
    return indices ? std::optional(LayersSide{m_selection.selection(), *indices}) : std::nullopt;
}

std::optional<LayersSide> LayersPage::sideB() const {
    const ScoreIndex* index = m_data.index();
    const auto other = index ? comparedSide(m_selection.selection(), *index, kind()) : std::nullopt;
    return other ? std::optional(LayersSide{*other, *indicesOf(*other, *index, kind())}) : std::nullopt;
}

QString LayersPage::missingOf(RecordingKind kind) const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return tr("No study is open");
    const bool isFmri = kind == RecordingKind::Fmri;
    if ((isFmri ? index->fmri : index->meg).empty())
        return isFmri ? tr("No fMRI in this study") : tr("No MEG in this study");
    if (!m_data.scoreFile())
        return tr("Shown once all scores are computed");
    if (const QString none = noRecordingText(m_selection.selection(), *index, kind); !none.isEmpty())
        return none;
    return sideA() ? QString() : tr("Choose a model and a step");
}

const ScoredModel& LayersPage::modelOf(const LayersSide& side) const {
    return m_data.index()->models[static_cast<std::size_t>(side.indices.model)];
}

QString LayersPage::noOtherText() const {
    const Selection& selection = m_selection.selection();
    if (!selection.isCompared || !m_data.index() || sideB())
        return {};
    const QString none = comparisonText(selection, *m_data.index()).noOther;
    if (!none.isEmpty())
        return none;
    // There is one, but not of this kind.
    auto other = otherSide(selection, *m_data.index());
    if (!other)
        other = otherSide(selection, *m_data.index(), RecordingKind::Meg);
    return other ? noRecordingText(*other, *m_data.index(), kind()) : none;
}

} // namespace brainlike
