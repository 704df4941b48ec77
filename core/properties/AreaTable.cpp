#include "core/properties/AreaTable.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/formats/HemisphereName.h"
#include "core/surface/Parcellation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace brainlike {
namespace {

using Row = std::vector<std::string>;

[[noreturn]] void failTable(const std::filesystem::path& file, const std::string& place, const std::string& expected,
                            const std::string& found) {
    throw FormatError({.what = "The file is no table of areas",
                       .file = file.string(),
                       .place = place,
                       .expected = expected,
                       .found = found,
                       .advice = "a CSV table needs a column named area and a column of numbers a property"});
}

std::string inLowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string withoutBlanks(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Fields of separated text, quotes resolved.
std::vector<Row> rowsOf(std::string_view text, const std::filesystem::path& file) {
    const auto firstLine = text.substr(0, text.find('\n'));
    const char separator = firstLine.find('\t') != std::string_view::npos ? '\t' : ',';
    std::vector<Row> rows(1, Row(1));
    bool isQuoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\0')
            failTable(file, "byte " + std::to_string(at), "text", "a zero byte");
        if (isQuoted && c == '"' && at + 1 < text.size() && text[at + 1] == '"')
            rows.back().back() += text[at++];
        else if (c == '"')
            isQuoted = !isQuoted;
        else if (!isQuoted && c == separator)
            rows.back().emplace_back();
        else if (!isQuoted && c == '\n')
            rows.emplace_back(1);
        else
            rows.back().back() += c;
    }
    if (isQuoted)
        failTable(file, "row " + std::to_string(rows.size() - 1), "a closing quote", "the end of the file");
    for (Row& row : rows)
        std::transform(row.begin(), row.end(), row.begin(), withoutBlanks);
    std::erase_if(rows, [](const Row& row) { return row.size() == 1 && row[0].empty(); });
    return rows;
}

template <std::size_t count>
std::optional<std::size_t> columnNamed(const Row& names, const std::array<const char*, count>& wanted) {
    for (const char* name : wanted)
        for (std::size_t column = 0; column < names.size(); ++column)
            if (inLowerCase(names[column]) == name)
                return column;
    return std::nullopt;
}

/// A number, or NaN for a missing one; nothing for other text.
std::optional<double> numberIn(const std::string& field) {
    const std::string lower = inLowerCase(field);
    if (field.empty() || lower == "na" || lower == "nan" || lower == "n/a")
        return undefined;
    double value = 0;
    const char* begin = field.data() + (field.starts_with('+') ? 1 : 0);
    const auto result = std::from_chars(begin, field.data() + field.size(), value);
    const bool isNumber = result.ec == std::errc() && result.ptr == field.data() + field.size();
    return isNumber ? std::optional(value) : std::nullopt;
}

struct NamedArea {
    std::string name;
    std::optional<Hemisphere> hemisphere;
    bool isCortex = true;
};

NamedArea namedArea(std::string_view text) {
    NamedArea named;
    if (text.size() > 3 && (text[2] == ':' || text[2] == '_' || text[2] == '.'))
        named.hemisphere = hemisphereNamed(text.substr(0, 2));
    if (named.hemisphere)
        text.remove_prefix(3);
    else if (text.starts_with("L_") || text.starts_with("R_"))
        named.hemisphere = hemisphereNamed(text.substr(0, 1));
    const Area area = areaFromTable(text, {});
    named.name = area.name;
    named.isCortex = area.isCortex;
    return named;
}

struct Columns {
    std::size_t area = 0;
    std::optional<std::size_t> hemisphere;
    std::vector<std::size_t> properties;
};

bool holdsNumbers(const std::vector<Row>& rows, std::size_t column) {
    return std::any_of(rows.begin() + 1, rows.end(), [column](const Row& row) {
        const auto number = column < row.size() ? numberIn(row[column]) : std::nullopt;
        return number && !std::isnan(*number);
    });
}

Columns columnsOf(const std::vector<Row>& rows, const std::filesystem::path& file) {
    const Row& names = rows.front();
    const auto area = columnNamed(names, std::array{"area", "region", "parcel", "label", "name", "roi"});
    if (!area)
        failTable(file, "the first line", "a column named area (or region, parcel, label, name, roi)",
                  names.front().empty() ? "no names" : names.front() + ", …");
    Columns columns{.area = *area, .hemisphere = columnNamed(names, std::array{"hemisphere", "hemi"})};
    for (std::size_t column = 0; column < names.size(); ++column)
        if (column != *area && column != columns.hemisphere && !names[column].empty() && holdsNumbers(rows, column))
            columns.properties.push_back(column);
    if (columns.properties.empty())
        failTable(file, "the first line", "a column of numbers beside " + names[*area], "none");
    return columns;
}

std::optional<Hemisphere> hemisphereIn(const Row& row, const Columns& columns, const NamedArea& area,
                                       const std::filesystem::path& file, const std::string& place) {
    if (!columns.hemisphere || row[*columns.hemisphere].empty())
        return area.hemisphere;
    const auto told = hemisphereNamed(row[*columns.hemisphere]);
    if (!told || (area.hemisphere && area.hemisphere != told))
        failTable(file, place + ", column " + std::to_string(*columns.hemisphere), "lh or rh, as the area's name",
                  row[*columns.hemisphere]);
    return told;
}

} // namespace

AreaTable parseAreaTable(std::string_view text, const std::filesystem::path& file) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    const auto rows = rowsOf(text, file);
    if (rows.size() < 2)
        failTable(file, "", "a line of names and a line an area", std::to_string(rows.size()) + " lines");
    const Columns columns = columnsOf(rows, file);
    AreaTable table;
    for (const auto column : columns.properties)
        table.properties.push_back(rows.front()[column]);
    for (std::size_t index = 1; index < rows.size(); ++index) {
        const Row& row = rows[index];
        const std::string place = "row " + std::to_string(index - 1);
        if (row.size() != rows.front().size())
            failTable(file, place, std::to_string(rows.front().size()) + " fields", std::to_string(row.size()));
        const NamedArea area = namedArea(row[columns.area]);
        if (!area.isCortex)
            continue;
        table.areas.push_back(area.name);
        table.hemispheres.push_back(hemisphereIn(row, columns, area, file, place));
        table.values.emplace_back();
        for (const auto column : columns.properties) {
            const auto number = numberIn(row[column]);
            if (!number)
                failTable(file, place + ", column " + std::to_string(column), "a number", row[column]);
            table.values.back().push_back(*number);
        }
    }
    return table;
}

} // namespace brainlike
