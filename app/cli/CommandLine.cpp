#include "app/cli/CommandLine.h"

#include "app/cli/Verbs.h"
#include "app/window/Application.h"
#include "core/base/Error.h"
#include "core/base/Version.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

namespace brainlike {
namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;
constexpr int cancelled = 130;

/// Sends parse errors to the usage status whatever number the parser gives them.
int reportParse(const CLI::App& app, const CLI::ParseError& error) {
    return app.exit(error, std::cout, std::cerr) == 0 ? 0 : wrongUsage;
}

/// A word in place of a file that is none: a verb that is not known, or a file that is not there.
void requireFiles(const CLI::App& app, const std::vector<std::string>& files) {
    std::string verbs;
    for (const auto* verb : app.get_subcommands([](const CLI::App*) { return true; }))
        verbs += (verbs.empty() ? "" : ", ") + verb->get_name();
    for (const auto& file : files) {
        std::error_code ignored;
        if (std::filesystem::exists(file, ignored))
            continue;
        // Files have a suffix or a folder: without them it is wrong usage whatever the disk holds.
        if (file.find_first_of("./") == std::string::npos)
            throw UsageError({.what = "This is neither a command nor a file",
                              .expected = "one of the commands " + verbs + ", or files to open in the window",
                              .found = file,
                              .advice = "brainlike --help describes the commands"});
        throw NotFoundError({.what = "There is no such file to open in the window",
                             .file = file,
                             .advice = "check the name; the commands are " + verbs});
    }
}

/// Results that did not get where they were sent to are a failure.
void requireWritten() {
    if (!std::cout.flush())
        throw FileError({.what = "The results cannot be written to the standard output",
                         .advice = "is the disk full, or was the reader of the output stopped?"});
}

} // namespace

int runCommandLine(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN); // a reader that stops (`| head`) is a failure like others, not the end by a signal
    CLI::App app("Brainlike: how and when vision models become brain-like", "brainlike");
    app.set_version_flag("--version", std::string("brainlike ") + version);
    app.require_subcommand(0, 1);
    std::vector<std::string> files;
    app.add_option("files", files,
                   "a study or its scores, maps, surfaces and regions of interest to open in the window");
    addDemoCommand(app);
    addSimulateCommand(app);
    addEncodeCommand(app);
    addMergeCommand(app);
    addRidgeCommand(app);
    addScoresCommand(app);
    addFigureCommand(app);
    try {
        app.parse(argc, argv);
        if (app.get_subcommands().empty()) {
            requireFiles(app, files);
            return runWindow(files);
        }
        requireWritten();
        return 0;
    } catch (const CLI::ParseError& error) {
        return reportParse(app, error);
    } catch (const UsageError& error) {
        std::cerr << "brainlike: " << error.what() << '\n';
        return wrongUsage;
    } catch (const CancelledError&) {
        std::cerr << "brainlike: cancelled\n";
        return cancelled;
    } catch (const std::exception& error) {
        std::cerr << "brainlike: " << error.what() << '\n';
        return failed;
    }
}

} // namespace brainlike
