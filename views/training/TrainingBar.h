#pragma once

#include "views/state/OncePerTurn.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"
#include "views/state/Theme.h"
#include "views/training/TrackPainter.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

class QMenu;

namespace brainlike {

class ModelLegend;
class PanelTitle;
class TrainingLegend;
class TrainingTrack;
class TransportButton;

/// The training bar: choose, play and compare checkpoints on a track that is the plot of the three scores over log
/// step, each as a share of its final value, so that the half-times are where they cross the dashed line. The scores
/// are the group's or, where a subject is chosen, that subject's own.
class TrainingBar : public QWidget {
    Q_OBJECT
public:
    TrainingBar(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~TrainingBar() override;

    [[nodiscard]] bool isPlaying() const { return m_timer.isActive(); }
    [[nodiscard]] double speed() const;
    [[nodiscard]] bool isLooping() const;
    [[nodiscard]] bool isBouncing() const;
    [[nodiscard]] TrainingUnit unit() const { return m_unit; }
    [[nodiscard]] bool isBlending() const { return m_isBlending; }

    /// Adds what the small buttons do: loop, back and forth, speed, what the axis counts.
    void fillMenu(QMenu& menu);

    /// The title's parts joined by " · ".
    [[nodiscard]] QString title() const { return m_titleParts.join(QStringLiteral(" · ")); }

public Q_SLOTS:
    /// Moves on from checkpoint to checkpoint; from the last one it starts over.
    void play();
    void pause();
    void togglePlay();
    /// Selects the checkpoint `count` further on; stays within the model's checkpoints.
    void stepBy(int count);
    /// One step of playing: the next computed checkpoint; after the last one back to the first, or back again, or the
    /// end.
    void advance();
    /// Starts over after the last checkpoint; takes the place of bouncing.
    void setLooping(bool looping);
    /// Plays back and forth; takes the place of looping.
    void setBouncing(bool bouncing);
    /// Steps, images seen or the share of training below the axis; the next one of them, over and over.
    void cycleUnit();
    /// Hides or shows the curves of a model other than the selected one.
    void setModelShown(const std::string& model, bool shown);
    /// 0.5, 1 or 2 times as fast; the next one of them, over and over.
    void cycleSpeed();

    /// Whether colours blend from checkpoint to checkpoint while it plays.
    void setBlending(bool isBlending);

Q_SIGNALS:
    void playingChanged(bool playing);
    void blendingChanged(bool isBlending);
    /// How long colours blend after a step of playing, ms; 0: they do not.
    void blendTimeChanged(int milliseconds);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void createWidgets();
    void arrange();
    void connectWidgets();
    void onSource();
    void readSummaries();
    void readIntervals();
    void onSubject();
    void readOwn();
    [[nodiscard]] std::optional<std::string> nextOwn() const;
    [[nodiscard]] const SummaryCurves* summaryOf(std::size_t model) const;
    void refresh();
    void makeCurves();
    void showCurves();
    void showOther();
    void setTitle(const QStringList& parts);
    [[nodiscard]] int nextComputed(int from, int direction) const;
    [[nodiscard]] int interval() const;
    void tellBlendTime();
    void showNothing(const QString& why);
    void applyTheme();
    void selectCheckpoint(int checkpoint);
    void updateButtons();
    [[nodiscard]] int modelIndex() const;
    [[nodiscard]] int checkpoint() const;
    [[nodiscard]] QString hint() const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    Theme m_theme;
    TransportButton* m_play;
    TransportButton* m_speed;
    TransportButton* m_loop;
    TransportButton* m_bounce;
    TransportButton* m_unitButton;
    PanelTitle* m_title;
    TrainingLegend* m_legend;
    ModelLegend* m_models;
    TrainingTrack* m_track;
    QStringList m_titleParts;
    OncePerTurn m_refresh;
    QTimer m_timer;
    QTimer m_settle; ///< until intervals are worth computing
    int m_speedIndex = 1;
    int m_direction = 1; ///< of bouncing
    bool m_isBlending = false;
    TrainingUnit m_unit = TrainingUnit::Steps;

    JobHandle m_read;
    bool m_reading = false;
    bool m_readAgain = false;
    std::vector<SummaryCurves> m_summaries; ///< a model each; empty until read
    std::vector<TrainingCurves> m_curves;   ///< of each model
    std::set<std::string> m_hidden;         ///< models whose curves are not drawn
    int m_shownModel = -1;                  ///< whose curves the track has; −1: none, or others now
    std::string m_comparedModel;            ///< B of a comparison; empty: none

    std::string m_subject; ///< whose own scores are shown; empty: the group's
    JobHandle m_ownJob;
    bool m_isReadingOwn = false;
    QString m_ownError;
    std::map<std::pair<std::string, std::string>, SummaryCurves> m_own; ///< by subject and model

    JobHandle m_intervalJob;
    std::string m_intervalsOf; ///< model whose intervals are there or being computed
};

} // namespace brainlike
