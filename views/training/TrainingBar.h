#pragma once

#include "views/state/OncePerTurn.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"
#include "views/state/Theme.h"

#include <QTimer>
#include <QWidget>

#include <vector>

namespace brainlike {

class TrainingLegend;
class TrainingTrack;
class TransportButton;

/// The training bar: choose, play and compare checkpoints on a track that is the plot of the three scores over log
/// step, each as a share of its final value, so that the half-times are where they cross the dashed line.
class TrainingBar : public QWidget {
    Q_OBJECT
public:
    TrainingBar(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~TrainingBar() override;

    [[nodiscard]] bool isPlaying() const { return m_timer.isActive(); }
    [[nodiscard]] double speed() const;
    [[nodiscard]] bool isLooping() const;

public Q_SLOTS:
    /// Moves on from checkpoint to checkpoint; from the last one it starts over.
    void play();
    void pause();
    void togglePlay();
    /// Selects the checkpoint `count` further on; stays within the model's checkpoints.
    void stepBy(int count);
    /// One step of playing: the next computed checkpoint; after the last one back to the first, or the end.
    void advance();
    void setLooping(bool looping);
    /// 0.5, 1 or 2 times as fast; the next one of them, over and over.
    void cycleSpeed();

Q_SIGNALS:
    void playingChanged(bool playing);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void createWidgets();
    void connectWidgets();
    void onSource();
    void readSummaries();
    void refresh();
    void showNothing(const QString& why);
    void applyTheme();
    void selectCheckpoint(int checkpoint);
    void updateButtons();
    [[nodiscard]] int modelIndex() const;
    [[nodiscard]] int checkpoint() const;
    [[nodiscard]] QString hint(const SummaryCurves& summary) const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    Theme m_theme;
    TransportButton* m_play;
    TransportButton* m_speed;
    TransportButton* m_loop;
    TrainingLegend* m_legend;
    TrainingTrack* m_track;
    OncePerTurn m_refresh;
    QTimer m_timer;
    int m_speedIndex = 1;

    JobHandle m_read;
    bool m_reading = false;
    bool m_readAgain = false;
    std::vector<SummaryCurves> m_summaries; ///< a model each; empty until read
};

} // namespace brainlike
