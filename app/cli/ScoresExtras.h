#pragma once

#include "core/tables/TableRequest.h"
#include "core/tables/TableSink.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace brainlike {

/// What `brainlike scores` takes for single tables only: encoding, compare and property.
class ScoresExtras {
public:
    void addOptions(CLI::App& verb);
    /// Puts what was given into a request.
    /// @param models  every --model that was given
    /// @throws UsageError for options of another table, names that are none, more models than a table takes
    void apply(TableRequest& request, const std::vector<std::string>& models) const;
    /// What was given that may be the name of a file.
    [[nodiscard]] std::vector<std::filesystem::path> files() const;

private:
    void addEncodingOptions(CLI::App& verb);
    void addCompareOptions(CLI::App& verb);
    void addPropertyOptions(CLI::App& verb);

    std::string m_normalise;
    std::string m_unit = "subjects", m_between = "models", m_metric;
    std::vector<std::string> m_properties, m_maps, m_labels, m_spheres;
    std::string m_method, m_hemisphere, m_zeros = "value";
    int m_spins = SpinRotations::defaultCount;
    int m_threads = 0;
    std::vector<CLI::Option*> m_encoding, m_compare, m_property;
};

/// Hands a table on and prints the warnings among its options to standard error.
class WarningSink : public TableSink {
public:
    explicit WarningSink(TableSink& next) : m_next(next) {}
    void begin(const Table& head) override;
    void add(const std::vector<TableCell>& row) override { m_next.add(row); }
    void end() override { m_next.end(); }

private:
    TableSink& m_next;
};

} // namespace brainlike
