// Opens a scores file and plays all its checkpoints as the window does, and prints times (ms) and the peak of memory
// (MiB) as JSON: score_peer SCORES.h5. For peers_scores.py.
#include "core/base/Error.h"
#include "core/study/ScoreFile.h"
#include "views/scene/CortexMap.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <sys/resource.h>

namespace {

using namespace brainlike;

double millisecondsOf(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double peakMebibytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

nlohmann::json summaryOf(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    double sum = 0;
    for (const double time : times)
        sum += time;
    return {{"median", times[times.size() / 2]}, {"largest", times.back()}, {"all", sum}};
}

/// What the panels read of a checkpoint: the map, the map of a layer, and the MEG courses where there are any.
void readStep(const ScoreFile& scores, int model, int step) {
    const ScoredModel& scored = scores.index().models[static_cast<std::size_t>(model)];
    Selection shown;
    shown.model = scored.id;
    shown.step = scored.steps[static_cast<std::size_t>(step)];
    if (!readCortexMap(scores, shown))
        throw ValueError({.what = "Nothing is computed there"});
    shown.layer = scored.layerNames.back();
    shown.significance = Significance::Hide;
    (void)readCortexMap(scores, shown);
    (void)scores.megTimeCourses(model, step);
}

nlohmann::json play(const char* file, bool readsAhead) {
    std::optional<ScoreFile> scores;
    const double opening = millisecondsOf([&] { scores.emplace(file); });
    std::vector<double> steps, ahead;
    const int models = static_cast<int>(scores->index().models.size());
    for (int model = 0; model < models; ++model) {
        const int count = static_cast<int>(scores->index().models[static_cast<std::size_t>(model)].steps.size());
        for (int step = 0; step < count; ++step) {
            steps.push_back(millisecondsOf([&] { readStep(*scores, model, step); }));
            if (readsAhead && step + 1 < count)
                ahead.push_back(millisecondsOf([&] { scores->prefetch(model, step, step + 1, {}); }));
        }
    }
    nlohmann::json result{{"open", opening}, {"step", summaryOf(steps)}};
    if (!ahead.empty())
        result["ahead"] = summaryOf(ahead);
    result["cache_mib"] = static_cast<double>(scores->cache().byteCount()) / 1024 / 1024;
    return result;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: score_peer SCORES.h5\n", stderr);
        return 2;
    }
    try {
        nlohmann::json result{{"as_asked", play(arguments[1], false)}, {"read_ahead", play(arguments[1], true)}};
        result["peak_mib"] = peakMebibytes();
        std::puts(result.dump().c_str());
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
