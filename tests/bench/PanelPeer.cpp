// CPU time of the GUI thread for a step change of the MEG, layers, half-time, property and responses panels and the
// training bar: panel_peer SCORES_H5 [PICTURES_FOLDER]. For peers_panels.py; one JSON object on stdout, ms.

#include "core/session/SelectionDefaults.h"
#include "core/study/ScoreFile.h"
#include "views/halftimes/HalfTimesPanel.h"
#include "views/layers/LayersPanel.h"
#include "views/property/PropertyPanel.h"
#include "views/responses/ResponsesPanel.h"
#include "views/state/PlotLibrary.h"
#include "views/state/StepPrefetch.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/training/TrainingBar.h"

#include <QApplication>
#include <QEventLoop>
#include <QGridLayout>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
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

/// How often pictures are drawn.
class DrawCounter : public QObject {
public:
    explicit DrawCounter(QWidget& window) {
        qApp->installEventFilter(this);
        for (QCustomPlot* plot : window.findChildren<QCustomPlot*>())
            connect(plot, &QCustomPlot::afterReplot, this, [this, plot] { ++m_counts[nameOf(*plot) + " replot"]; });
    }

    void clear() { m_counts.clear(); }
    /// Draws a step of widgets that were drawn.
    [[nodiscard]] nlohmann::json perStep(std::size_t steps) const {
        nlohmann::json result;
        for (const auto& [name, count] : m_counts)
            result[name] = static_cast<double>(count) / static_cast<double>(steps);
        return result;
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint)
            ++m_counts[nameOf(*watched)];
        return false;
    }

private:
    static std::string nameOf(const QObject& object) {
        QString path;
        for (const QObject* at = &object; at; at = at->parent())
            if (!at->objectName().isEmpty() && !at->objectName().startsWith("qt_"))
                path = at->objectName() + (path.isEmpty() ? QString() : '/' + path);
        return (path + ' ' + object.metaObject()->className()).toStdString();
    }

    std::map<std::string, int> m_counts;
};

class PanelBench {
public:
    explicit PanelBench(const char* file) : m_file(std::make_shared<ScoreFile>(file)) {
        m_window.resize(2250, 1210);
        auto* layout = new QGridLayout(&m_window);
        int at = 0;
        for (QWidget* panel : panels()) {
            if (panel == &m_training)
                layout->addWidget(panel, 2, 0, 1, 3);
            else
                layout->addWidget(panel, at / 3, at % 3);
            ++at;
        }
        for (const int row : {0, 1})
            layout->setRowStretch(row, 1);
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
    std::array<QWidget*, 6> panels() {
        return {&m_courses, &m_halfTimes, &m_property, &m_responses, &m_layers, &m_training};
    }

    /// Through all checkpoints of the model and back.
    nlohmann::json measure() {
        std::vector<std::int64_t> steps = m_file->index().models.front().steps;
        std::vector<std::int64_t> back(steps.rbegin(), steps.rend());
        steps.insert(steps.end(), back.begin(), back.end());
        std::vector<double> times;
        m_counter.clear();
        for (const std::int64_t step : steps) {
            const double start = threadMilliseconds();
            m_selection.edit([&](Selection& next) { next.step = step; });
            settle(settleTime);
            times.push_back(threadMilliseconds() - start);
        }
        std::ranges::sort(times);
        return {{"median", times[times.size() / 2]},
                {"max", times.back()},
                {"steps", times.size()},
                {"draws", m_counter.perStep(times.size())}};
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
    LayersPanel m_layers{m_selection, m_scores, &m_window};
    TrainingBar m_training{m_selection, m_scores, &m_window};
    DrawCounter m_counter{m_window};
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
