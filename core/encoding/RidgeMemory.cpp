#include "core/encoding/RidgeMemory.h"

#include "core/encoding/FeatureDecomposer.h"
#include "core/encoding/OuterPrediction.h"
#include "core/encoding/ResponseTiling.h"
#include "core/encoding/SelectionKernels.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double number = 8; ///< bytes of a double
/// Small things, and the rounding up of every allocation.
constexpr double margin = 1.04;
constexpr double extra = 256.0 * 1024;

/// Products pack blocks of so many rows, as wide as the matrix.
constexpr double bufferRows = 384;
constexpr double smallestBuffer = 4.0 * 1024 * 1024;

double largestBlock(const std::vector<Rows>& blocks) {
    std::size_t largest = 0;
    for (const auto& block : blocks)
        largest = std::max(largest, block.size());
    return static_cast<double>(largest);
}

/// The sizes as they go into formulas.
struct Terms {
    double rows, columns, targets, folds, inner, width, alphas, threads;
    double scalar;     ///< bytes of a response
    double training;   ///< rows of the largest outer training set
    double test;       ///< rows of the largest outer test set
    double innerTest;  ///< of the largest inner test set
    double innerTrain; ///< of the largest inner training set
    double rank;       ///< eigenvectors of a decomposition
    double size;       ///< what they are projected from: features, or training rows
    bool inFeatures;

    explicit Terms(const FitSizes& sizes)
        : rows(static_cast<double>(sizes.plan.rows)), columns(static_cast<double>(sizes.columns)),
          targets(static_cast<double>(sizes.targets)), folds(static_cast<double>(sizes.plan.outer.size())), inner(0),
          width(static_cast<double>(tileWidthFor(sizes.targets))),
          alphas(static_cast<double>(sizes.options.alphas.size())), threads(sizes.threads),
          scalar(sizes.options.doublePrecision ? 8 : 4), training(0), test(largestBlock(sizes.plan.outer)),
          innerTest(0), innerTrain(0), inFeatures(cheaperSpace(sizes.plan, sizes.columns) == Space::Features) {
        for (std::size_t outer = 0; outer < sizes.plan.outer.size(); ++outer) {
            const auto& blocks = sizes.plan.inner[outer];
            const auto all = static_cast<double>(rowCount(blocks));
            training = std::max(training, all);
            inner = std::max(inner, static_cast<double>(blocks.size()));
            innerTest = std::max(innerTest, largestBlock(blocks));
            for (const auto& block : blocks)
                innerTrain = std::max(innerTrain, all - static_cast<double>(block.size()));
        }
        rank = inFeatures ? columns : innerTrain;
        size = inFeatures ? columns : innerTrain;
    }

    /// Threads that find work in so many pieces.
    [[nodiscard]] double busy(double pieces) const { return std::min(threads, std::max(pieces, 1.0)); }
    [[nodiscard]] double tiles() const { return std::max(1.0, std::ceil(targets / width)); }
};

double rounded(double bytes) {
    return margin * bytes + extra;
}

/// Scratch of one worker for one tile divided into inner folds.
double innerTileBytes(const Terms& terms, bool withFeatures) {
    const double responses = (withFeatures ? 1 : 2) * terms.training + terms.innerTest + 2 * terms.inner;
    const double features = withFeatures ? 2 * terms.inner * terms.columns : 0;
    const double meanTerms = withFeatures ? terms.inner * terms.inner * terms.columns * terms.scalar : 0;
    return terms.width * ((responses + features) * terms.scalar + (4 * terms.inner + 8) * number) + meanTerms;
}

/// Features of each inner block, in the responses' precision, while and after they are made.
double innerFeatureBytes(const Terms& terms) {
    return terms.inFeatures ? terms.training * terms.columns * terms.scalar + terms.inner * terms.columns * number +
                                  2 * terms.innerTest * terms.columns * number
                            : 0;
}

double kernelSumBytes(const Terms& terms, double size, Eigen::Index kernelSize) {
    const auto tiles = static_cast<Eigen::Index>(terms.tiles());
    const auto parts = static_cast<double>(kernelParts(tiles, kernelSize, static_cast<std::size_t>(terms.inner)));
    return parts * terms.inner * size * (size + terms.innerTest) * (number + terms.scalar);
}

