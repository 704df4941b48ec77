#include "views/training/TrainingTitle.h"

#include "views/state/SubjectsText.h"

#include <QObject>

namespace brainlike {

QStringList trainingTitle(const ScoredModel& model, const ScoreIndex& index) {
    const QString ofMeg = index.fmri.empty() ? QObject::tr("encoding and temporal score") : QObject::tr("temporal score");
    QStringList parts{QString::fromStdString(model.label.empty() ? model.id : model.label)};
    if (!index.fmri.empty())
        parts << QObject::tr("encoding and spatial score (of areas): fMRI, %1")
                     .arg(subjectsText(index.fmri, std::nullopt));
    parts << (index.meg.empty() ? QObject::tr("no MEG, so no temporal score")
                                : QObject::tr("%1: MEG, %2").arg(ofMeg, subjectsText(index.meg, std::nullopt)));
    if (index.fmri.empty())
        parts << QObject::tr("no fMRI, so no spatial score");
    return parts;
}

} // namespace brainlike
