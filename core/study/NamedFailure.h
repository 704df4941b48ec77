#pragma once

#include "core/base/Error.h"
#include "core/study/StudyPaths.h"

#include <utility>

namespace brainlike {

/// Calls `work` and adds the file to failures of the data that do not name one.
template <typename Work>
auto namingFile(const DataReference& reference, Work work) {
    const auto named = [&reference](ErrorDetails details) {
        if (details.file.empty())
            details.file =
                reference.dataset.empty() ? reference.file.string() : reference.file.string() + ":" + reference.dataset;
        return details;
    };
    try {
        return work();
    } catch (const ValueError& error) {
        throw ValueError(named(error.details()));
    } catch (const ShapeError& error) {
        throw ShapeError(named(error.details()));
    }
}

} // namespace brainlike
