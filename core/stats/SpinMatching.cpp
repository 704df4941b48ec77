#include "core/stats/SpinMatching.h"

#include "core/base/Error.h"
#include "core/base/VectorClones.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

namespace brainlike {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::int32_t nobody = -1;

using Indices = std::vector<std::int32_t>;

void requireSquare(const RowMatrix<double>& costs, std::size_t outputs) {
    if (costs.rows() != costs.cols() || static_cast<std::size_t>(costs.rows()) != outputs)
        throw ShapeError({.what = "A matching one to one needs as many rows as columns",
                          .expected = std::to_string(outputs) + " × " + std::to_string(outputs),
                          .found = std::to_string(costs.rows()) + " × " + std::to_string(costs.cols())});
}

Indices indicesTo(Eigen::Index count) {
    Indices indices(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < indices.size(); ++i)
        indices[i] = static_cast<std::int32_t>(i);
    return indices;
}

std::int32_t cheapest(const double* row, const Indices& columns) {
    std::int32_t best = columns.front();
    for (const std::int32_t column : columns)
        if (row[column] < row[best])
            best = column;
    return best;
}

// Four numbers at once, in the compiler's own vectors: minima are not made of them by itself.
// They are passed between functions of this file alone, which are inlined.
#pragma GCC diagnostic ignored "-Wpsabi"
using Four = double __attribute__((vector_size(32)));

Four fourAt(const double* values) {
    Four four;
    std::memcpy(&four, values, sizeof(Four));
    return four;
}

double lowestIn(Four four) {
    return std::min(std::min(four[0], four[1]), std::min(four[2], four[3]));
}

/// `reduced` = costs − prices. @returns the lowest
BRAINLIKE_VECTOR_CLONES double reduce(const double* costs, const double* prices, double* reduced, Eigen::Index count) {
    double result = infinity;
    Four lowest = {infinity, infinity, infinity, infinity};
    Eigen::Index at = 0;
    for (; at + 4 <= count; at += 4) {
        const Four four = fourAt(costs + at) - fourAt(prices + at);
        std::memcpy(reduced + at, &four, sizeof(Four));
        lowest = four < lowest ? four : lowest;
    }
    for (; at < count; ++at)
        result = std::min(result, reduced[at] = costs[at] - prices[at]);
    return std::min(result, lowestIn(lowest));
}

/// `path` = the lower of itself and base + costs − prices. @returns the lowest
BRAINLIKE_VECTOR_CLONES double relax(const double* costs, const double* prices, double base, double* path,
                                     Eigen::Index count) {
    double result = infinity;
    Four lowest = {infinity, infinity, infinity, infinity};
    Eigen::Index at = 0;
    for (; at + 4 <= count; at += 4) {
        const Four before = fourAt(path + at), over = base + (fourAt(costs + at) - fourAt(prices + at));
        const Four four = over < before ? over : before;
        std::memcpy(path + at, &four, sizeof(Four));
        lowest = four < lowest ? four : lowest;
    }
    for (; at < count; ++at)
        result = std::min(result, path[at] = std::min(path[at], base + (costs[at] - prices[at])));
    return std::min(result, lowestIn(lowest));
}

BRAINLIKE_VECTOR_CLONES double lowest(const double* values, Eigen::Index count) {
    double result = infinity;
    Four least = {infinity, infinity, infinity, infinity};
    Eigen::Index at = 0;
    for (; at + 4 <= count; at += 4)
        least = fourAt(values + at) < least ? fourAt(values + at) : least;
    for (; at < count; ++at)
        result = std::min(result, values[at]);
    return std::min(result, lowestIn(least));
}

/// The first place of a value that is there.
BRAINLIKE_VECTOR_CLONES std::int32_t placeOf(double value, const double* values, Eigen::Index count) {
    Eigen::Index at = 0;
    for (; at + 4 <= count; at += 4) {
        const auto same = fourAt(values + at) == value;
        if ((same[0] | same[1] | same[2] | same[3]) != 0)
            break;
    }
    while (at < count && values[at] != value)
        ++at;
    return static_cast<std::int32_t>(at);
}

/// Optimal assignment by dual prices: cost − rowPrice − columnPrice ≥ 0, and 0 along the matching.
class Assignment {
public:
    explicit Assignment(const RowMatrix<double>& costs)
        : m_costs(costs), m_count(costs.rows()), m_rowPrice(m_count), m_columnPrice(m_count), m_scratch(m_count),
          m_pathCost(m_count), m_columnOfRow(static_cast<std::size_t>(m_count), nobody),
          m_rowOfColumn(static_cast<std::size_t>(m_count), nobody) {}

