#include "core/base/Error.h"
#include "core/encoding/ColumnLoops.h"
#include "core/encoding/FiniteCheck.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/SelectionKernels.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

constexpr Index tileWidth = 256;
constexpr Index widthUnit = 16;
/// Beyond this the row kernels of one recording are not kept in memory.
constexpr double largestKernels = 256.0 * 1024 * 1024;

/// Mean and scale of every column, in double.
struct ColumnScale {
    double mean = 0;
    int exponent = 0;
    bool constant = true;
};

template <typename Input>
std::vector<ColumnScale> scalesOf(const RowMatrix<Input>& responses, int threads) {
    std::vector<ColumnScale> scales(static_cast<std::size_t>(responses.cols()));
    const JobContext unattended;
    const Index parts = (responses.cols() + tileWidth - 1) / tileWidth;
    parallelFor(threads, parts, unattended, [&](Index part, int) {
        const Index first = part * tileWidth;
        const Index width = std::min(tileWidth, responses.cols() - first);
        const ConstPanel<Input> values(responses.data() + first, responses.rows(), width,
                                       Eigen::OuterStride<>(responses.cols()));
        ColumnRange range;
        columnRange(values, range);
        for (Index column = 0; column < width; ++column) {
            auto& scale = scales[static_cast<std::size_t>(first + column)];
            const auto centred = values.col(column).template cast<double>().array() -
                                 range.sum[column] / static_cast<double>(responses.rows());
            scale.mean = range.sum[column] / static_cast<double>(responses.rows());
            const double deviation = std::sqrt(centred.square().mean());
            scale.constant = range.smallest[column] == range.largest[column];
            scale.exponent =
                deviation > 0 && std::isfinite(deviation) ? std::clamp(std::ilogb(deviation), -1000, 1000) : 0;
            if (!std::isfinite(deviation))
                throw ValueError({.what = "The responses hold values too large to be squared",
                                  .place = "responses, column " + std::to_string(first + column),
                                  .advice = "divide the responses by a constant"});
        }
    });
    return scales;
}

template <typename Input, typename Scalar>
void fillTile(const RowMatrix<Input>& responses, const std::vector<ColumnScale>& scales,
              const PreparedResponses::Data& data, ResponseTiles<Scalar>& tiles, Index tile) {
    const Index first = tile * tiles.width;
    const Index width = std::min(tiles.width, static_cast<Index>(data.kept.size()) - first);
    Eigen::ArrayXd mean(width);
    Eigen::ArrayXd factor(width);
    std::vector<Index> targets(data.kept.begin() + first, data.kept.begin() + first + width);
    for (Index column = 0; column < width; ++column) {
        const auto& scale = scales[static_cast<std::size_t>(targets[static_cast<std::size_t>(column)])];
        mean[column] = scale.mean;
        factor[column] = std::ldexp(1.0, -scale.exponent);
    }
    Scalar* values = tiles.values.data() + tile * tiles.rows * tiles.width;
    for (Index row = 0; row < tiles.rows; ++row) {
        Scalar* line = values + data.storageOf[static_cast<std::size_t>(row)] * tiles.width;
        for (Index column = 0; column < width; ++column)
            line[column] = static_cast<Scalar>(
                (static_cast<double>(responses(row, targets[static_cast<std::size_t>(column)])) - mean[column]) *
                factor[column]);
    }
}

/// Range of each column over some of the rows of a tile.
struct Extremes {
    Eigen::VectorXd smallest;
    Eigen::VectorXd largest;

    void include(const ColumnRange& range) {
        smallest = smallest.cwiseMin(range.smallest);
        largest = largest.cwiseMax(range.largest);
    }
};

/// Means and sums of squares of the outer test blocks; undefined where a block or all the others are constant.
template <typename Scalar>
void summarizeTile(const FoldPlan& plan, ResponseTiles<Scalar>& tiles, Index tile) {
    const auto folds = static_cast<Index>(plan.outer.size());
    std::vector<ColumnRange> ranges(plan.outer.size());
    RowMatrix<Scalar> block;
    Index first = 0;
    for (Index fold = 0; fold < folds; ++fold) {
        const auto rows = static_cast<Index>(plan.outer[static_cast<std::size_t>(fold)].size());
        auto& range = ranges[static_cast<std::size_t>(fold)];
        block = rowsOf(tiles.tile(tile), first, rows);
        columnRange(panelOf(std::as_const(block)), range);
        Scalar* mean = tiles.blockMeans.data() + (tile * folds + fold) * tiles.width;
        for (Index column = 0; column < tiles.width; ++column)
            mean[column] = static_cast<Scalar>(range.sum[column] / static_cast<double>(rows));
        subtractRow(panelOf(block), mean);
        columnSquares(panelOf(std::as_const(block)), &tiles.testSquares(fold, tile * tiles.width));
        first += rows;
    }
    for (Index fold = 0; fold < folds; ++fold) {
        const double infinity = std::numeric_limits<double>::infinity();
        Extremes training{Eigen::VectorXd::Constant(tiles.width, infinity),
                          Eigen::VectorXd::Constant(tiles.width, -infinity)};
        for (Index other = 0; other < folds; ++other)
            if (other != fold)
                training.include(ranges[static_cast<std::size_t>(other)]);
        const auto& test = ranges[static_cast<std::size_t>(fold)];
        for (Index column = 0; column < tiles.width; ++column)
            if (test.smallest[column] == test.largest[column] || training.smallest[column] == training.largest[column])
                tiles.testSquares(fold, tile * tiles.width + column) = 0;
    }
}

