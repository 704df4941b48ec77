#include "core/study/RecordingResponses.h"

#include "core/base/Error.h"
#include "core/study/NamedFailure.h"
#include "core/study/StudyData.h"

#include <cstdint>
#include <utility>

namespace brainlike {

namespace {

RowPlaces placesIn(const ArrayRows& array, const JoinedRows& rows) {
    auto places = placesOf(rows.responseRows, array.rows());
    for (std::size_t image = 0; image < rows.repeats.size(); ++image)
        for (const int row : rows.repeats[image])
            places[static_cast<std::size_t>(row)] = static_cast<int>(image);
    return places;
}

/// Columns of the file that are encoded.
std::vector<int> encodedColumns(const Study& study, const StudyRecording& recording, const ArrayRows& array) {
    const auto columns = static_cast<int>(array.columns());
    auto kept = encodedDimensions(study, recording);
    if (!kept.empty() && columns == dimensionCount(study, recording, columns))
        return kept;
    return allColumns(array.columns());
}

template <typename Value>
void keep(std::vector<Value>& values, const std::vector<bool>& isKept) {
    std::size_t next = 0;
    for (std::size_t index = 0; index < values.size(); ++index)
        if (isKept[index])
            values[next++] = std::move(values[index]);
    values.resize(next);
}

} // namespace

RecordingResponses::RecordingResponses(const Study& study, const StudyRecording& recording, const JoinedRows& rows)
    : m_reference(dataReference(study, recording.responses)), m_array(openRows(m_reference)), m_images(rows.size()),
      m_notFinite(study.encoding.notFinite), m_isSingle(fitsSingle(m_array->info().type)),
      m_isRepeated(!rows.repeats.empty()) {
    (void)dimensionCount(study, recording, static_cast<int>(m_array->columns()));
    requireImageRows(m_reference, m_array->rows(), static_cast<std::size_t>(rows.responseCount), "The responses");
    m_places = placesIn(*m_array, rows);
    m_dimensions = encodedDimensions(study, recording);
    m_columns = encodedColumns(study, recording, *m_array);
    m_targets = static_cast<Eigen::Index>(m_columns.size());
}

JoinedRows finiteRows(const Study& study, const StudyRecording& recording, JoinedRows rows) {
    if (study.encoding.notFinite != NotFinite::DropRows)
        return rows;
    const auto reference = dataReference(study, recording.responses);
    const auto array = openRows(reference);
    requireImageRows(reference, array->rows(), static_cast<std::size_t>(rows.responseCount), "The responses");
    const auto isFinite = finitePlaces(*array, placesIn(*array, rows), rows.responseRows.size(),
                                       encodedColumns(study, recording, *array));
    const int before = rows.size();
    keep(rows.responseRows, isFinite);
    keep(rows.featureRows, isFinite);
    keep(rows.repeats, isFinite);
    rows.notFinite = before - rows.size();
    rows.featuresLeftOut += rows.notFinite;
    if (rows.size() == 0)
        throw ValueError({.what = "Every image has a response that is not finite",
                          .file = reference.file,
                          .place = reference.dataset,
                          .advice = "leave targets out instead (\"drop\": \"targets\"), or mask dimensions"});
    return rows;
}

template <typename Scalar>
RowMatrix<Scalar> RecordingResponses::valuesOf(std::span<const int> columns, const JobContext& job) const {
    RowMatrix<Scalar> values(m_images, static_cast<Eigen::Index>(columns.size()));
    readRows(*m_array, m_reference, m_places, columns, m_notFinite, values, job);
    return values;
}

ResponseSource::Values RecordingResponses::read(Eigen::Index first, Eigen::Index count, const JobContext& job) const {
    return readColumns(std::span(m_columns).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)),
                       job);
}

ResponseSource::Values RecordingResponses::readTargets(std::span<const int> targets, const JobContext& job) const {
    std::vector<int> columns;
    for (const int target : targets)
        columns.push_back(m_columns.at(static_cast<std::size_t>(target)));
    return readColumns(columns, job);
}

ResponseSource::Values RecordingResponses::readColumns(std::span<const int> columns, const JobContext& job) const {
    if (m_isRepeated) {
        RowMatrix<double> values(m_images, static_cast<Eigen::Index>(columns.size()));
        readAveraged(*m_array, m_reference, m_places, columns, m_notFinite, values, job);
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
                            const JobContext& job, const FractionDone& done) {
    return namingFile(responses.reference(), [&] {
        return RecordingData{PreparedResponses(responses, options, together, job, done), responses.dimensions()};
    });
}

} // namespace brainlike
