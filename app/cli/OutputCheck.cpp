#include "app/cli/OutputCheck.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"

#include <algorithm>

namespace brainlike {

void refuseOverwriting(const std::filesystem::path& out, const std::vector<std::filesystem::path>& inputs) {
    if (!out.empty() && std::find(inputs.begin(), inputs.end(), out) != inputs.end())
        throw UsageError(
            {.what = "The output would replace an input", .file = out.string(), .advice = "name another output"});
    requireNoInput(out, inputs);
}

} // namespace brainlike
