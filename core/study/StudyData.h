#pragma once

#include "core/encoding/RidgeOptions.h"
#include "core/study/Study.h"
#include "core/study/StudyPaths.h"
#include "core/study/StudyRows.h"

#include <array>
#include <string>
#include <vector>

namespace brainlike {

/// Size of a recording's responses, as the files say.
struct RecordingShape {
    int rows = 0;       ///< images
    int dimensions = 0; ///< vertices, or channels × times; with those that the mask leaves out
    int channels = 0;   ///< MEG
    int times = 0;      ///< MEG
};

/// @throws FormatError if the array has another number of axes (2 for fMRI, 3 for MEG); NotFoundError, FileError
[[nodiscard]] RecordingShape recordingShape(const Study& study, const StudyRecording& recording);

/// Names and positions of MEG sensors.
struct ChannelTable {
    std::vector<std::string> names;
    std::vector<std::array<double, 3>> positions; ///< m, head space
};

/// Reads a recording's `channels`: CSV with the columns name, x, y, z (m), one header line.
/// @throws FormatError naming the line; NotFoundError
[[nodiscard]] ChannelTable readChannels(const Study& study, const StudyRecording& recording);

/// Reads a recording's `times`, s.
/// @throws FormatError unless they ascend; NotFoundError, FileError
[[nodiscard]] std::vector<double> readTimes(const Study& study, const StudyRecording& recording);

/// The study's encoding options for some of its images: groups, if any, of those alone; one thread.
[[nodiscard]] RidgeOptions optionsFor(const Study& study, const JoinedRows& rows);

/// Dimensions of responses with so many columns, with those that the mask leaves out.
/// @throws ShapeError if the mask does not fit
[[nodiscard]] int dimensionCount(const Study& study, const StudyRecording& recording, int columns);

/// Dimensions that the mask keeps, ascending; empty without a mask: all.
[[nodiscard]] std::vector<int> encodedDimensions(const Study& study, const StudyRecording& recording);

/// @throws ShapeError unless an array has a row an image
void requireImageRows(const DataReference& reference, std::size_t rows, std::size_t expected, const char* what);

} // namespace brainlike
