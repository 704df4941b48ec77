#include "core/encoding/ColumnLoops.h"
#include "core/encoding/FiniteCheck.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/ResponseTiling.h"
#include "core/encoding/SelectionKernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// What part of preparing responses that are read is done once they are; row kernels are the rest.
constexpr double readingShare = 0.2;

/// Targets of consecutive tiles as they came, images in the order of the fit.
template <typename Input>
struct Strip {
    ConstPanel<Input> values;
    Index firstTarget = 0;
};

/// Fills one tile; columns beyond the last kept target keep their zeros.
template <typename Input, typename Scalar>
void fillTile(const Strip<Input>& strip, const PreparedResponses::Data& data, ResponseTiles<Scalar>& tiles,
              Index tile) {
    const Index first = tile * tiles.width;
    const Index width = std::min(tiles.width, static_cast<Index>(data.kept.size()) - first);
    std::vector<Index> columns;
    Eigen::ArrayXd factor(width);
    for (Index column = 0; column < width; ++column) {
        const auto index = static_cast<std::size_t>(first + column);
        columns.push_back(data.kept[index] - strip.firstTarget);
        factor[column] = std::ldexp(1.0, -data.exponents[index]);
    }
    const double* mean = data.means.data() + first;
    Scalar* values = tiles.values.data() + tile * tiles.rows * tiles.width;
    for (Index row = 0; row < tiles.rows; ++row) {
        const Input* from = strip.values.data() + row * strip.values.outerStride();
        Scalar* line = values + data.storageOf[static_cast<std::size_t>(row)] * tiles.width;
        for (Index column = 0; column < width; ++column)
            line[column] = static_cast<Scalar>(
                (static_cast<double>(from[columns[static_cast<std::size_t>(column)]]) - mean[column]) * factor[column]);
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

template <typename Scalar>
ResponseTiles<Scalar> emptyTiles(const ResponseOutline& outline, Index count) {
    const auto folds = static_cast<Index>(outline.plan.outer.size());
    ResponseTiles<Scalar> tiles;
    tiles.rows = outline.plan.rows;
    tiles.width = outline.width;
    tiles.tiles = count;
    tiles.values.assign(static_cast<std::size_t>(count * tiles.rows * tiles.width), Scalar(0));
    tiles.blockMeans.assign(static_cast<std::size_t>(count * folds * tiles.width), Scalar(0));
    tiles.testSquares = RowMatrix<double>::Zero(folds, count * tiles.width);
    return tiles;
}

/// Tiles that are still empty, and what is known of their targets.
std::unique_ptr<PreparedResponses::Data> emptyChunk(const ResponseOutline& outline, Index firstTile, Index count) {
    const auto kept = static_cast<Index>(outline.kept.size());
    const Index first = std::min(firstTile * outline.width, kept);
    const Index last = std::min((firstTile + count) * outline.width, kept);
    auto data = std::make_unique<PreparedResponses::Data>();
    data->options = outline.options;
    data->plan = outline.plan;
    data->targets = outline.targets;
    data->kept.assign(outline.kept.begin() + first, outline.kept.begin() + last);
    data->exponents.assign(outline.exponents.begin() + first, outline.exponents.begin() + last);
    data->means.assign(outline.means.begin() + first, outline.means.begin() + last);
    data->largestExponent = outline.largestExponent;
    data->notFinite = outline.notFinite;
    data->storageOf = outline.storageOf;
    data->width = outline.width;
    data->tileCount = outline.tileCount;
    data->wantsRowKernels = outline.wantsRowKernels;
    data->firstTile = firstTile;
    if (outline.options.doublePrecision)
        data->tiles = emptyTiles<double>(outline, count);
    else
        data->tiles = emptyTiles<float>(outline, count);
    return data;
}

/// Fills tiles first … first + count − 1 of the chunk.
template <typename Input>
void fillTiles(const Strip<Input>& strip, PreparedResponses::Data& data, Index first, Index count,
               const JobContext& job) {
    std::visit(
        [&](auto& tiles) {
            parallelFor(data.options.threads, count, job, [&](Index index, int) {
                fillTile(strip, data, tiles, first + index);
                summarizeTile(data.plan, tiles, first + index);
            });
        },
        data.tiles);
}

void addRowKernels(PreparedResponses::Data& data, RowKernels kernels, const JobContext& job,
                   const FractionDone& done = {}) {
    const auto folds = static_cast<Index>(data.plan.outer.size());
    const bool useful = choosesByTraces(data.options) && !data.kept.empty();
    if (useful && (kernels == RowKernels::Always || (kernels == RowKernels::WhenWorthwhile && data.wantsRowKernels)))
        for (Index outer = 0; outer < folds; ++outer) {
            tell(done, outer, folds);
            data.kernels.push_back(rowKernels(data, static_cast<std::size_t>(outer), data.options.threads, job));
        }
}

/// Fills tiles that may lie anywhere in the source's targets.
void readTiles(const ResponseSource& source, PreparedResponses::Data& data, Index together, const JobContext& job,
               const FractionDone& done = {}) {
    const Index tiles = std::visit([](const auto& all) { return all.tiles; }, data.tiles);
    const Index step = std::max<Index>(together / data.width, 1);
    for (Index tile = 0; tile < tiles; tile += step) {
        tell(done, tile, tiles);
        const Index count = std::min(step, tiles - tile);
        const auto lastColumn = std::min((tile + count) * data.width, static_cast<Index>(data.kept.size())) - 1;
        const Index first = data.kept[static_cast<std::size_t>(tile * data.width)];
        const Index last = data.kept[static_cast<std::size_t>(lastColumn)];
        const auto values = source.read(first, last - first + 1, job);
        std::visit(
            [&]<typename Input>(const RowMatrix<Input>& matrix) {
                fillTiles(Strip<Input>{panelOf(matrix), first}, data, tile, count, job);
            },
            values);
    }
}

template <typename Input>
std::unique_ptr<const PreparedResponses::Data> prepare(const RowMatrix<Input>& responses, const RidgeOptions& options,
                                                       RowKernels kernels, const JobContext& job,
                                                       const FractionDone& done = {}) {
    auto outline = emptyOutline(responses.rows(), responses.cols(), options);
    if (options.notFinite != NotFinite::DropTargets)
        requireFinite(responses, "responses");
    addStrip(panelOf(responses), 0, outline, job);
    finish(outline);
    auto data = emptyChunk(outline, 0, outline.tileCount);
    fillTiles(Strip<Input>{panelOf(responses)}, *data, 0, outline.tileCount, job);
    addRowKernels(*data, kernels, job, partOf(done, readingShare, 1));
    return data;
}

std::unique_ptr<const PreparedResponses::Data> prepareSource(const ResponseSource& source, const RidgeOptions& options,
                                                             Index together, const JobContext& job,
                                                             const FractionDone& done) {
    if (together >= source.targets()) {
        const auto values = source.read(0, source.targets(), job);
        return std::visit(
            [&](const auto& matrix) { return prepare(matrix, options, RowKernels::WhenWorthwhile, job, done); },
            values);
    }
    const auto outline = outlineResponses(source, options, together, job, partOf(done, 0, readingShare / 2));
    auto data = emptyChunk(outline, 0, outline.tileCount);
    readTiles(source, *data, together, job, partOf(done, readingShare / 2, readingShare));
    addRowKernels(*data, RowKernels::WhenWorthwhile, job, partOf(done, readingShare, 1));
    return data;
}

} // namespace

std::unique_ptr<const PreparedResponses::Data> prepareResponses(const RowMatrix<float>& responses,
                                                                const RidgeOptions& options, RowKernels kernels,
                                                                const JobContext& job) {
    return prepare(responses, options, kernels, job);
}

std::unique_ptr<const PreparedResponses::Data> prepareResponses(const RowMatrix<double>& responses,
                                                                const RidgeOptions& options, RowKernels kernels,
                                                                const JobContext& job) {
    return prepare(responses, options, kernels, job);
}

std::unique_ptr<const PreparedResponses::Data> prepareChunk(const ResponseSource& source,
                                                            const ResponseOutline& outline, Index firstTile,
                                                            Index tiles, Index together, const JobContext& job) {
    auto data = emptyChunk(outline, firstTile, tiles);
    readTiles(source, *data, together, job);
    return data;
}

PreparedResponses::PreparedResponses(const RowMatrix<float>& responses, const RidgeOptions& options,
                                     const JobContext& job)
    : m_data(prepareResponses(responses, options, RowKernels::WhenWorthwhile, job)) {}
PreparedResponses::PreparedResponses(const RowMatrix<double>& responses, const RidgeOptions& options,
                                     const JobContext& job)
    : m_data(prepareResponses(responses, options, RowKernels::WhenWorthwhile, job)) {}
PreparedResponses::PreparedResponses(const ResponseSource& source, const RidgeOptions& options, Index together,
                                     const JobContext& job, const FractionDone& done)
    : m_data(prepareSource(source, options, together, job, done)) {}
PreparedResponses::~PreparedResponses() = default;
PreparedResponses::PreparedResponses(PreparedResponses&&) noexcept = default;
PreparedResponses& PreparedResponses::operator=(PreparedResponses&&) noexcept = default;

} // namespace brainlike