    const Indices& solve() {
        reduceColumns();
        bid(freeRows());
        priceRows();
        for (const std::int32_t row : freeRows())
            augment(row);
        return m_columnOfRow;
    }

private:
    [[nodiscard]] const double* costsOf(std::int32_t row) const { return m_costs.data() + row * m_count; }

    [[nodiscard]] Indices freeRows() const {
        Indices free;
        for (std::int32_t row = 0; row < m_count; ++row)
            if (m_columnOfRow[row] == nobody)
                free.push_back(row);
        return free;
    }

    void take(std::int32_t row, std::int32_t column) {
        m_columnOfRow[row] = column;
        m_rowOfColumn[column] = row;
    }

    /// Each column's price is its smallest cost; the row with it takes the column if it has none yet.
    void reduceColumns() {
        m_columnPrice = m_costs.colwise().minCoeff().transpose().array();
        for (std::int32_t row = 0; row < m_count; ++row)
            for (std::int32_t column = 0; column < m_count && m_columnOfRow[row] == nobody; ++column)
                if (m_rowOfColumn[column] == nobody && m_costs(row, column) == m_columnPrice[column])
                    take(row, column);
    }

    struct TwoCheapest {
        double first = infinity, second = infinity;
        std::int32_t column = nobody; ///< of the first
    };

    TwoCheapest twoCheapest(std::int32_t row) {
        TwoCheapest two;
        two.first = reduce(costsOf(row), m_columnPrice.data(), m_scratch.data(), m_count);
        two.column = placeOf(two.first, m_scratch.data(), m_count);
        m_scratch[two.column] = infinity;
        two.second = lowest(m_scratch.data(), m_count);
        return two;
    }

    /// Rows without a column bid for their cheapest one, as much as leaves it no dearer than the next; who loses it
    /// bids in turn. Bids get small where many rows want the same columns, so their number is limited.
    void bid(Indices waiting) {
        std::reverse(waiting.begin(), waiting.end());
        for (Eigen::Index bids = 0; !waiting.empty() && bids < bidsPerRow * m_count; ++bids) {
            const std::int32_t row = waiting.back();
            waiting.pop_back();
            const TwoCheapest two = twoCheapest(row);
            const std::int32_t loser = m_rowOfColumn[two.column];
            if (loser != nobody && !(two.first < two.second))
                continue;
            if (two.second < infinity)
                m_columnPrice[two.column] -= two.second - two.first;
            take(row, two.column);
            if (loser != nobody) {
                m_columnOfRow[loser] = nobody;
                waiting.push_back(loser);
            }
        }
    }

    void priceRows() {
        for (std::int32_t row = 0; row < m_count; ++row) {
            const std::int32_t column = m_columnOfRow[row];
            m_rowPrice[row] = column == nobody ? reduce(costsOf(row), m_columnPrice.data(), m_scratch.data(), m_count)
                                               : m_costs(row, column) - m_columnPrice[column];
        }
    }

    /// A row reached, by the column that it gives up, and what its columns cost from there before their prices.
    struct Step {
        std::int32_t row = nobody;
        double base = 0;
        std::int32_t nearest = nobody; ///< the column reached next, from this or an earlier row
        double cost = 0;               ///< of reaching it
    };

