#include "app/cli/CommandLine.h"

int main(int argc, char** argv) { return brainlike::runCommandLine(argc, argv); }
