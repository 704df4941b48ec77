#pragma once

#include "core/session/Selection.h"
#include "views/state/JobRunner.h"

#include <QObject>
#include <QTimer>

namespace brainlike {

class ScoreData;
class SelectionModel;

/// Reads the neighbouring checkpoints of the selected one ahead, in the background: what was asked for of this one,
/// first in the direction of the last step. A change of the selection ends what is being read.
class StepPrefetch : public QObject {
    Q_OBJECT
public:
    StepPrefetch(SelectionModel& selection, ScoreData& scores, QObject* parent = nullptr);

private:
    void onSelection(const Selection& before, const Selection& after);
    void start();

    SelectionModel& m_selection;
    ScoreData& m_data;
    QTimer m_delay;
    JobHandle m_reading;
    int m_direction = 1;
    int m_like = -1; ///< checkpoint whose reads are done for sure; −1: the selected one
};

} // namespace brainlike
