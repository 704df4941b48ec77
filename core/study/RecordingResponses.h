#pragma once

#include "core/encoding/ResponseSource.h"
#include "core/encoding/Ridge.h"
#include "core/study/DataArray.h"
#include "core/study/Study.h"
#include "core/study/StudyRows.h"

#include <memory>
#include <span>
#include <vector>

namespace brainlike {

/// The responses of a recording as they lie in their file: images joined to those of the features, repeats of
/// an image averaged, masked dimensions left out. Reads only what it is asked for.
class RecordingResponses final : public ResponseSource {
public:
    /// @throws ShapeError if rows and image ids, or mask and responses, do not fit; FormatError, NotFoundError,
    /// FileError
    RecordingResponses(const Study& study, const StudyRecording& recording, const JoinedRows& rows);

    [[nodiscard]] Eigen::Index rows() const override { return m_images; }
    [[nodiscard]] Eigen::Index targets() const override { return m_targets; }
    [[nodiscard]] Values read(Eigen::Index first, Eigen::Index count, const JobContext& job) const override;

    /// Chosen targets of all images, ascending.
    [[nodiscard]] Values readTargets(std::span<const int> targets, const JobContext& job) const;

    [[nodiscard]] const DataReference& reference() const { return m_reference; }
    /// Dimension of each target, ascending; empty: all dimensions.
    [[nodiscard]] const std::vector<int>& dimensions() const { return m_dimensions; }

private:
    [[nodiscard]] Values readColumns(std::span<const int> columns, const JobContext& job) const;
    template <typename Scalar>
    [[nodiscard]] RowMatrix<Scalar> valuesOf(std::span<const int> columns, const JobContext& job) const;

    DataReference m_reference;
    std::unique_ptr<const ArrayRows> m_array;
    RowPlaces m_places;
    std::vector<int> m_dimensions;
    std::vector<int> m_columns; ///< of the file, for each target
    Eigen::Index m_images = 0;
    Eigen::Index m_targets = 0;
    NotFinite m_notFinite;
    bool m_isSingle = true;
    bool m_isRepeated = false; ///< images were shown repeatedly: their rows are averaged
};

/// Leaves images out whose responses are not finite in every encoded dimension, where the study's options say so
/// (NotFinite::DropRows). Reads all responses.
/// @throws ValueError if no image is left; what RecordingResponses throws
[[nodiscard]] JoinedRows finiteRows(const Study& study, const StudyRecording& recording, JoinedRows rows);

/// Bytes that reading a value takes: its own, and what averaging repeated images needs.
[[nodiscard]] double bytesToRead(const Study& study, const StudyRecording& recording, const JoinedRows& rows);

/// The responses of a recording, ready for every layer.
struct RecordingData {
    PreparedResponses responses;
    std::vector<int> dimensions; ///< dimension of each target, ascending; empty: all
};

/// Reads all responses of a recording.
///
/// @param together  targets to read at a time
/// @throws as RecordingResponses; ValueError for NaN, naming file, row and column; CancelledError
[[nodiscard]] RecordingData readRecording(const RecordingResponses& responses, const RidgeOptions& options,
                                          Eigen::Index together, const JobContext& job, const FractionDone& done = {});

} // namespace brainlike
