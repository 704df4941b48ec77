#pragma once

#include "core/tables/Table.h"

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace brainlike {

/// Takes a table row by row, so that one of millions of rows never lies in memory.
class TableSink {
public:
    virtual ~TableSink() = default;
    /// Starts the table: what it is of, options, columns (rows of `head` are not sent).
    virtual void begin(const Table& head) = 0;
    /// @throws ShapeError if the row has not one cell a column
    virtual void add(const std::vector<TableCell>& row) = 0;
    virtual void end() = 0;
};

/// Keeps the rows.
class TableCollector : public TableSink {
public:
    void begin(const Table& head) override;
    void add(const std::vector<TableCell>& row) override { m_table.add(row); }
    void end() override {}
    [[nodiscard]] Table& table() { return m_table; }

private:
    Table m_table;
};

enum class TableFormat { Csv, Json };

/// Writes a table to a stream as jsonOf and csvOf do, a piece at a time.
class TableWriter : public TableSink {
public:
    TableWriter(std::ostream& stream, TableFormat format) : m_stream(stream), m_format(format) {}

    void begin(const Table& head) override;
    /// @throws FileError if the stream did not take what was written to it so far
    void add(const std::vector<TableCell>& row) override;
    /// @throws FileError if the stream did not take everything
    void end() override;

private:
    void flush();
    void requireTaken() const;

    std::ostream& m_stream;
    TableFormat m_format;
    std::string m_text; ///< not written yet
    std::string m_what;
    std::size_t m_columns = 0;
    std::size_t m_rows = 0;
};

/// A whole table: head, rows, end.
void send(const Table& table, TableSink& sink);

} // namespace brainlike
