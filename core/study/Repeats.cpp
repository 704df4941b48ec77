#include "core/study/Repeats.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/scores/NoiseCeiling.h"
#include "core/study/DataArray.h"
#include "core/study/StudyData.h"

namespace brainlike {
namespace {

RepeatedTrials readTrials(const ArrayRows& responses, const JoinedRows& rows) {
    RepeatedTrials trials(responses.columns());
    const auto columns = static_cast<Eigen::Index>(responses.columns());
    for (const auto& image : rows.repeats) {
        RowMatrix<float> own(static_cast<Eigen::Index>(image.size()), columns);
        for (std::size_t i = 0; i < image.size(); ++i)
            responses.read({.firstRow = static_cast<std::size_t>(image[i]), .rows = 1, .columns = responses.columns()},
                           own.row(static_cast<Eigen::Index>(i)).data(), responses.columns());
        trials.addImage(own);
    }
    return trials;
}

/// Values of the responses' columns as values of all dimensions: NaN where a mask leaves them out.
std::vector<float> unmasked(const std::vector<double>& values, const std::vector<std::uint8_t>& mask) {
    if (mask.empty())
        return {values.begin(), values.end()};
    const bool isWhole = values.size() == mask.size();
    std::vector<float> result(mask.size(), undefinedFloat);
    std::size_t next = 0;
    for (std::size_t i = 0; i < mask.size(); ++i)
        if (mask[i] != 0)
            result[i] = static_cast<float>(values[isWhole ? i : next++]);
    return result;
}

} // namespace

std::optional<RecordingCeiling> repeatCeiling(const Study& study, const StudyRecording& recording,
                                              const JoinedRows& rows) {
    if (rows.repeats.empty())
        return std::nullopt;
    (void)recordingShape(study, recording); // that the mask fits
    const auto responses = openRows(dataReference(study, recording.responses));
    if (static_cast<int>(responses->rows()) != rows.responseCount)
        throw ShapeError({.what = "The responses do not fit the image ids",
                          .file = dataReference(study, recording.responses).file,
                          .place = "recording " + recording.id,
                          .expected = counted(rows.responseCount, "row") + ", one a presentation",
                          .found = counted(responses->rows(), "row")});
    std::vector<std::uint8_t> mask;
    if (!recording.mask.empty()) {
        const auto values = readArray<std::uint8_t>(dataReference(study, recording.mask));
        mask.assign(values.data(), values.data() + values.size());
    }
    const auto trials = readTrials(*responses, rows);
    return RecordingCeiling{unmasked(trials.snr(), mask), unmasked(trials.ceiling(), mask)};
}

} // namespace brainlike
