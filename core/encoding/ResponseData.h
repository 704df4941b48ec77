#pragma once

#include "core/encoding/FoldPlan.h"
#include "core/encoding/LinearAlgebra.h"
#include "core/encoding/ResponseSource.h"
#include "core/encoding/Ridge.h"

#include <memory>
#include <variant>
#include <vector>

namespace brainlike {

/// Responses of the targets that vary, centred over all rows and divided by a power of two near their standard
/// deviation (which changes no digit), in tiles of a few hundred targets that fit into a core's cache. Rows are ordered
/// by outer fold, so that each outer test block is contiguous.
template <typename Scalar>
struct ResponseTiles {
    Eigen::Index rows = 0;
    Eigen::Index width = 0; ///< targets in a tile; the last tile is filled up with zeros
    Eigen::Index tiles = 0;
    std::vector<Scalar, Eigen::aligned_allocator<Scalar>> values;     ///< [tile][row][target]
    std::vector<Scalar, Eigen::aligned_allocator<Scalar>> blockMeans; ///< [tile][outer fold][target]
    RowMatrix<double> testSquares; ///< [outer fold × tiles·width] Σ(y − mean)² of the test rows; 0: r is undefined

    [[nodiscard]] ConstPanel<Scalar> tile(Eigen::Index index) const {
        return {values.data() + index * rows * width, rows, width, Eigen::OuterStride<>(width)};
    }
    [[nodiscard]] ConstPanel<Scalar> means(Eigen::Index index) const {
        return {blockMeans.data() + index * testSquares.rows() * width, testSquares.rows(), width,
                Eigen::OuterStride<>(width)};
    }
};

/// All that the choice of one λ for all targets needs to know of the responses in one (outer, inner) pair: products of
/// the responses, each target weighted, summed over the targets. p is the number of training rows, or of features once
/// the training rows' features have been multiplied in.
struct PairKernels {
    RowMatrix<double> train; ///< [p × p] Σ y_train y_trainᵀ, centred by the training mean
    RowMatrix<double> cross; ///< [p × test rows] Σ y_train y_testᵀ
    double total = 0;        ///< Σ y_testᵀ y_test
    double targets = 0;      ///< targets that take part
};

/// What is known of responses without having them in memory: which targets vary, and how large they are.
struct ResponseOutline {
    RidgeOptions options;
    FoldPlan plan;
    Eigen::Index targets = 0;       ///< in all, with those that do not vary
    std::vector<Eigen::Index> kept; ///< target of each column of the tiles
    std::vector<int> exponents;     ///< [kept] power of two that the column is divided by
    std::vector<double> means;      ///< [kept] mean over all rows, which is subtracted
    int largestExponent = 0;
    int notFinite = 0;            ///< targets left out for a value that is not finite
    Rows storageOf;               ///< row of the tiles that holds an image
    Eigen::Index width = 0;       ///< targets in a tile
    Eigen::Index tileCount = 0;   ///< tiles that all kept targets fill
    bool wantsRowKernels = false; ///< kernels of rows, shared by all layers, are worth having
};

/// All responses, or a chunk of their tiles: then `kept`, `exponents` and `means` are those of the chunk.
struct PreparedResponses::Data : ResponseOutline {
    Eigen::Index firstTile = 0; ///< of the chunk
    std::variant<ResponseTiles<float>, ResponseTiles<double>> tiles;
    std::vector<std::vector<PairKernels>> kernels; ///< [outer][inner] over training rows; empty: not worth having
};

/// Whether the row kernels are computed with the responses, to be shared by many feature sets.
enum class RowKernels { WhenWorthwhile, Never, Always };

[[nodiscard]] std::unique_ptr<const PreparedResponses::Data> prepareResponses(const RowMatrix<float>& responses,
                                                                              const RidgeOptions& options,
                                                                              RowKernels kernels,
                                                                              const JobContext& job = {});
[[nodiscard]] std::unique_ptr<const PreparedResponses::Data> prepareResponses(const RowMatrix<double>& responses,
                                                                              const RidgeOptions& options,
                                                                              RowKernels kernels,
                                                                              const JobContext& job = {});

/// Bytes of the row kernels of all folds; 0 where they are not worth having for so many targets.
[[nodiscard]] double rowKernelBytes(const FoldPlan& plan, const RidgeOptions& options, Eigen::Index targets);

/// Reads responses once to see which targets vary.
///
/// @param together  targets to read at a time; the result does not depend on it
/// @throws as the constructors of PreparedResponses, and what the source throws; CancelledError
[[nodiscard]] ResponseOutline outlineResponses(const ResponseSource& source, const RidgeOptions& options,
                                               Eigen::Index together, const JobContext& job,
                                               const FractionDone& done = {});

/// Reads and prepares some tiles, without row kernels: the same numbers, whatever chunk they are in.
[[nodiscard]] std::unique_ptr<const PreparedResponses::Data> prepareChunk(const ResponseSource& source,
                                                                          const ResponseOutline& outline,
                                                                          Eigen::Index firstTile, Eigen::Index tiles,
                                                                          Eigen::Index together, const JobContext& job);

/// Targets in a tile, where there are so many in all: few hundred, so that little of the last tile is empty.
[[nodiscard]] Eigen::Index tileWidthFor(Eigen::Index targets);

} // namespace brainlike
