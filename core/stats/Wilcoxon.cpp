#include "core/stats/Wilcoxon.h"

#include "core/base/Error.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace brainlike {
namespace {

constexpr int largestExact = 50;

struct RankSums {
    double positive = 0, negative = 0;
    double tieCorrection = 0; ///< Σ (t³ − t) over groups of equal magnitudes
};

RankSums rankSums(std::vector<double> differences) {
    std::sort(differences.begin(), differences.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    RankSums sums;
    for (std::size_t begin = 0; begin < differences.size();) {
        std::size_t end = begin + 1;
        while (end < differences.size() && std::abs(differences[end]) == std::abs(differences[begin]))
            ++end;
        const auto tied = static_cast<double>(end - begin);
        const double rank = 0.5 * static_cast<double>(begin + 1 + end);
        for (std::size_t i = begin; i < end; ++i)
            (differences[i] > 0 ? sums.positive : sums.negative) += rank;
        sums.tieCorrection += tied * tied * tied - tied;
        begin = end;
    }
    return sums;
}

/// P(W ≤ statistic), both sides, under the null: subsets of {1 … n} counted by their sum.
double exactP(int n, double statistic) {
    const int largest = n * (n + 1) / 2;
    std::vector<double> share(static_cast<std::size_t>(largest) + 1, 0.0);
    share[0] = 1;
    for (int rank = 1; rank <= n; ++rank)
        for (int sum = rank * (rank + 1) / 2; sum >= 0; --sum) {
            const double without = share[static_cast<std::size_t>(sum)];
            const double with = sum >= rank ? share[static_cast<std::size_t>(sum - rank)] : 0;
            share[static_cast<std::size_t>(sum)] = 0.5 * (without + with);
        }
    double tail = 0;
    for (int sum = 0; sum <= static_cast<int>(statistic); ++sum)
        tail += share[static_cast<std::size_t>(sum)];
    return std::min(1.0, 2 * tail);
}

double approximateP(double n, double statistic, double tieCorrection) {
    const double mean = n * (n + 1) / 4;
    const double variance = n * (n + 1) * (2 * n + 1) / 24 - tieCorrection / 48;
    const double z = (statistic - mean) / std::sqrt(variance);
    return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

} // namespace

WilcoxonTest wilcoxonSignedRank(std::span<const double> differences) {
    std::vector<double> used;
    bool zeros = false;
    for (const double difference : differences) {
        if (!std::isfinite(difference))
            continue;
        if (difference == 0)
            zeros = true;
        else
            used.push_back(difference);
    }
    WilcoxonTest result;
    result.n = static_cast<int>(used.size());
    if (used.empty())
        return result;
    const RankSums sums = rankSums(std::move(used));
    result.statistic = std::min(sums.positive, sums.negative);
    result.exact = result.n <= largestExact && !zeros && sums.tieCorrection == 0;
    result.p = result.exact ? exactP(result.n, result.statistic)
                            : approximateP(result.n, result.statistic, sums.tieCorrection);
    result.smallestP = result.exact ? exactP(result.n, 0) : approximateP(result.n, 0, sums.tieCorrection);
    return result;
}

WilcoxonTest wilcoxonSignedRank(std::span<const double> a, std::span<const double> b) {
    if (a.size() != b.size())
        throw ShapeError({.what = "A paired test needs as many values on both sides",
                          .expected = std::to_string(a.size()),
                          .found = std::to_string(b.size())});
    std::vector<double> differences(a.size());
    std::transform(a.begin(), a.end(), b.begin(), differences.begin(), std::minus<>());
    return wilcoxonSignedRank(differences);
}

} // namespace brainlike
