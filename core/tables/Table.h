#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace brainlike {

struct TableColumn {
    std::string name;        ///< "half_time"
    std::string unit;        ///< "steps"; empty for names and pure numbers
    std::string description; ///< one phrase
};

/// One cell: missing, a text, a whole number or a number (float: written with as many digits as that needs). A number
/// that is not finite counts as missing.
using TableCell = std::variant<std::monostate, std::string, std::int64_t, double, float>;

/// A tidy table (CONTRACT "Tables"): what it is of, the options it depends on, one row an observation.
struct Table {
    std::string what;                                  ///< "half-time"
    nlohmann::json options = nlohmann::json::object(); ///< all that the numbers depend on
    std::vector<TableColumn> columns;
    std::vector<std::vector<TableCell>> rows; ///< each as long as `columns`

    /// Appends a row.
    /// @throws ShapeError if it has not one cell a column
    void add(std::vector<TableCell> row);
    /// Index of the column of that name.
    /// @throws NotFoundError listing the names
    [[nodiscard]] std::size_t column(std::string_view name) const;
};

/// @throws ShapeError if a row of a table has not as many cells as there are columns
void checkRowLength(const std::string& what, std::size_t row, std::size_t found, std::size_t expected);

/// `{"format":"brainlike-table","version":1,…}`, missing cells null, numbers with all their digits; ends in a newline.
[[nodiscard]] std::string jsonOf(const Table& table);

/// One header line with the columns' names, then a line a row; `.` as decimal point, missing cells empty, texts quoted
/// where they hold a comma, a quote or a line break (RFC 4180), numbers with as many digits as they need to be read
/// back the same.
[[nodiscard]] std::string csvOf(const Table& table);

} // namespace brainlike
