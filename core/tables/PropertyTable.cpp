#include "core/base/Error.h"
#include "core/properties/PropertySources.h"
#include "core/scores/SpatialScore.h"
#include "core/stats/SpinTest.h"
#include "core/tables/CorrelationIntervals.h"
#include "core/tables/PropertyMaps.h"
#include "core/tables/SubjectBootstrap.h"
#include "core/tables/TableMakers.h"
#include "core/tables/UnitProperties.h"

#include <map>
#include <utility>

namespace brainlike {
namespace {

/// Assignments larger than this are made again for each pair of maps.
constexpr std::size_t largestAssignments = std::size_t(512) << 20;

/// Spin tests on the units, whose assignments are made once for each choice of hemispheres.
class UnitSpins {
public:
    UnitSpins(const PropertyUnits& units, const PropertyChoice& choice, SpinMethod method, std::uint64_t seed)
        : m_units(units), m_choice(choice), m_method(method), m_seed(seed) {}

    [[nodiscard]] SpinTest test(const UnitProperty& property, const ScoreMap& map, JobContext& job) {
        const auto x = m_units.only(property.sides, property.values);
        const auto y = m_units.only(property.sides, map.values);
        const SpinTestOptions options{.spun = SpunMap::First, .threads = m_choice.threads, .onNull = {}};
        const auto spins = static_cast<std::size_t>(m_choice.spins);
        if (x.size() * spins * sizeof(std::int32_t) > largestAssignments)
            return spinTest(x, y, pointsOf(property.sides), rotations(), m_method, options, job);
        auto found = m_assignments.find(property.sides);
        if (found == m_assignments.end())
            found = m_assignments
                        .emplace(property.sides,
                                 assignSpins(pointsOf(property.sides), rotations(), m_method, m_choice.threads, job))
                        .first;
        return spinTest(x, y, found->second, options, job);
    }

private:
    [[nodiscard]] SpinRotations rotations() const { return SpinRotations(m_choice.spins, m_seed); }
    [[nodiscard]] const SpinPoints& pointsOf(Sides sides) {
        auto found = m_points.find(sides);
        if (found == m_points.end())
            found = m_points.emplace(sides, m_units.points(sides)).first;
        return found->second;
    }

    const PropertyUnits& m_units;
    const PropertyChoice& m_choice;
    SpinMethod m_method;
    std::uint64_t m_seed;
    std::map<Sides, SpinPoints> m_points;
    std::map<Sides, SpinAssignments> m_assignments;
};

nlohmann::json spinOptions(const TableScope& scope) {
    const auto& choice = scope.request().property;
    if (choice.spins == 0)
        return {{"spins", 0}};
    return {
        {"spins", choice.spins},
        {"seed", scope.request().bootstrap.seed},
        {"method", nameOf(spinMethodOf(scope))},
        {"turned", "the property"},
        {"points", scope.level() == TableLevel::Vertex ? "vertices of the template's sphere"
                   : scope.level() == TableLevel::Roi
                       ? "vertices of the sphere nearest to the means of the ROIs, and of all other areas, from which "
                         "a spin brings values"
                       : "vertices of the sphere nearest to the means of the areas"},
        {"p", "(1 + number of spins with |r| at least as large) / (1 + spins)"}};
}

Table propertyHead(const TableScope& scope, const std::vector<Property>& properties) {
    auto columns = commonColumns({"model", "step"});
    columns.push_back({"property", "", "name of the property; options describe it"});
    columns.push_back({"map", "",
                       "what it is correlated with: half-time (steps) of the encoding score, score, or best-layer "
                       "(its relative depth)"});
    for (const auto& column : commonColumns({"r", "n", "p", "ci_low", "ci_high"}))
        columns.push_back(column);
    columns.push_back({"spin_p", "", "p of r against rotations of the sphere; empty without spins"});
    columns.push_back({"spins", "", "rotations that have a correlation"});
    columns.push_back({"seed", "", "seed of the rotations"});
    columns.push_back({"method", "", "how turned values come back to the units"});
    for (const auto& column : commonColumns({"boot_low", "boot_high"}))
        columns.push_back(column);
    auto head = scope.head(std::move(columns));
    head.options["layer"] = scope.request().layer.value_or("best");
    head.options["spin"] = spinOptions(scope);
    head.options["bootstrap"] = bootstrapOptions(scope);
    if (auto reason = reasonWithoutResamples(scope, RecordingKind::Fmri); !reason.empty())
        head.options["bootstrap"]["no_interval"]["property"] = std::move(reason);
    if (scope.level() == TableLevel::Vertex)
        head.options["q_threshold"] = significanceThreshold;
    auto notes = nlohmann::json::array();
    for (const auto& property : properties) {
        head.options["properties"].push_back(jsonOf(property, scope.index().vertexCounts));
        for (const auto& note : property.notes)
            notes.push_back(property.name + ": " + note);
    }
    head.options["warnings"] = std::move(notes);
    return head;
}

std::vector<TableCell> rowOf(const TableScope& scope, int model, const UnitProperty& property, const ScoreMap& map,
                             const Correlation& r) {
    return {scope.model(model).id,
            map.step ? TableCell(*map.step) : TableCell(),
            property.name,
            std::string(nameOf(map.kind)),
            r.r,
            std::int64_t{r.n},
            r.p,
            r.ciLow,
            r.ciHigh};
}

std::vector<TableCell> correlationRow(const TableScope& scope, int model, const UnitProperty& property,
                                      const ScoreMap& map, UnitSpins& spins, JobContext& job) {
    if (scope.request().property.spins == 0) {
        auto row = rowOf(scope, model, property, map, correlate(property.values, map.values));
        row.insert(row.end(), {TableCell(), std::int64_t{0}, TableCell(), TableCell()});
        return row;
    }
    const auto test = spins.test(property, map, job);
    auto row = rowOf(scope, model, property, map, test.observed);
    row.insert(row.end(),
               {test.p, std::int64_t{test.defined}, static_cast<std::int64_t>(scope.request().bootstrap.seed),
                std::string(nameOf(test.method))});
    return row;
}

} // namespace

void sendProperty(const TableScope& scope, TableSink& sink, JobContext& job) {
    const PropertyUnits units(scope);
    const auto properties = propertiesOf(scope);
    const auto ofUnits = unitProperties(scope, units, properties);
    UnitSpins spins(units, scope.request().property, spinMethodOf(scope), scope.request().bootstrap.seed);
    sink.begin(propertyHead(scope, properties));
    for (const int model : scope.models()) {
        const auto maps = scoreMaps(scope, units, model, job);
        const auto intervals = propertyIntervals(scope, units, ofUnits, model, maps, job);
        for (std::size_t map = 0; map < maps.size(); ++map)
            for (std::size_t property = 0; property < ofUnits.size(); ++property) {
                auto row = correlationRow(scope, model, ofUnits[property], maps[map], spins, job);
                row.insert(row.end(), {intervals[map][property].low, intervals[map][property].high});
                sink.add(row);
            }
    }
    sink.end();
}

} // namespace brainlike
