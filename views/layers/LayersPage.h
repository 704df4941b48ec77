#pragma once

#include "core/session/SelectionDefaults.h"
#include "core/study/Study.h"
#include "views/state/OncePerTurn.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"
#include "views/state/Theme.h"

#include <QStringList>
#include <QWidget>

#include <optional>

namespace brainlike {

/// One side of a comparison: the selection of A or B, and where it is in the scores.
struct LayersSide {
    Selection selection;
    SelectionIndices indices;
};

/// One picture of the layers panel. It follows the selection and reads while it is shown, and only then.
class LayersPage : public QWidget {
    Q_OBJECT
public:
    LayersPage(SelectionModel& selection, ScoreData& scores, QWidget* parent);

    /// @param active  whether the page is seen
    void setActive(bool active);
    virtual void setTheme(const Theme& theme);
    /// Choices that belong to the page alone, shown above it; may be null.
    [[nodiscard]] virtual QWidget* choices() const { return nullptr; }
    /// The line about what is pointed at, or selected, or else the most telling.
    [[nodiscard]] virtual QString readout() const = 0;
    /// What is shown, in parts.
    [[nodiscard]] const QStringList& titleParts() const { return m_title; }
    /// Why nothing is shown; empty while something is.
    [[nodiscard]] const QString& message() const { return m_message; }

Q_SIGNALS:
    /// Title or message are others now.
    void stated();

protected:
    /// The scores are others: nothing that was read holds any longer.
    virtual void forget() = 0;
    /// More of a running encoding can be read.
    virtual void noteArrival() { scheduleUpdate(); }
    /// Asks for what is not read yet and shows what is; called while the page is seen.
    virtual void refresh() = 0;
    virtual void follow(const Selection& before, const Selection& after);

    void scheduleUpdate();
    void stateContent(const QStringList& title);
    void stateMessage(const QString& message);
    [[nodiscard]] bool isActive() const { return m_isActive; }
    /// Whose recordings the page shows.
    [[nodiscard]] virtual RecordingKind kind() const { return RecordingKind::Fmri; }
    /// Nothing without scores, or where they do not have what is selected.
    [[nodiscard]] std::optional<LayersSide> sideA() const;
    /// B of a comparison, while there is one.
    [[nodiscard]] std::optional<LayersSide> sideB() const;
    [[nodiscard]] const ScoredModel& modelOf(const LayersSide& side) const;
    /// Why a page of finished scores has nothing to show; empty while it has.
    [[nodiscard]] QString missingOf(RecordingKind kind) const;
    /// Why there is no B though A and B are to be compared; empty where there is one.
    [[nodiscard]] QString noOtherText() const;
    [[nodiscard]] const Theme& theme() const { return m_theme; }

    SelectionModel& m_selection;
    ScoreData& m_data;

private:
    Theme m_theme;
    QStringList m_title;
    QString m_message;
    OncePerTurn m_update;
    bool m_isActive = false;
};

} // namespace brainlike
