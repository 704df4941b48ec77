// What tests of the emphasised courses of A and B say, in the plot of the MEG panel and below it.
#include "views/timecourse/CourseComparison.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/timecourse/TimeCoursePlot.h"

#include <utility>

namespace brainlike {

TimeCoursePanel::Tested TimeCoursePanel::testedNow() const {
    Tested now{.courses = m_shown, .sensors = shownSensors(), .layer = emphasizedLayer(), .channels = chosenChannels()};
    if (m_otherShown && m_other->layer >= 0 && m_other->layer < m_otherShown->mean.rows()) {
        now.otherCourses = m_otherShown;
        now.otherLayer = m_other->layer;
        now.otherSensors = m_reader->sensors(layerOf(*m_other));
    }
    return now;
}

/// Significance of A and B, worked out and drawn only where what it is of is something else now.
void TimeCoursePanel::testCourses(const Tested& now) {
    if (std::exchange(m_tested, now) == now)
        return;
    const auto testOf = [&](const TimeCourses& courses, int layer, const SensorScores* sensors, int subjects) {
        auto result = significanceOf(courses, layer, m_data.index()->times, subjects);
        if (sensors)
            result.shares = significantShares(sensors->q, now.channels, courseSignificanceLevel);
        return result;
    };
    m_significance = testOf(*now.courses, now.layer, now.sensors.get(), subjectCount(context()));
    m_otherSignificance =
        now.otherCourses ? testOf(*now.otherCourses, now.otherLayer, now.otherSensors.get(), subjectCount(*m_other))
                         : CourseSignificance();
    m_plot->setSignificance(m_significance);
    m_plot->setOtherMarks(m_otherSignificance);
}

void TimeCoursePanel::showSignificance() {
    const CourseContext shown = context();
    if (shown.layer < 0)
        return;
    testCourses(testedNow());
    const QString text = significanceText(shown, m_significance);
    m_note->setAccessibleDescription(significanceTip(shown, m_significance));
    m_note->setFullText(m_tested.otherCourses ? QStringLiteral("A ") + text : text);
    m_otherNote->setFullText(
        m_tested.otherCourses ? QStringLiteral("B ") + significanceText(*m_other, m_otherSignificance) : noOtherHere());
}

} // namespace brainlike
