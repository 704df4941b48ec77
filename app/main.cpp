#include "app/cli/CommandLine.h"
#include "core/encoding/MatrixKernels.h"

int main(int argc, char** argv) {
    brainlike::restartWithBetterKernels(argv);
    return brainlike::runCommandLine(argc, argv);
}
