// CPU time of the GUI thread for a step change of the MEG, half-time, property and responses panels:
// panel_peer SCORES_H5 [PICTURES_FOLDER]. For peers_panels.py; one JSON object on stdout, ms.

#include "core/session/SelectionDefaults.h"
#include "core/study/ScoreFile.h"
#include "views/halftimes/HalfTimesPanel.h"
#include "views/property/PropertyPanel.h"
#include "views/responses/ResponsesPanel.h"
#include "views/state/StepPrefetch.h"
#include "views/timecourse/TimeCoursePanel.h"

#include <QApplication>
#include <QEventLoop>
#include <QGridLayout>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

using namespace brainlike;

namespace {

constexpr int settleTime = 250; ///< ms that all reads of a step and their paint events have

double threadMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1000.0 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

void settle(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

class PanelBench {
public:
    explicit PanelBench(const char* file) : m_file(std::make_shared<ScoreFile>(file)) {
        m_window.resize(1500, 1100);
        auto* layout = new QGridLayout(&m_window);
        int at = 0;
        for (QWidget* panel : panels()) {
            layout->addWidget(panel, at / 2, at % 2);
            ++at;
        }
        m_property.setSpins(0);
        Selection first = fittedTo({}, m_file->index());
        first.vertex = VertexId{Hemisphere::Left, 1000};
        if (!m_file->index().times.empty())
            first.time = m_file->index().times[m_file->index().times.size() / 3];
        m_selection.apply(first);
        m_window.show();
        m_scores.setSource(m_file);
        settle(4000);
    }

    nlohmann::json run(bool isCompared) {
        m_selection.edit([&](Selection& next) { next.isCompared = isCompared; });
        settle(2000);
        nlohmann::json result;
        result["all"] = measure();
        for (QWidget* panel : panels()) {
            for (QWidget* other : panels())
                other->setVisible(other == panel);
            settle(1000);
            result[panel->objectName().toStdString()] = measure();
        }
        for (QWidget* panel : panels())
            panel->show();
        settle(1000);
        return result;
    }

    /// At the last checkpoint.
    void picture(const QString& file) {
        m_selection.edit([&](Selection& next) { next.step = m_file->index().models.front().steps.back(); });
        settle(2000);
        m_window.grab().save(file);
    }

private:
    std::array<QWidget*, 4> panels() { return {&m_courses, &m_halfTimes, &m_property, &m_responses}; }

    /// Through all checkpoints of the model and back.
    nlohmann::json measure() {
        std::vector<std::int64_t> steps = m_file->index().models.front().steps;
        std::vector<std::int64_t> back(steps.rbegin(), steps.rend());
        steps.insert(steps.end(), back.begin(), back.end());
        std::vector<double> times;
        for (const std::int64_t step : steps) {
            const double start = threadMilliseconds();
            m_selection.edit([&](Selection& next) { next.step = step; });
            settle(settleTime);
            times.push_back(threadMilliseconds() - start);
        }
        std::ranges::sort(times);
        return {{"median", times[times.size() / 2]}, {"max", times.back()}, {"steps", times.size()}};
    }

    std::shared_ptr<const ScoreFile> m_file;
    JobRunner m_runner;
    ScoreData m_scores{m_runner};
    SelectionModel m_selection;
    StepPrefetch m_prefetch{m_selection, m_scores};
    QWidget m_window;
    TimeCoursePanel m_courses{m_selection, m_scores, &m_window};
    HalfTimesPanel m_halfTimes{m_selection, m_scores, &m_window};
    PropertyPanel m_property{m_selection, m_scores, &m_window};
    ResponsesPanel m_responses{m_selection, m_scores, &m_window};
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "panel_peer SCORES_H5 [PICTURES_FOLDER]\n");
        return 2;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    PanelBench bench(argv[1]);
    nlohmann::json result{{"alone", bench.run(false)}};
    if (argc > 2)
        bench.picture(QString::fromLocal8Bit(argv[2]) + "/alone.png");
    result["compared"] = bench.run(true);
    if (argc > 2)
        bench.picture(QString::fromLocal8Bit(argv[2]) + "/compared.png");
    std::printf("%s\n", result.dump(2).c_str());
    return 0;
}
