#include "core/study/StudyData.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/study/DataArray.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <optional>
#include <string_view>

namespace brainlike {
namespace {

[[noreturn]] void wrongAxes(const DataReference& reference, const ArrayInfo& info, const char* expected) {
    throw FormatError({.what = "The responses have another number of axes",
                       .file = reference.file,
                       .place = reference.dataset,
                       .expected = expected,
                       .found = describe(info)});
}

/// Dimensions that the mask keeps; nothing without a mask.
std::optional<std::vector<std::uint8_t>> readMask(const Study& study, const StudyRecording& recording) {
    if (recording.mask.empty())
        return std::nullopt;
    const auto values = readArray<std::uint8_t>(dataReference(study, recording.mask));
    return std::vector<std::uint8_t>(values.data(), values.data() + values.size());
}

int keptCount(const std::vector<std::uint8_t>& mask) {
    return static_cast<int>(std::count_if(mask.begin(), mask.end(), [](auto value) { return value != 0; }));
}

std::vector<std::string> fieldsOf(std::string line) {
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    std::vector<std::string> fields(1);
    for (const char c : line) {
        if (c == ',')
            fields.emplace_back();
        else if (c != '"')
            fields.back() += c;
    }
    return fields;
}

double coordinateOf(const std::string& field, const std::filesystem::path& file, int line) {
    double value = 0;
    const auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (failure != std::errc() || end != field.data() + field.size())
        throw FormatError({.what = "A sensor position is not a number",
                           .file = file,
                           .place = "line " + std::to_string(line),
                           .expected = "metres",
                           .found = field});
    return value;
}

/// Columns of name, x, y, z in the header line.
std::array<std::size_t, 4> channelColumns(const std::vector<std::string>& header, const std::filesystem::path& file) {
    std::array<std::size_t, 4> columns{};
    constexpr std::array names{"name", "x", "y", "z"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto found = std::find(header.begin(), header.end(), names[i]);
        if (found == header.end())
            throw FormatError({.what = "The channel table lacks a column",
                               .file = file,
                               .place = "line 0",
                               .expected = "a header line with name,x,y,z",
                               .found = std::string("no ") + names[i]});
        columns[i] = static_cast<std::size_t>(found - header.begin());
    }
    return columns;
}

} // namespace

int dimensionCount(const Study& study, const StudyRecording& recording, int columns) {
    const auto mask = readMask(study, recording);
    if (!mask)
        return columns;
    const int kept = keptCount(*mask);
    if (kept == 0 || (columns != kept && columns != static_cast<int>(mask->size())))
        throw ShapeError({.what = "The mask does not fit the responses",
                          .file = dataReference(study, recording.mask).file,
                          .place = "recording " + recording.id,
                          .expected = counted(columns, "value") + ", or so many that are not 0",
                          .found = counted(mask->size(), "value") + ", " + std::to_string(kept) + " of them not 0"});
    return static_cast<int>(mask->size());
}

std::vector<int> encodedDimensions(const Study& study, const StudyRecording& recording) {
    std::vector<int> kept;
    if (const auto mask = readMask(study, recording))
        for (std::size_t i = 0; i < mask->size(); ++i)
            if ((*mask)[i] != 0)
                kept.push_back(static_cast<int>(i));
    return kept;
}

void requireImageRows(const DataReference& reference, std::size_t rows, std::size_t expected, const char* what) {
    if (rows != expected)
        throw ShapeError({.what = std::string(what) + " do not fit the image ids",
                          .file = reference.file,
                          .place = reference.dataset,
                          .expected = counted(expected, "row") + ", one an image",
                          .found = counted(rows, "row")});
}

RecordingShape recordingShape(const Study& study, const StudyRecording& recording) {
    const auto reference = dataReference(study, recording.responses);
    const ArrayInfo info = arrayInfo(reference);
    const auto at = [&info](std::size_t axis) { return static_cast<int>(info.shape[axis]); };
    if (recording.kind == RecordingKind::Fmri) {
        if (info.shape.size() != 2)
            wrongAxes(reference, info, "2 axes: images × vertices");
        return {.rows = at(0), .dimensions = dimensionCount(study, recording, at(1))};
    }
    if (info.shape.size() != 3)
        wrongAxes(reference, info, "3 axes: images × channels × times");
    return {at(0), dimensionCount(study, recording, at(1) * at(2)), at(1), at(2)};
}

ChannelTable readChannels(const Study& study, const StudyRecording& recording) {
    const auto file = study.resolve(recording.channels);
    std::ifstream stream(file);
    if (recording.channels.empty() || !stream)
        throw NotFoundError({.what = "The table of MEG channels cannot be read",
                             .file = file,
                             .place = "recording " + recording.id,
                             .expected = "a CSV file with name,x,y,z"});
    std::string line;
    std::getline(stream, line);
    const auto columns = channelColumns(fieldsOf(line), file);
    const std::size_t needed = *std::max_element(columns.begin(), columns.end()) + 1;
    ChannelTable table;
    for (int number = 1; std::getline(stream, line); ++number) {
        const auto fields = fieldsOf(line);
        if (fields.size() == 1 && fields.front().empty())
            continue;
        if (fields.size() < needed)
            throw FormatError({.what = "A line of the channel table is too short",
                               .file = file,
                               .place = "line " + std::to_string(number),
                               .expected = counted(needed, "field"),
                               .found = std::to_string(fields.size())});
        table.names.push_back(fields[columns[0]]);
        table.positions.push_back({coordinateOf(fields[columns[1]], file, number),
                                   coordinateOf(fields[columns[2]], file, number),
                                   coordinateOf(fields[columns[3]], file, number)});
    }
    return table;
}

std::vector<double> readTimes(const Study& study, const StudyRecording& recording) {
    const auto reference = dataReference(study, recording.times);
    const auto values = readArray<double>(reference);
    std::vector<double> times(values.data(), values.data() + values.size());
    if (times.empty() || std::adjacent_find(times.begin(), times.end(), std::not_fn(std::less<>())) != times.end())
        throw FormatError({.what = "The times do not ascend",
                           .file = reference.file,
                           .place = reference.dataset,
                           .expected = "seconds, ascending"});
    return times;
}

RidgeOptions optionsFor(const Study& study, const JoinedRows& rows) {
    RidgeOptions options = study.encoding;
    options.threads = 1;
    options.keepInner = false;
    for (auto* folds : {&options.outer, &options.inner}) {
        if (folds->groups.empty())
            continue;
        if (folds->groups.size() != study.imageIds.size())
            throw ShapeError({.what = "The groups of the folds do not fit the images",
                              .file = study.file,
                              .place = "/encoding/groups",
                              .expected = counted(study.imageIds.size(), "group") + ", one an image",
                              .found = std::to_string(folds->groups.size())});
        std::vector<std::int64_t> own;
        for (const int row : rows.featureRows)
            own.push_back(folds->groups[static_cast<std::size_t>(row)]);
        folds->groups = std::move(own);
    }
    return options;
}

} // namespace brainlike
