#include "core/tables/Table.h"

#include "core/base/Error.h"
#include "core/tables/TableSink.h"

#include <sstream>

namespace brainlike {
namespace {

std::string textOf(const Table& table, TableFormat format) {
    std::ostringstream stream;
    TableWriter writer(stream, format);
    send(table, writer);
    return std::move(stream).str();
}

} // namespace

void checkRowLength(const std::string& what, std::size_t row, std::size_t found, std::size_t expected) {
    if (found != expected)
        throw ShapeError({.what = "A row does not fit its table",
                          .place = "table of " + what + ", row " + std::to_string(row),
                          .expected = std::to_string(expected) + " cells",
                          .found = std::to_string(found)});
}

void Table::add(std::vector<TableCell> row) {
    checkRowLength(what, rows.size(), row.size(), columns.size());
    rows.push_back(std::move(row));
}

std::size_t Table::column(std::string_view name) const {
    std::string names;
    for (std::size_t index = 0; index < columns.size(); ++index) {
        if (columns[index].name == name)
            return index;
        names += (names.empty() ? "" : ", ") + columns[index].name;
    }
    throw NotFoundError({.what = "The table has no such column",
                         .place = "table of " + what,
                         .expected = "one of " + names,
                         .found = std::string(name)});
}

std::string jsonOf(const Table& table) {
    return textOf(table, TableFormat::Json);
}

std::string csvOf(const Table& table) {
    return textOf(table, TableFormat::Csv);
}

} // namespace brainlike
