#include "app/cli/CommandLine.h"

#include "app/cli/Verbs.h"
#include "app/window/Application.h"
#include "core/base/Error.h"
#include "core/base/Version.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <string>
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

} // namespace

int runCommandLine(int argc, char** argv) {
    CLI::App app("Brainlike: how and when vision models become brain-like", "brainlike");
    app.set_version_flag("--version", std::string("brainlike ") + version);
    app.require_subcommand(0, 1);
    std::vector<std::string> files;
    app.add_option("files", files, "a study or its scores, maps, surfaces and regions of interest to open in the window");
    addDemoCommand(app);
    addSimulateCommand(app);
    addEncodeCommand(app);
    addMergeCommand(app);
    addRidgeCommand(app);
    addScoresCommand(app);
    addFigureCommand(app);
    try {
        app.parse(argc, argv);
        return app.get_subcommands().empty() ? runWindow(files) : 0;
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
