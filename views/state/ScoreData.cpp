#include "views/state/ScoreData.h"

#include "core/study/ScoreFile.h"
#include "core/study/ScoresWithMaps.h"

#include <utility>

namespace brainlike {

ScoreData::ScoreData(JobRunner& runner, QObject* parent) : QObject(parent), m_runner(runner) {
    m_arrivalTimer.setSingleShot(true);
    m_arrivalTimer.setInterval(250);
    connect(&m_arrivalTimer, &QTimer::timeout, this, &ScoreData::arrived);
}

void ScoreData::setSource(std::shared_ptr<const ScoreSource> source) {
    m_source = std::move(source);
    m_arrivalTimer.stop();
    Q_EMIT sourceChanged();
}

void ScoreData::noteArrival() {
    if (!m_arrivalTimer.isActive())
        m_arrivalTimer.start();
}

std::shared_ptr<const ScoreFile> ScoreData::scoreFile() const {
    const auto withMaps = std::dynamic_pointer_cast<const ScoresWithMaps>(m_source);
    return std::dynamic_pointer_cast<const ScoreFile>(withMaps ? withMaps->study() : m_source);
}

} // namespace brainlike
