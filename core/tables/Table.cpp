#include "core/tables/Table.h"

#include "core/base/Error.h"

#include <array>
#include <charconv>
#include <cmath>

namespace brainlike {
namespace {

constexpr int tableVersion = 1;

struct JsonOfCell {
    nlohmann::ordered_json operator()(std::monostate) const { return nullptr; }
    nlohmann::ordered_json operator()(const std::string& text) const { return text; }
    nlohmann::ordered_json operator()(std::int64_t number) const { return number; }
    nlohmann::ordered_json operator()(double number) const {
        return std::isfinite(number) ? nlohmann::ordered_json(number) : nlohmann::ordered_json(nullptr);
    }
};

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"')
            result += '"';
        result += c;
    }
    return result + '"';
}

template <typename Number>
std::string shortest(Number number) {
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

struct CsvOfCell {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(std::int64_t number) const { return shortest(number); }
    std::string operator()(double number) const { return std::isfinite(number) ? shortest(number) : std::string(); }
};

} // namespace

void Table::add(std::vector<TableCell> row) {
    if (row.size() != columns.size())
        throw ShapeError({.what = "A row does not fit its table",
                          .place = "table of " + what + ", row " + std::to_string(rows.size()),
                          .expected = std::to_string(columns.size()) + " cells",
                          .found = std::to_string(row.size())});
    rows.push_back(std::move(row));
}

std::string jsonOf(const Table& table) {
    nlohmann::ordered_json json{{"format", "brainlike-table"}, {"version", tableVersion}, {"what", table.what}};
    json["options"] = table.options;
    json["columns"] = nlohmann::ordered_json::array();
    for (const auto& column : table.columns)
        json["columns"].push_back({{"name", column.name}, {"unit", column.unit}, {"description", column.description}});
    json["rows"] = nlohmann::ordered_json::array();
    for (const auto& row : table.rows) {
        auto cells = nlohmann::ordered_json::array();
        for (const auto& cell : row)
            cells.push_back(std::visit(JsonOfCell(), cell));
        json["rows"].push_back(std::move(cells));
    }
    return json.dump() + '\n';
}

std::string csvOf(const Table& table) {
    std::string text;
    const auto appendLine = [&text](const auto& items, const auto& textOf) {
        for (std::size_t index = 0; index < items.size(); ++index)
            (text += index == 0 ? "" : ",") += textOf(items[index]);
        text += '\n';
    };
    appendLine(table.columns, [](const TableColumn& column) { return quoted(column.name); });
    for (const auto& row : table.rows)
        appendLine(row, [](const TableCell& cell) { return std::visit(CsvOfCell(), cell); });
    return text;
}

} // namespace brainlike
