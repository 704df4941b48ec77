#include "views/training/TrainingTitle.h"

#include "core/session/SelectionDefaults.h"
#include "views/state/SubjectsText.h"

#include <QObject>

namespace brainlike {
namespace {

/// "fMRI, mean of 3 subjects"; "MEG, subject S1"; why there is nothing.
QString whoseText(const Selection& selection, const ScoreIndex& index, RecordingKind kind) {
    const bool isFmri = kind == RecordingKind::Fmri;
    const auto& recordings = isFmri ? index.fmri : index.meg;
    if (recordings.empty())
        return isFmri ? QObject::tr("no fMRI in this study") : QObject::tr("no MEG in this study");
    if (const QString none = noRecordingText(selection, index, kind); !none.isEmpty())
        return none;
    return (isFmri ? QObject::tr("fMRI, %1") : QObject::tr("MEG, %1"))
        .arg(subjectsText(recordings, recordingOf(selection, index, kind)));
}

} // namespace

bool isEncodingOfFmri(const Selection& selection, const ScoreIndex& index) {
    return !index.fmri.empty() && noRecordingText(selection, index, RecordingKind::Fmri).isEmpty();
}

QStringList trainingTitle(const ScoredModel& model, const Selection& selection, const ScoreIndex& index) {
    const bool isOfFmri = isEncodingOfFmri(selection, index);
    return {QString::fromStdString(model.label.empty() ? model.id : model.label),
            (isOfFmri ? QObject::tr("encoding and spatial score (of areas): %1") : QObject::tr("spatial score: %1"))
                .arg(whoseText(selection, index, RecordingKind::Fmri)),
            (isOfFmri ? QObject::tr("temporal score: %1") : QObject::tr("encoding and temporal score: %1"))
                .arg(whoseText(selection, index, RecordingKind::Meg))};
}

} // namespace brainlike
