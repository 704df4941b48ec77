#include "core/stats/FalseDiscoveryRate.h"

#include "core/base/Error.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace brainlike {
namespace {

struct Test {
    double p;
    std::uint32_t index;
};

std::vector<Test> testsOf(std::span<const double> p) {
    std::vector<Test> tests;
    tests.reserve(p.size());
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (std::isnan(p[i]))
            continue;
        if (!(p[i] >= 0 && p[i] <= 1))
            throw ValueError({.what = "A p value lies outside of 0 to 1",
                              .place = "index " + std::to_string(i),
                              .expected = "0 to 1, or NaN for what was not tested",
                              .found = std::to_string(p[i])});
        tests.push_back({p[i], static_cast<std::uint32_t>(i)});
    }
    return tests;
}

} // namespace

std::vector<double> benjaminiHochberg(std::span<const double> p) {
    std::vector<double> q(p.size(), std::numeric_limits<double>::quiet_NaN());
    std::vector<Test> tests = testsOf(p);
    std::sort(tests.begin(), tests.end(), [](const Test& a, const Test& b) { return a.p < b.p; });
    const auto count = static_cast<double>(tests.size());
    double smallest = 1;
    for (std::size_t rank = tests.size(); rank > 0; --rank) {
        const Test& test = tests[rank - 1];
        smallest = std::min(smallest, test.p * (count / static_cast<double>(rank)));
        q[test.index] = smallest;
    }
    return q;
}

} // namespace brainlike
