#pragma once

#include "core/encoding/Ridge.h"
#include "core/study/DataArray.h"
#include "core/study/EncodeUnit.h"
#include "core/study/Study.h"
#include "core/study/StudyRows.h"

#include <memory>

namespace brainlike {

/// Features of one layer of a checkpoint, a row an image of the study; they stay in their file until they are asked
/// for.
class LayerFeatures {
public:
    /// @throws ShapeError if its rows are not the study's images; FormatError, NotFoundError, FileError
    LayerFeatures(const Study& study, const UnitGroup& group);

    [[nodiscard]] Eigen::Index columns() const { return static_cast<Eigen::Index>(m_array->columns()); }
    /// Features of some of the images, prepared.
    /// @throws ValueError (NaN, all constant) or ShapeError (fewer rows than folds), naming the file; CancelledError
    [[nodiscard]] PreparedFeatures prepare(const JoinedRows& rows, const RidgeOptions& options, const JobContext& job,
                                           FoldDepth depth = FoldDepth::Nested) const;

private:
    DataReference m_reference;
    std::unique_ptr<const ArrayRows> m_array;
};

/// Where the features of a group lie.
[[nodiscard]] DataReference featuresOf(const Study& study, const UnitGroup& group);

} // namespace brainlike
