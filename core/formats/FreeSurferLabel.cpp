#include "core/formats/FreeSurferLabel.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/base/HexColor.h"
#include "core/formats/FileBytes.h"
#include "core/formats/XmlLabel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

namespace brainlike {
namespace {

/// Before the colour in the header, which readers take for a comment.
constexpr std::string_view colorWord = "color=";
constexpr std::string_view blanks = " \t\r";
/// Bytes of the shortest line of a vertex, "0 0 0 0 0\n".
constexpr std::size_t shortestLine = 9;

/// The lines of a label, counted from 0 for messages.
class LabelLines {
public:
    LabelLines(std::string_view text, const std::filesystem::path& file) : m_rest(text), m_file(file) {}

    /// The next line that is not empty, without its end; nothing at the end of the file.
    std::optional<std::string_view> next() {
        while (!m_rest.empty()) {
            const auto end = std::min(m_rest.find('\n'), m_rest.size());
            std::string_view line = m_rest.substr(0, end);
            m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
            ++m_number;
            line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
            if (!line.empty())
                return line;
        }
        return std::nullopt;
    }

    [[noreturn]] void fail(const std::string& expected, std::string_view found) const {
        throw FormatError({.what = "The FreeSurfer label is damaged",
                           .file = m_file.string(),
                           .place = "line " + std::to_string(std::max(m_number, 0)),
                           .expected = expected,
                           .found = found.empty() ? "the end of the file" : std::string(found.substr(0, 60)),
                           .advice = "get the file again"});
    }

private:
    std::string_view m_rest;
    const std::filesystem::path& m_file;
    int m_number = -1;
};

std::vector<std::string_view> wordsOf(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t start = 0; (start = line.find_first_not_of(blanks, start)) != std::string_view::npos;) {
        const auto end = std::min(line.find_first_of(blanks, start), line.size());
        words.push_back(line.substr(start, end - start));
        start = end;
    }
    return words;
}

/// "#!ascii label  , from subject fsaverage vox2ras=TkReg" → "fsaverage".
std::string subjectOf(std::string_view header) {
    const auto words = wordsOf(header);
    const auto found = std::find(words.begin(), words.end(), "subject");
    if (found == words.end() || found + 1 == words.end() || (found + 1)->find('=') != std::string_view::npos)
        return {};
    return std::string(*(found + 1));
}

/// "#!ascii label V1 , from subject fsaverage" → "V1".
std::string labelNameOf(std::string_view header) {
    constexpr std::string_view before = "label";
    const auto start = header.find(before);
    const auto end = header.rfind(", from subject");
    if (start == std::string_view::npos || end == std::string_view::npos || end < start + before.size())
        return {};
    std::string_view name = header.substr(start + before.size(), end - start - before.size());
    name.remove_prefix(std::min(name.find_first_not_of(blanks), name.size()));
    return std::string(name.substr(0, name.find_last_not_of(blanks) + 1));
}

/// "… from subject fsaverage color=#009e73 vox2ras=TkReg" → the colour; nothing where it names none.
std::optional<std::array<std::uint8_t, 3>> colorOf(std::string_view header) {
    for (const std::string_view word : wordsOf(header))
        if (word.starts_with(colorWord))
            return colorFromHex(word.substr(colorWord.size()));
    return std::nullopt;
}

void readVertex(std::string_view line, const LabelLines& lines, FreeSurferLabel& label) {
    const auto words = wordsOf(line);
    const auto vertex = words.size() == 5 ? numberFrom<std::int32_t>(words[0]) : std::nullopt;
    const auto value = words.size() == 5 ? numberFrom<float>(words[4]) : std::nullopt;
    if (!vertex || *vertex < 0 || !value)
        lines.fail("a vertex from 0, x, y, z and a value", line);
    label.vertices.push_back(*vertex);
    label.values.push_back(*value);
}

void checkOnce(const FreeSurferLabel& label, const LabelLines& lines) {
    auto sorted = label.vertices;
    std::sort(sorted.begin(), sorted.end());
    if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end())
        lines.fail("each vertex once", "vertex " + std::to_string(*twice) + " twice");
}

} // namespace

bool isFreeSurferLabel(std::string_view bytes) {
    const auto header = bytes.substr(0, bytes.find('\n'));
    return header.starts_with("#!ascii") || (header.starts_with('#') && header.find("label") != std::string_view::npos);
}

FreeSurferLabel readFreeSurferLabel(const std::filesystem::path& path) {
    const std::string text = readUnpackedBytes(path);
    LabelLines lines(text, path);
    const auto header = lines.next();
    if (!header || !isFreeSurferLabel(*header))
        lines.fail("a first line that begins with #!ascii label", header.value_or(""));
    FreeSurferLabel label{.name = labelNameOf(*header),
                          .subject = subjectOf(*header),
                          .color = colorOf(*header),
                          .vertices = {},
                          .values = {}};
    const auto countLine = lines.next().value_or("");
    const auto words = wordsOf(countLine);
    const auto count = words.size() == 1 ? numberFrom<std::uint32_t>(words[0]) : std::nullopt;
    if (!count || *count == 0 || *count > text.size() / shortestLine)
        lines.fail("the number of vertices that follow", countLine);
    for (std::uint32_t row = 0; row < *count; ++row)
        readVertex(lines.next().value_or(""), lines, label);
    if (const auto more = lines.next())
        lines.fail("no more than " + std::to_string(*count) + " vertices", *more);
    checkOnce(label, lines);
    return label;
}

void writeFreeSurferLabel(const std::filesystem::path& path, const FreeSurferLabel& label,
                          const RowMatrix<float>& points) {
    std::string text = "#!ascii label " + label.name + " , from subject " + label.subject +
                       (label.color ? " " + std::string(colorWord) + hexOf(*label.color) : std::string()) +
                       " vox2ras=TkReg\n" + std::to_string(label.vertices.size()) + "\n";
    for (std::size_t row = 0; row < label.vertices.size(); ++row) {
        const std::int32_t vertex = label.vertices[row];
        if (vertex < 0 || (points.rows() > 0 && vertex >= points.rows()))
            throw ShapeError({.what = "The label does not belong to the surface",
                              .expected = "a vertex below " + std::to_string(points.rows()),
                              .found = std::to_string(vertex)});
        std::array<double, 3> place{};
        for (std::size_t axis = 0; points.rows() > 0 && axis < 3; ++axis)
            place[axis] = static_cast<double>(points(vertex, static_cast<Eigen::Index>(axis)));
        const double value = row < label.values.size() ? static_cast<double>(label.values[row]) : 0.0;
        std::array<char, 128> line{};
        std::snprintf(line.data(), line.size(), "%d  %.3f  %.3f  %.3f %.10g\n", vertex, place[0], place[1], place[2],
                      value);
        text += line.data();
    }
    replaceFile(path, text);
}

} // namespace brainlike
