#include "views/state/SubjectsText.h"

#include "core/session/SelectionDefaults.h"

#include <QObject>

namespace brainlike {

QString subjectText(const std::string& name) {
    const QString text = QString::fromStdString(name);
    return text.startsWith(QStringLiteral("sub"), Qt::CaseInsensitive) ? text : QObject::tr("subject %1").arg(text);
}

QString subjectsText(const std::vector<ScoredRecording>& recordings, std::optional<int> chosen) {
    if (chosen)
        return subjectText(recordings.at(static_cast<std::size_t>(*chosen)).subject);
    return recordings.size() == 1 ? QObject::tr("one subject")
                                  : QObject::tr("mean of %1 subjects").arg(recordings.size());
}

QString noRecordingText(const Selection& selection, const ScoreIndex& index, RecordingKind kind) {
    const std::string subject = subjectOf(selection, index);
    if (subject.empty() || recordingOf(selection, index, kind))
        return {};
    return QObject::tr("%1 has no %2 in this study")
        .arg(subjectText(subject), kind == RecordingKind::Fmri ? QObject::tr("fMRI") : QObject::tr("MEG"));
}

} // namespace brainlike