template <typename Input, typename Scalar>
ResponseTiles<Scalar> tilesOf(const RowMatrix<Input>& responses, const std::vector<ColumnScale>& scales,
                              const PreparedResponses::Data& data) {
    const auto count = static_cast<Index>(data.kept.size());
    const auto folds = static_cast<Index>(data.plan.outer.size());
    ResponseTiles<Scalar> tiles;
    tiles.rows = responses.rows();
    tiles.width = std::min(tileWidth, (count + widthUnit - 1) / widthUnit * widthUnit);
    tiles.tiles = count == 0 ? 0 : (count + tiles.width - 1) / tiles.width;
    tiles.values.assign(static_cast<std::size_t>(tiles.tiles * tiles.rows * tiles.width), Scalar(0));
    tiles.blockMeans.assign(static_cast<std::size_t>(tiles.tiles * folds * tiles.width), Scalar(0));
    tiles.testSquares = RowMatrix<double>::Zero(folds, tiles.tiles * tiles.width);
    const JobContext unattended;
    parallelFor(data.options.threads, tiles.tiles, unattended, [&](Index tile, int) {
        fillTile(responses, scales, data, tiles, tile);
        summarizeTile(data.plan, tiles, tile);
    });
    return tiles;
}

/// Row kernels pay when there are more targets than rows and they fit into memory.
bool worthwhile(const PreparedResponses::Data& data) {
    double bytes = 0;
    for (const auto& blocks : data.plan.inner)
        for (std::size_t inner = 0; inner < blocks.size(); ++inner) {
            const auto training = static_cast<double>(joinedWithout(blocks, inner).size());
            bytes += 8 * training * (training + static_cast<double>(blocks[inner].size()));
        }
    return static_cast<Index>(data.kept.size()) >= data.plan.rows && bytes <= largestKernels;
}

template <typename Input>
std::unique_ptr<const PreparedResponses::Data> prepare(const RowMatrix<Input>& responses, const RidgeOptions& options,
                                                       RowKernels kernels) {
    validate(options);
    if (responses.cols() < 1)
        throw ShapeError({.what = "The responses have no columns",
                          .expected = "images × targets",
                          .found = std::to_string(responses.rows()) + " × 0"});
    requireFinite(responses, "responses");
    auto data = std::make_unique<PreparedResponses::Data>();
    data->options = options;
    data->plan = FoldPlan::make(responses.rows(), options);
    data->targets = responses.cols();
    data->storageOf.resize(static_cast<std::size_t>(responses.rows()));
    Index stored = 0;
    for (const auto row : joined(data->plan.outer))
        data->storageOf[static_cast<std::size_t>(row)] = stored++;
    const auto scales = scalesOf(responses, options.threads);
    for (std::size_t target = 0; target < scales.size(); ++target)
        if (!scales[target].constant) {
            data->kept.push_back(static_cast<Index>(target));
            data->exponents.push_back(scales[target].exponent);
        }
    if (options.doublePrecision)
        data->tiles = tilesOf<Input, double>(responses, scales, *data);
    else
        data->tiles = tilesOf<Input, float>(responses, scales, *data);
    const bool traces = options.lambdaMode == LambdaMode::Global &&
                        options.effectiveSelection() != SelectionScore::Correlation && !data->kept.empty();
    if (traces && (kernels == RowKernels::Always || (kernels == RowKernels::WhenWorthwhile && worthwhile(*data)))) {
        JobContext unattended;
        for (std::size_t outer = 0; outer < data->plan.outer.size(); ++outer)
            data->kernels.push_back(rowKernels(*data, outer, options.threads, unattended));
    }
    return data;
}

} // namespace

std::unique_ptr<const PreparedResponses::Data> prepareResponses(const RowMatrix<float>& responses,
                                                                const RidgeOptions& options, RowKernels kernels) {
    return prepare(responses, options, kernels);
}

std::unique_ptr<const PreparedResponses::Data> prepareResponses(const RowMatrix<double>& responses,
                                                                const RidgeOptions& options, RowKernels kernels) {
    return prepare(responses, options, kernels);
}

PreparedResponses::PreparedResponses(const RowMatrix<float>& responses, const RidgeOptions& options)
    : m_data(prepareResponses(responses, options, RowKernels::WhenWorthwhile)) {}
PreparedResponses::PreparedResponses(const RowMatrix<double>& responses, const RidgeOptions& options)
    : m_data(prepareResponses(responses, options, RowKernels::WhenWorthwhile)) {}
PreparedResponses::~PreparedResponses() = default;
PreparedResponses::PreparedResponses(PreparedResponses&&) noexcept = default;
PreparedResponses& PreparedResponses::operator=(PreparedResponses&&) noexcept = default;

} // namespace brainlike
