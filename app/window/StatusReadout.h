#pragma once

#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QLabel>

namespace brainlike {

/// Exact numbers of the picked vertex at the selected checkpoint, never interpolated: place, score ± SEM, q, best layer
/// and its margin.
class StatusReadout : public QLabel {
    Q_OBJECT
public:
    StatusReadout(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);

    /// Words for the picked vertex's place ("lh 12,345 · V1 · MNI152 −8 −92 3 · …"); empty: none picked.
    void setPlace(const QString& place);
    /// Words for what the cortex shows there besides score and best layer, with all maps above; empty: nothing more.
    void setShown(const QString& value);

private:
    /// One vertex at one checkpoint.
    struct Values {
        float score, sem, q, margin;
        int bestLayer;
    };
    void refresh();
    void showValues(const Values& values);
    static Values readValues(const ScoreSource& source, const Selection& selection);
    /// "thickness 2.145": what a map of a file has at the picked vertex.
    static QString importedText(const ScoreSource& source, const Selection& selection);

    SelectionModel& m_selection;
    ScoreData& m_data;
    QString m_place, m_shown;
    JobHandle m_read;
};

} // namespace brainlike
