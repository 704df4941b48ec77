#pragma once

#include "core/study/Study.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// Which rows of a recording's responses and of a checkpoint's features show the same image.
struct JoinedRows {
    std::vector<int> responseRows; ///< rows of the responses…
    std::vector<int> featureRows;  ///< …and, at the same position, of the features; ascending
    /// Where an image was shown repeatedly: all response rows of every image, the one in `responseRows` first; else
    /// empty.
    std::vector<std::vector<int>> repeats;
    int responseCount = 0;    ///< rows of the responses
    int responsesLeftOut = 0; ///< images of the responses that have no features
    int notFinite = 0;        ///< images left out for responses that are not finite
    int featuresLeftOut = 0;  ///< feature rows whose image has no response
    [[nodiscard]] int size() const { return static_cast<int>(featureRows.size()); }
};

/// Joins rows by image id, in the order of the features, so that recordings of the same images share their features.
/// An id that several response rows have is an image shown repeatedly.
///
/// @throws ValueError if an id occurs twice among the features or none is in common
[[nodiscard]] JoinedRows joinRows(std::span<const std::string> responseIds, std::span<const std::string> featureIds);

/// Rows of one recording: its `images` file (none: the study's own order) against the study's image ids, which are the
/// order of the feature rows.
///
/// @throws ValueError as above, naming the file; FileError, FormatError
[[nodiscard]] JoinedRows joinRows(const Study& study, const StudyRecording& recording);

/// Image ids of a file: text (one id a line; empty lines at the end are ignored) or a one-dimensional NPY of integers
/// or strings.
///
/// @throws NotFoundError, FileError, FormatError
[[nodiscard]] std::vector<std::string> readImageIds(const std::filesystem::path& file);

} // namespace brainlike