/// Parts that sum at the same time.
double summingBytes(const Terms& terms, Eigen::Index kernelSize, bool withFeatures) {
    const auto tiles = static_cast<Eigen::Index>(terms.tiles());
    const auto parts = static_cast<double>(kernelParts(tiles, kernelSize, static_cast<std::size_t>(terms.inner)));
    return terms.busy(parts) * innerTileBytes(terms, withFeatures);
}

/// Selection scores of one pair from its kernels.
double traceBytes(const Terms& terms, bool hasRowKernels) {
    const double s = terms.scalar;
    double bytes = terms.size * terms.size * (5 * s + number) + terms.size * terms.innerTest * (3 * s + 2 * number);
    if (hasRowKernels && terms.inFeatures)
        bytes += terms.innerTrain * terms.columns * (number + 2 * s) +
                 terms.innerTrain * (terms.innerTrain + terms.innerTest) * s +
                 terms.columns * (terms.columns + terms.innerTest) * (s + number);
    return bytes;
}

/// Each target's own scores in one outer fold: the model, and the scratch of the workers.
double targetScoreBytes(const Terms& terms) {
    const double reduced = std::min(terms.rank, terms.innerTest);
    const double pairs =
        terms.inner * terms.scalar * terms.rank * (terms.size + terms.innerTest + reduced + terms.alphas) +
        3 * terms.innerTest * terms.rank * number;
    const double scratch = terms.width * ((2 * terms.rank + (terms.rank + reduced) * terms.alphas) * terms.scalar +
                                          5 * terms.alphas * number);
    return innerFeatureBytes(terms) + pairs +
           terms.busy(terms.tiles()) * (innerTileBytes(terms, terms.inFeatures) + scratch);
}

PredictionForm formFor(const FitSizes& sizes, const Terms& terms) {
    return cheaperForm(sizes.plan, terms.inFeatures ? Space::Features : Space::Samples, sizes.columns);
}

/// The model that predicts, which stays from chunk to chunk.
double predictionBytes(const FitSizes& sizes, const Terms& terms) {
    const bool global = sizes.options.lambdaMode == LambdaMode::Global;
    const double rank = terms.inFeatures ? terms.columns : terms.training;
    if (formFor(sizes, terms) == PredictionForm::Blocks)
        return terms.scalar *
               (terms.rows * terms.columns + terms.folds * terms.columns * number / terms.scalar +
                terms.folds * terms.columns *
                    ((global ? 1 : 2) * terms.columns + std::min(terms.columns, terms.test) + terms.alphas));
    return terms.scalar * terms.folds *
           (global ? terms.test * terms.training : rank * (terms.training + terms.test + terms.alphas));
}

/// What making that model takes on top, and predicting tiles with it.
double predictingBytes(const FitSizes& sizes, const Terms& terms) {
    const double rank = terms.inFeatures ? terms.columns : terms.training;
    double making = 0;
    double tile = 0; // of each target
    double meanTerms = 0;
    if (formFor(sizes, terms) == PredictionForm::Blocks) {
        making = number * terms.columns * (3 * terms.columns + 5 * terms.test);
        const bool weights = takesWeights(static_cast<Eigen::Index>(terms.test), sizes.columns);
        const double sets = (weights ? 2 : 1) * terms.folds;
        const double own = (weights ? 1 : 0) + (sizes.options.lambdaMode == LambdaMode::Global ? 0 : 1);
        tile = (terms.folds + sets + own) * terms.columns + std::min(terms.columns, terms.test) + terms.folds;
        meanTerms = sets * terms.folds * terms.columns * terms.scalar;
    } else {
        making = number * (rank * (terms.inFeatures ? terms.columns : 0) + 2 * rank * terms.training +
                           (terms.inFeatures ? 2 * terms.training * terms.columns : 0) +
                           terms.test * (2 * rank + terms.training));
        tile = rank + terms.test;
    }
    return std::max(terms.busy(terms.folds) * making,
                    terms.busy(terms.tiles()) * (terms.width * (tile * terms.scalar + 4 * number) + meanTerms));
}

/// Scores and λ of every target, as they are collected and as they are handed over.
double resultBytes(const FitSizes& sizes, const Terms& terms) {
    const bool global = sizes.options.lambdaMode == LambdaMode::Global;
    const double each = global ? 0 : terms.folds * (4 + number);
    return terms.targets * (2 * terms.folds * number + number + each + 16);
}

