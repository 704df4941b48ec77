#include "core/base/Error.h"
#include "core/encoding/ColumnLoops.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/ResponseTiling.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

using Eigen::Index;

constexpr Index leastWidth = 320, mostWidth = 448, widthUnit = 16;
/// Targets measured at a time.
constexpr Index stripWidth = 256;
/// Beyond this the row kernels of one recording are not kept in memory.
constexpr double largestKernels = 256.0 * 1024 * 1024;

/// Mean and scale of every column of a strip, in double.
struct ColumnScale {
    double mean = 0;
    int exponent = 0;
    bool constant = true;
    bool finite = true;
};

template <typename Input>
Eigen::VectorXd squaresAbout(const ConstPanel<Input>& values, const Eigen::VectorXd& means) {
    Eigen::VectorXd squares = Eigen::VectorXd::Zero(values.cols());
    for (Index row = 0; row < values.rows(); ++row) {
        const Input* line = values.data() + row * values.outerStride();
        for (Index column = 0; column < values.cols(); ++column) {
            const double difference = static_cast<double>(line[column]) - means[column];
            squares[column] += difference * difference;
        }
    }
    return squares;
}

template <typename Input>
void measure(const ConstPanel<Input>& values, Index firstTarget, ColumnScale* scales) {
    const auto rows = static_cast<double>(values.rows());
    ColumnRange range;
    columnRange(values, range);
    const Eigen::VectorXd means = range.sum / rows;
    const auto squares = squaresAbout(values, means);
    for (Index column = 0; column < values.cols(); ++column) {
        if (!std::isfinite(means[column])) { // the source has let it pass: the target is to be left out
            scales[column] = {.finite = false};
            continue;
        }
        const double deviation = std::sqrt(squares[column] / rows);
        if (!std::isfinite(deviation))
            throw ValueError({.what = "The responses hold values too large to be squared",
                              .place = "responses, column " + std::to_string(firstTarget + column),
                              .advice = "divide the responses by a constant"});
        scales[column] = {means[column], deviation > 0 ? std::clamp(std::ilogb(deviation), -1000, 1000) : 0,
                          range.smallest[column] == range.largest[column]};
    }
}

template <typename Input>
std::vector<ColumnScale> scalesOf(const ConstPanel<Input>& strip, Index firstTarget, int threads,
                                  const JobContext& job) {
    std::vector<ColumnScale> scales(static_cast<std::size_t>(strip.cols()));
    parallelFor(threads, (strip.cols() + stripWidth - 1) / stripWidth, job, [&](Index part, int) {
        const Index first = part * stripWidth;
        const ConstPanel<Input> columns(strip.data() + first, strip.rows(), std::min(stripWidth, strip.cols() - first),
                                        Eigen::OuterStride<>(strip.outerStride()));
        measure(columns, firstTarget + first, scales.data() + first);
    });
    return scales;
}

} // namespace

Index tileWidthFor(Index targets) {
    const auto roundedUp = [targets](Index unit) { return (targets + unit - 1) / unit * unit; };
    Index best = std::min(mostWidth, roundedUp(widthUnit));
    for (Index width = mostWidth; width >= leastWidth; width -= widthUnit)
        if (roundedUp(width) < roundedUp(best))
            best = width;
    return best;
}

bool choosesByTraces(const RidgeOptions& options) {
    return options.lambdaMode == LambdaMode::Global && options.effectiveSelection() != SelectionScore::Correlation;
}

// Row kernels pay when there are more targets than rows and they fit into memory.
double rowKernelBytes(const FoldPlan& plan, const RidgeOptions& options, Index targets) {
    double bytes = 0;
    for (const auto& blocks : plan.inner)
        for (const auto& block : blocks) {
            const auto training = static_cast<double>(rowCount(blocks) - block.size());
            bytes += 8 * training * (training + static_cast<double>(block.size()));
        }
    return choosesByTraces(options) && targets >= plan.rows && bytes <= largestKernels ? bytes : 0;
}

ResponseOutline emptyOutline(Index rows, Index targets, const RidgeOptions& options) {
    validate(options);
    if (targets < 1)
        throw ShapeError({.what = "The responses have no columns",
                          .expected = "images × targets",
                          .found = std::to_string(rows) + " × 0"});
    ResponseOutline outline;
    outline.options = options;
    outline.plan = FoldPlan::make(rows, options);
    outline.targets = targets;
    outline.width = tileWidthFor(targets);
    outline.storageOf.resize(static_cast<std::size_t>(rows));
    Index stored = 0;
    for (const auto row : joined(outline.plan.outer))
        outline.storageOf[static_cast<std::size_t>(row)] = stored++;
    return outline;
}

template <typename Input>
void addStrip(const ConstPanel<Input>& strip, Index firstTarget, ResponseOutline& outline, const JobContext& job) {
    const auto scales = scalesOf(strip, firstTarget, outline.options.threads, job);
    for (std::size_t column = 0; column < scales.size(); ++column) {
        if (!scales[column].finite)
            ++outline.notFinite;
        else if (!scales[column].constant) {
            outline.kept.push_back(firstTarget + static_cast<Index>(column));
            outline.exponents.push_back(scales[column].exponent);
            outline.means.push_back(scales[column].mean);
        }
    }
}

void finish(ResponseOutline& outline) {
    if (!outline.exponents.empty())
        outline.largestExponent = *std::max_element(outline.exponents.begin(), outline.exponents.end());
    const auto kept = static_cast<Index>(outline.kept.size());
    outline.tileCount = (kept + outline.width - 1) / outline.width;
    outline.wantsRowKernels = kept > 0 && rowKernelBytes(outline.plan, outline.options, kept) > 0;
}

ResponseOutline outlineResponses(const ResponseSource& source, const RidgeOptions& options, Index together,
                                 const JobContext& job, const FractionDone& done) {
    auto outline = emptyOutline(source.rows(), source.targets(), options);
    for (Index first = 0; first < outline.targets; first += together) {
        tell(done, first, outline.targets);
        const auto values = source.read(first, std::min(together, outline.targets - first), job);
        std::visit([&](const auto& matrix) { addStrip(panelOf(matrix), first, outline, job); }, values);
    }
    finish(outline);
    return outline;
}

template void addStrip(const ConstPanel<float>&, Index, ResponseOutline&, const JobContext&);
template void addStrip(const ConstPanel<double>&, Index, ResponseOutline&, const JobContext&);

} // namespace brainlike
