#include "app/cli/ProgressBar.h"

#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <unistd.h>
#include <utility>

namespace brainlike {
namespace {

constexpr int barWidth = 30;

constexpr std::array<std::pair<std::string_view, ProgressMode>, 4> modes{{{"auto", ProgressMode::Automatic},
                                                                          {"bar", ProgressMode::Bar},
                                                                          {"json", ProgressMode::Json},
                                                                          {"none", ProgressMode::None}}};

ProgressMode resolved(ProgressMode mode, bool terminal) {
    if (mode != ProgressMode::Automatic)
        return mode;
    return terminal ? ProgressMode::Bar : ProgressMode::None;
}

std::string drawn(const std::string& label, const Progress& progress, int percent) {
    const int filled = percent * barWidth / 100;
    return label + " [" + std::string(static_cast<std::size_t>(filled), '=') +
           std::string(static_cast<std::size_t>(barWidth - filled), ' ') + "] " + std::to_string(percent) + " % " +
           progress.text;
}

} // namespace

struct ProgressBar::Line {
    std::string label;
    ProgressMode mode;
    std::ostream& stream;
    std::mutex mutex;
    std::string shown;
    bool ended = false;

    void show(const Progress& progress) {
        const std::scoped_lock lock(mutex);
        if (ended || mode == ProgressMode::None)
            return;
        const double fraction = std::isfinite(progress.fraction) ? std::clamp(progress.fraction, 0.0, 1.0) : 0.0;
        if (mode == ProgressMode::Json) {
            const nlohmann::json line{{"job", label}, {"fraction", fraction}, {"text", progress.text}};
            stream << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n" << std::flush;
            return;
        }
        auto text = drawn(label, progress, static_cast<int>(fraction * 100));
        if (text == shown)
            return;
        const std::size_t rest = shown.size() > text.size() ? shown.size() - text.size() : 0;
        stream << "\r" + text + std::string(rest, ' ') << std::flush;
        shown = std::move(text);
    }

    void end() {
        const std::scoped_lock lock(mutex);
        ended = true;
        if (!shown.empty())
            stream << std::endl;
    }
};

std::vector<std::string> progressModeNames() {
    std::vector<std::string> names;
    for (const auto& [name, mode] : modes)
        names.emplace_back(name);
    return names;
}

ProgressMode progressModeFrom(std::string_view name) {
    for (const auto& [known, mode] : modes)
        if (known == name)
            return mode;
    throw UsageError(
        {.what = "Unknown way to show progress", .expected = "auto, bar, json or none", .found = std::string(name)});
}

ProgressBar::ProgressBar(std::string label, ProgressMode mode)
    : m_line(new Line{std::move(label), resolved(mode, ::isatty(STDERR_FILENO) == 1), std::cerr, {}, {}, false}) {}

ProgressBar::ProgressBar(std::string label, ProgressMode mode, std::ostream& stream)
    : m_line(new Line{std::move(label), resolved(mode, false), stream, {}, {}, false}) {}

ProgressBar::~ProgressBar() {
    m_line->end();
}

JobContext::Listener ProgressBar::listener() {
    return [line = m_line](const Progress& progress) { line->show(progress); };
}

} // namespace brainlike