/// What one outer fold's choice keeps until all its chunks are added.
double choiceBytes(const FitSizes& sizes, const Terms& terms) {
    if (!choosesByTraces(sizes.options) || sizes.hasRowKernels)
        return 0;
    const double rows = terms.training;
    return kernelSumBytes(terms, terms.size, static_cast<Eigen::Index>(terms.inFeatures ? terms.columns : rows));
}

/// What choosing λ takes, for so many outer folds at once.
double choosingBytes(const FitSizes& sizes, const Terms& terms, double together) {
    if (!choosesByTraces(sizes.options))
        return targetScoreBytes(terms);
    const double traces = terms.busy(terms.inner) * traceBytes(terms, sizes.hasRowKernels);
    if (sizes.hasRowKernels)
        return traces;
    const auto kernelSize = static_cast<Eigen::Index>(terms.inFeatures ? terms.columns : terms.training);
    const double kept = choiceBytes(sizes, terms);
    // A fold's sums are joined, in double, before its scores are formed.
    const double joined = terms.inner * terms.size * (terms.size + terms.innerTest) * number;
    return std::max({(together - 1) * kept + joined + traces,
                     together * kept + innerFeatureBytes(terms) + summingBytes(terms, kernelSize, terms.inFeatures)});
}

/// Numbers of one outer fold's own decomposition.
double outerDecomposition(const FitSizes& sizes, const Terms& terms, std::size_t outer) {
    const auto test = static_cast<double>(sizes.plan.outer[outer].size());
    const double rank = terms.inFeatures ? terms.columns : terms.rows - test;
    return rank * (rank + test + 1);
}

/// Numbers of the decompositions of its inner folds, in doubles' worth: they are kept in single precision where λ is
/// chosen by that.
double innerDecompositions(const FitSizes& sizes, const Terms& terms, std::size_t outer) {
    const auto& blocks = sizes.plan.inner[outer];
    const auto training = static_cast<double>(rowCount(blocks));
    double numbers = 0;
    for (const auto& block : blocks) {
        const auto test = static_cast<double>(block.size());
        const double rank = terms.inFeatures ? terms.columns : training - test;
        numbers += (terms.inFeatures && !sizes.options.doublePrecision ? 0.5 : 1) * rank * (rank + test) + rank;
    }
    return numbers;
}

/// Numbers that decomposing one fold takes besides.
double decomposing(const Terms& terms) {
    const double order = terms.inFeatures ? terms.columns : terms.training;
    return 4 * order * order + 2 * terms.test * order;
}

// Folds decomposed in turn: numbers at the peak of each phase.

/// Without any decomposition.
double undecomposed(const FitSizes& sizes, const Terms& terms) {
    const double given = terms.rows * terms.columns;
    if (terms.inFeatures)
        return 2 * given + terms.columns * terms.columns;
    return keepsInnerProducts(sizes.plan, sizes.columns) ? terms.folds * terms.rows * terms.rows : given;
}

double choosingInTurn(const FitSizes& sizes, const Terms& terms) {
    const std::size_t folds = sizes.plan.outer.size();
    double most = 0;
    for (std::size_t first = 0; first < folds; first += sizes.foldsInTurn) {
        double together = 0;
        for (std::size_t outer = first; outer < std::min(folds, first + sizes.foldsInTurn); ++outer)
            together += innerDecompositions(sizes, terms, outer);
        most = std::max(most, together);
    }
    return undecomposed(sizes, terms) + most;
}

double predictingInTurn(const FitSizes& sizes, const Terms& terms) {
    double numbers = terms.inFeatures ? terms.rows * terms.columns : 0;
    for (std::size_t outer = 0; outer < sizes.plan.outer.size(); ++outer)
        numbers += outerDecomposition(sizes, terms, outer);
    return numbers;
}