    /// Gives a free row a column along the cheapest path of reassignments (Dijkstra over reduced costs).
    void augment(std::int32_t freeRow) {
        m_steps.clear();
        m_pathCost.setConstant(infinity);
        m_scratch = m_columnPrice; // −∞ for columns reached
        std::int32_t row = freeRow;
        double reached = 0;
        while (row != nobody) {
            Step step{.row = row, .base = reached - m_rowPrice[row]};
            step.cost = reached = relax(costsOf(row), m_scratch.data(), step.base, m_pathCost.data(), m_count);
            step.nearest = placeOf(reached, m_pathCost.data(), m_count);
            m_pathCost[step.nearest] = infinity;
            m_scratch[step.nearest] = -infinity;
            m_steps.push_back(step);
            row = m_rowOfColumn[step.nearest];
        }
        const std::vector<std::size_t> path = pathBack();
        for (const Step& step : m_steps) {
            m_rowPrice[step.row] += reached - (step.base + m_rowPrice[step.row]);
            m_columnPrice[step.nearest] -= reached - step.cost;
        }
        std::int32_t column = m_steps.back().nearest;
        for (const std::size_t place : path) {
            const std::int32_t released = m_columnOfRow[m_steps[place].row];
            take(m_steps[place].row, column);
            column = released;
        }
    }

    /// Places of the steps from the end of the cheapest path to its beginning. A column was reached from the row that
    /// made it cheapest, and that row by giving up the column of the step before.
    [[nodiscard]] std::vector<std::size_t> pathBack() const {
        std::vector<std::size_t> path;
        for (std::size_t last = m_steps.size(); last > 0; last = path.back()) {
            const std::int32_t column = m_steps[last - 1].nearest;
            std::size_t from = 0;
            double lowest = infinity;
            for (std::size_t place = 0; place < last; ++place) {
                const double cost = m_steps[place].base + m_costs(m_steps[place].row, column);
                if (cost < lowest) {
                    lowest = cost;
                    from = place;
                }
            }
            path.push_back(from);
        }
        return path;
    }

    static constexpr Eigen::Index bidsPerRow = 1;

    const RowMatrix<double>& m_costs;
    Eigen::Index m_count;
    Eigen::ArrayXd m_rowPrice, m_columnPrice, m_scratch, m_pathCost;
    Indices m_columnOfRow, m_rowOfColumn;
    std::vector<Step> m_steps;
};

} // namespace

void matchFarthestFirst(const RowMatrix<double>& costs, std::span<std::int32_t> columnOfRow) {
    requireSquare(costs, columnOfRow.size());
    const std::size_t count = columnOfRow.size();
    Indices columns = indicesTo(costs.rows());
    std::vector<double> lowest(count); ///< of a row over the columns left; −∞ once it has its column
    const auto choose = [&](std::size_t row) {
        const double* rowCosts = costs.data() + row * count;
        columnOfRow[row] = cheapest(rowCosts, columns);
        lowest[row] = rowCosts[columnOfRow[row]];
    };
    for (std::size_t row = 0; row < count; ++row)
        choose(row);
    std::vector<bool> matched(count, false);
    for (std::size_t step = 0; step < count; ++step) {
        const auto row = static_cast<std::size_t>(std::max_element(lowest.begin(), lowest.end()) - lowest.begin());
        const std::int32_t taken = columnOfRow[row];
        matched[row] = true;
        lowest[row] = -infinity;
        columns.erase(std::lower_bound(columns.begin(), columns.end(), taken));
        for (std::size_t other = 0; other < count && !columns.empty(); ++other)
            if (columnOfRow[other] == taken && !matched[other])
                choose(other);
    }
}

void matchOptimally(const RowMatrix<double>& costs, std::span<std::int32_t> columnOfRow) {
    requireSquare(costs, columnOfRow.size());
    if (columnOfRow.empty())
        return;
    Assignment assignment(costs);
    std::copy_n(assignment.solve().begin(), columnOfRow.size(), columnOfRow.begin());
}

} // namespace brainlike
