#include "core/encoding/Folds.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <utility>

namespace brainlike {
namespace {

/// SplitMix64: a 64-bit counter passed through a mixing function.
class RandomSequence {
public:
    explicit RandomSequence(std::uint64_t seed) : m_state(seed) {}

    /// Uniform in 0 … limit − 1.
    std::uint64_t below(std::uint64_t limit) {
        const std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
        const std::uint64_t accepted = largest - largest % limit;
        for (;;)
            if (const auto value = next(); value < accepted)
                return value % limit;
    }

private:
    std::uint64_t next() {
        m_state += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = m_state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }

    std::uint64_t m_state;
};

[[noreturn]] void refuseTooFew(const char* what, std::size_t found, int folds) {
    throw ShapeError({.what = std::string("There are fewer ") + what + " than folds",
                      .expected = "at least " + std::to_string(folds) + " " + what,
                      .found = std::to_string(found),
                      .advice = "choose fewer folds or bring more data"});
}

std::vector<Rows> contiguous(const Rows& order, std::size_t count) {
    std::vector<Rows> folds;
    auto start = order.begin();
    for (std::size_t fold = 0; fold < count; ++fold) {
        const auto size = order.size() / count + (fold < order.size() % count ? 1 : 0);
        const auto end = start + static_cast<std::ptrdiff_t>(size);
        folds.emplace_back(start, end);
        std::sort(folds.back().begin(), folds.back().end());
        start = end;
    }
    return folds;
}

/// Members of each group, by ascending group id.
std::vector<Rows> membersOfGroups(const FoldOptions& options, const Rows& rows) {
    std::map<std::int64_t, Rows> members;
    for (const auto row : rows) {
        if (row >= static_cast<Eigen::Index>(options.groups.size()))
            throw ShapeError({.what = "Every row needs a group",
                              .expected = "a group for row " + std::to_string(row),
                              .found = counted(options.groups.size(), "group")});
        members[options.groups[static_cast<std::size_t>(row)]].push_back(row);
    }
    std::vector<Rows> groups;
    for (auto& [id, group] : members)
        groups.push_back(std::move(group));
    return groups;
}

std::vector<Rows> grouped(const FoldOptions& options, const Rows& rows) {
    const auto groups = membersOfGroups(options, rows);
    if (groups.size() < static_cast<std::size_t>(options.count))
        refuseTooFew("groups", groups.size(), options.count);
    Rows order = allRows(static_cast<Eigen::Index>(groups.size()));
    if (options.shuffleSeed)
        order = shuffled(std::move(order), *options.shuffleSeed);
    else
        std::reverse(order.begin(), order.end());
    const auto sizeOf = [&groups](Eigen::Index group) { return groups[static_cast<std::size_t>(group)].size(); };
    std::stable_sort(order.begin(), order.end(),
                     [&sizeOf](Eigen::Index a, Eigen::Index b) { return sizeOf(a) > sizeOf(b); });
    std::vector<Rows> folds(static_cast<std::size_t>(options.count));
    for (const auto group : order) {
        auto& lightest = *std::min_element(folds.begin(), folds.end(),
                                           [](const Rows& a, const Rows& b) { return a.size() < b.size(); });
        const auto& members = groups[static_cast<std::size_t>(group)];
        lightest.insert(lightest.end(), members.begin(), members.end());
    }
    for (auto& fold : folds)
        std::sort(fold.begin(), fold.end());
    return folds;
}

} // namespace

std::vector<Rows> makeFolds(const FoldOptions& options, const Rows& rows) {
    if (options.count < 1)
        throw ValueError({.what = "Rows cannot be divided into no folds",
                          .expected = "1 or more folds",
                          .found = std::to_string(options.count)});
    if (rows.size() < static_cast<std::size_t>(options.count))
        refuseTooFew("rows", rows.size(), options.count);
    if (!options.groups.empty())
        return grouped(options, rows);
    return contiguous(options.shuffleSeed ? shuffled(rows, *options.shuffleSeed) : rows,
                      static_cast<std::size_t>(options.count));
}

Rows allRows(Eigen::Index count) {
    Rows rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), Eigen::Index(0));
    return rows;
}

Rows shuffled(Rows elements, std::uint64_t seed) {
    RandomSequence random(seed);
    for (std::size_t last = elements.size(); last > 1; --last)
        std::swap(elements[last - 1], elements[random.below(last)]);
    return elements;
}

} // namespace brainlike