double preparingInTurn(const FitSizes& sizes, const Terms& terms) {
    const double given = terms.rows * terms.columns;
    const double square = terms.columns * terms.columns;
    const double products = terms.rows * terms.rows;
    const double scaling = 2 * given + terms.training * terms.columns;
    const double parts = static_cast<double>(sizes.foldsInTurn) * terms.inner;
    const bool keepsProducts = !terms.inFeatures && keepsInnerProducts(sizes.plan, sizes.columns);
    const double inner = choosingInTurn(sizes, terms) + terms.busy(parts) * decomposing(terms);
    const double outer = undecomposed(sizes, terms) + predictingInTurn(sizes, terms) - (terms.inFeatures ? given : 0) +
                         terms.busy(terms.folds) * decomposing(terms);
    if (terms.inFeatures)
        return std::max({scaling, given + 5 * square, 2 * given + 3 * square, inner + parts * square,
                         outer + terms.folds * square});
    if (keepsProducts)
        return std::max({scaling, 2 * given + terms.folds * products, inner, outer});
    const auto together = static_cast<double>(sizes.foldsInTurn);
    return std::max(
        {scaling, inner + given + together * products, outer + terms.busy(terms.folds) * (given + products)});
}

} // namespace

double preparedFeatureBytes(const FitSizes& sizes) {
    const Terms terms(sizes);
    if (sizes.foldsInTurn > 0)
        return rounded(number * std::max(choosingInTurn(sizes, terms), predictingInTurn(sizes, terms)));
    double numbers = terms.inFeatures ? terms.rows * terms.columns : 0;
    for (std::size_t outer = 0; outer < sizes.plan.outer.size(); ++outer)
        numbers += outerDecomposition(sizes, terms, outer) + innerDecompositions(sizes, terms, outer);
    return rounded(number * numbers);
}

double preparingFeatureBytes(const FitSizes& sizes) {
    const Terms terms(sizes);
    if (sizes.foldsInTurn > 0)
        return std::max(0.0, rounded(number * preparingInTurn(sizes, terms)) - preparedFeatureBytes(sizes));
    const double given = terms.rows * terms.columns;
    const double square = terms.columns * terms.columns;
    const double started = std::min(terms.folds, 1 + terms.threads / terms.inner);
    if (!terms.inFeatures)
        return rounded(number * (2 * given + started * (given + terms.rows * terms.rows) +
                                 terms.busy(terms.folds * terms.inner) * decomposing(terms)));
    const double whitening = 2 * given + 5 * square;
    const double fold = terms.folds * square + square + started * (terms.inner * square + given) +
                        terms.busy(terms.folds * terms.inner) * decomposing(terms);
    return rounded(number * (2 * given + std::max(whitening, fold)));
}

double responseTileBytes(const FitSizes& sizes, Eigen::Index tiles) {
    const Terms terms(sizes);
    const double tile = terms.width * ((terms.rows + terms.folds) * terms.scalar + (terms.folds + 3) * number);
    const double plan = terms.rows * (terms.folds + 2) * number;
    return rounded(static_cast<double>(tiles) * tile + 2 * plan);
}

double rowKernelSumBytes(const FitSizes& sizes) {
    const Terms terms(sizes);
    const auto rows = static_cast<Eigen::Index>(terms.training);
    return rounded(kernelSumBytes(terms, terms.innerTrain, rows) + summingBytes(terms, rows, false));
}

double productBufferBytes(const FitSizes& sizes) {
    const Terms terms(sizes);
    return smallestBuffer + bufferRows * number * std::max(terms.columns, terms.training);
}

double keptFitBytes(const FitSizes& sizes) {
    const Terms terms(sizes);
    const auto together = static_cast<double>(std::max<std::size_t>(sizes.foldsTogether, 1));
    return rounded(resultBytes(sizes, terms) +
                   std::max(together * choiceBytes(sizes, terms), predictionBytes(sizes, terms)));
}

double waitingFitBytes(const FitSizes& sizes) {
    return rounded(resultBytes(sizes, Terms(sizes)));
}

double fitBytes(const FitSizes& sizes) {
    const Terms terms(sizes);
    const auto together = static_cast<double>(std::max<std::size_t>(sizes.foldsTogether, 1));
    const double prediction = predictionBytes(sizes, terms);
    const bool global = sizes.options.lambdaMode == LambdaMode::Global;
    const double choosing = choosingBytes(sizes, terms, together) + (global ? 0 : prediction);
    return rounded(resultBytes(sizes, terms) + std::max(choosing, prediction + predictingBytes(sizes, terms)));
}

} // namespace brainlike
