#pragma once

#include "core/session/Comparison.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <functional>
#include <optional>
#include <utility>
#include <variant>

namespace brainlike {

/// What panels have in common that show a number of each area, ROI or window: they read from a finished scores.h5 once
/// they are seen, and say above their plot what is pointed at, or what holds of A, B and A − B, a line each.
class UnitPanel : public Panel {
    Q_OBJECT
public:
    /// What is pointed at, or what holds of all units, in words; of A while A and B are compared.
    [[nodiscard]] QString readout() const { return m_readout->fullText(); }
    /// The lines below it: of B, of A − B, or why there is no B; empty while A is shown alone.
    [[nodiscard]] const QStringList& otherReadouts() const { return m_otherLines; }

protected:
    UnitPanel(const QString& objectName, const QString& accessibleName, SelectionModel& selection, ScoreData& scores,
              QWidget* parent);

    /// Forgets what was read, and reads again; once the panel is seen if it is not.
    void restart();
    /// Why there is nothing to read; empty where there is.
    [[nodiscard]] virtual QString missingText() const = 0;
    virtual void forget() = 0;
    virtual void startReading() = 0;

    /// Works on a pool thread; what is wrong is shown in the panel's place.
    template <typename T>
    void read(std::function<T(JobContext&)> work, std::function<void(T)> done) {
        m_reading =
            m_data.runner().run<T>(this, std::move(work), [this, done = std::move(done)](JobOutcome<T> outcome) {
                if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                    showError(*error);
                else
                    done(std::get<T>(std::move(outcome)));
            });
    }
    /// The lines above the plot; the first is the readout.
    void setReadouts(const QStringList& lines);
    /// B, while it is compared with.
    /// @param kind  of the recordings that the units are of
    [[nodiscard]] std::optional<Selection> other(RecordingKind kind = RecordingKind::Fmri) const;
    /// "No B: no checkpoint before untrained" while a comparison is wanted and there is no B; else empty.
    [[nodiscard]] QString noOtherText() const;

    void showEvent(QShowEvent* event) override;

    SelectionModel& m_selection;
    ScoreData& m_data;

private:
    bool m_isStale = true; ///< to be read once the panel is seen
    JobHandle m_reading;
    ElidedLabel* m_readout;
    ElidedLabel* m_others[2];
    QStringList m_otherLines;
};

} // namespace brainlike
