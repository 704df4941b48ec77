#include "core/tables/TableSink.h"

#include "core/base/Error.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ostream>

namespace brainlike {
namespace {

constexpr int tableVersion = 1;
constexpr std::size_t pieceSize = 1U << 16U;

template <typename Number>
void appendNumber(std::string& text, Number number) {
    std::array<char, 32> buffer{};
    text.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr);
}

/// Bytes that are not UTF-8 (a name in a foreign file) are replaced, not refused.
template <typename Json>
std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

struct AppendJson {
    std::string& text;
    void operator()(std::monostate) const { text += "null"; }
    void operator()(const std::string& word) const { text += dumped(nlohmann::json(word)); }
    void operator()(std::int64_t number) const { appendNumber(text, number); }
    template <typename Number>
    void operator()(Number number) const {
        if (std::isfinite(number))
            appendNumber(text, number);
        else
            text += "null";
    }
};

void appendQuoted(std::string& text, const std::string& word) {
    if (word.find_first_of(",\"\r\n") == std::string::npos) {
        text += word;
        return;
    }
    text += '"';
    for (const char c : word) {
        if (c == '"')
            text += '"';
        text += c;
    }
    text += '"';
}

struct AppendCsv {
    std::string& text;
    void operator()(std::monostate) const {}
    void operator()(const std::string& word) const { appendQuoted(text, word); }
    void operator()(std::int64_t number) const { appendNumber(text, number); }
    template <typename Number>
    void operator()(Number number) const {
        if (std::isfinite(number))
            appendNumber(text, number);
    }
};

std::string jsonHead(const Table& head) {
    nlohmann::ordered_json json{{"format", "brainlike-table"}, {"version", tableVersion}, {"what", head.what}};
    json["options"] = head.options;
    json["columns"] = nlohmann::ordered_json::array();
    for (const auto& column : head.columns)
        json["columns"].push_back({{"name", column.name}, {"unit", column.unit}, {"description", column.description}});
    std::string text = dumped(json);
    text.pop_back();
    return text + ",\"rows\":[";
}

} // namespace

void TableCollector::begin(const Table& head) {
    m_table = head;
    m_table.rows.clear();
}

void TableWriter::begin(const Table& head) {
    m_what = head.what;
    m_columns = head.columns.size();
    if (m_format == TableFormat::Json) {
        m_text += jsonHead(head);
        return;
    }
    for (std::size_t index = 0; index < m_columns; ++index) {
        if (index > 0)
            m_text += ',';
        appendQuoted(m_text, head.columns[index].name);
    }
    m_text += '\n';
}

void TableWriter::add(const std::vector<TableCell>& row) {
    checkRowLength(m_what, m_rows, row.size(), m_columns);
    const bool isJson = m_format == TableFormat::Json;
    if (isJson)
        m_text += m_rows == 0 ? "[" : ",[";
    for (std::size_t index = 0; index < row.size(); ++index) {
        if (index > 0)
            m_text += ',';
        if (isJson)
            std::visit(AppendJson{m_text}, row[index]);
        else
            std::visit(AppendCsv{m_text}, row[index]);
    }
    m_text += isJson ? "]" : "\n";
    ++m_rows;
    if (m_text.size() > pieceSize)
        flush();
}

void TableWriter::end() {
    if (m_format == TableFormat::Json)
        m_text += "]}\n";
    flush();
    m_stream.flush();
    requireTaken();
}

void TableWriter::requireTaken() const {
    if (!m_stream)
        throw FileError({.what = "The table cannot be written",
                         .place = "table of " + m_what,
                         .advice = "is the disk full, or was the reader of the output stopped?"});
}

void TableWriter::flush() {
    m_stream.write(m_text.data(), static_cast<std::streamsize>(m_text.size()));
    m_text.clear();
    requireTaken();
}

void send(const Table& table, TableSink& sink) {
    sink.begin(table);
    for (const auto& row : table.rows)
        sink.add(row);
    sink.end();
}

} // namespace brainlike
