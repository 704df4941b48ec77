#pragma once

#include "core/base/JobContext.h"

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// How a command shows its progress on the error stream.
enum class ProgressMode {
    Automatic, ///< a bar on a terminal, nothing elsewhere
    Bar,
    Json, ///< one line `{"fraction":…,"text":…}` a report
    None
};

/// Names of the modes as `--progress` takes them: "auto", "bar", "json", "none".
[[nodiscard]] std::vector<std::string> progressModeNames();
/// @throws UsageError listing the known names
[[nodiscard]] ProgressMode progressModeFrom(std::string_view name);

/// Progress of one job as a line that is drawn over, or as JSON lines. The line is ended when the bar goes out of
/// scope.
class ProgressBar {
public:
    /// @param label  what is being done, shown before the bar
    explicit ProgressBar(std::string label, ProgressMode mode = ProgressMode::Automatic);
    /// The same on another stream, which is not taken for a terminal: Automatic shows nothing there.
    ProgressBar(std::string label, ProgressMode mode, std::ostream& stream);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// To be given to a JobContext; valid for longer than the bar, which it then no longer draws on.
    [[nodiscard]] JobContext::Listener listener();

private:
    struct Line;
    std::shared_ptr<Line> m_line;
};

} // namespace brainlike
