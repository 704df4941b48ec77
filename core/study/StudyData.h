#pragma once

#include "core/base/Matrix.h"
#include "core/encoding/Ridge.h"
#include "core/study/Study.h"
#include "core/study/StudyPaths.h"
#include "core/study/StudyRows.h"

#include <array>
#include <string>
#include <variant>
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

/// The responses of a recording, ready for every layer: rows joined to the images, masked dimensions left out.
struct RecordingData {
    PreparedResponses responses;
    std::vector<int> dimensions; ///< encoded dimensions, ascending: the columns of `responses`; empty: all
};

/// The study's encoding options for some of its images: groups, if any, of those alone; one thread.
[[nodiscard]] RidgeOptions optionsFor(const Study& study, const JoinedRows& rows);

/// @throws ShapeError if rows and image ids, or mask and responses, do not fit; ValueError for NaN, naming file, row
/// and
///         column; FormatError, FileError
[[nodiscard]] RecordingData readRecording(const Study& study, const StudyRecording& recording, const JoinedRows& rows);

/// Features of one layer of a checkpoint, a row an image of the study.
class LayerFeatures {
public:
    /// @throws ShapeError if its rows are not the study's images; FormatError, NotFoundError, FileError
    LayerFeatures(const Study& study, const StudyCheckpoint& checkpoint, const StudyLayer& layer);
    /// Features of some of the images, prepared.
    /// @throws ValueError (NaN, all constant) or ShapeError (fewer rows than folds), naming the file
    [[nodiscard]] PreparedFeatures prepare(const JoinedRows& rows, const RidgeOptions& options) const;

private:
    DataReference m_reference;
    std::variant<RowMatrix<float>, RowMatrix<double>> m_values; ///< by the precision of the study's options
};

} // namespace brainlike
