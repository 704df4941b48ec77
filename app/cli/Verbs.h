#pragma once

namespace CLI {
class App;
}

namespace brainlike {

/// Each adds one verb to the command line; its callback does the work and throws brainlike::Error on failure.
/// One file a verb: app/cli/<Verb>Command.cpp.
void addDemoCommand(CLI::App& app);
void addSimulateCommand(CLI::App& app);
void addEncodeCommand(CLI::App& app);
void addMergeCommand(CLI::App& app);
void addRidgeCommand(CLI::App& app);
void addScoresCommand(CLI::App& app);
void addFigureCommand(CLI::App& app);

} // namespace brainlike
