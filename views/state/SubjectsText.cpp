#include "views/state/SubjectsText.h"

#include <QObject>

namespace brainlike {

QString subjectsText(const std::vector<ScoredRecording>& recordings, std::optional<int> chosen) {
    if (chosen)
        return QObject::tr("subject %1")
            .arg(QString::fromStdString(recordings.at(static_cast<std::size_t>(*chosen)).subject));
    return recordings.size() == 1 ? QObject::tr("one subject")
                                  : QObject::tr("mean of %1 subjects").arg(recordings.size());
}

} // namespace brainlike
