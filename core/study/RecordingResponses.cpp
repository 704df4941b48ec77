#include "core/study/RecordingResponses.h"

#include "core/study/NamedFailure.h"
#include "core/study/StudyData.h"

#include <cstdint>
#include <numeric>

namespace brainlike {

RecordingResponses::RecordingResponses(const Study& study, const StudyRecording& recording, const JoinedRows& rows)
    : m_reference(dataReference(study, recording.responses)), m_array(openRows(m_reference)), m_images(rows.size()),
      m_isSingle(fitsSingle(m_array->info().type)), m_isRepeated(!rows.repeats.empty()) {
    const auto columns = static_cast<int>(m_array->columns());
    const int dimensions = dimensionCount(study, recording, columns);
    requireImageRows(m_reference, m_array->rows(), static_cast<std::size_t>(rows.responseCount), "The responses");
    m_places = placesOf(rows.responseRows, m_array->rows());
    for (std::size_t image = 0; image < rows.repeats.size(); ++image)
        for (const int row : rows.repeats[image])
            m_places[static_cast<std::size_t>(row)] = static_cast<int>(image);
    m_dimensions = encodedDimensions(study, recording);
    if (!m_dimensions.empty() && columns == dimensions) {
        m_columns = m_dimensions;
    } else {
        m_columns.resize(static_cast<std::size_t>(columns));
        std::iota(m_columns.begin(), m_columns.end(), 0);
    }
    m_targets = static_cast<Eigen::Index>(m_columns.size());
}

template <typename Scalar>
RowMatrix<Scalar> RecordingResponses::valuesOf(std::span<const int> columns, const JobContext& job) const {
    RowMatrix<Scalar> values(m_images, static_cast<Eigen::Index>(columns.size()));
    readFinite(*m_array, m_reference, m_places, columns, values, job);
    return values;
}

ResponseSource::Values RecordingResponses::read(Eigen::Index first, Eigen::Index count, const JobContext& job) const {
    const auto columns = std::span(m_columns).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
    if (m_isRepeated) {
        RowMatrix<double> values(m_images, count);
        readAveraged(*m_array, m_reference, m_places, columns, values, job);
        if (m_isSingle)
            return RowMatrix<float>(values.cast<float>());
        return values;
    }
    if (m_isSingle)
        return valuesOf<float>(columns, job);
    return valuesOf<double>(columns, job);
}

double bytesToRead(const Study& study, const StudyRecording& recording, const JoinedRows& rows) {
    if (!rows.repeats.empty())
        return sizeof(double) + sizeof(std::uint16_t) + sizeof(float);
    return fitsSingle(arrayInfo(dataReference(study, recording.responses)).type) ? sizeof(float) : sizeof(double);
}

RecordingData readRecording(const RecordingResponses& responses, const RidgeOptions& options, Eigen::Index together,
                            const JobContext& job) {
    return namingFile(responses.reference(), [&] {
        return RecordingData{PreparedResponses(responses, options, together, job), responses.dimensions()};
    });
}

} // namespace brainlike
