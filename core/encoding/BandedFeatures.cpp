#include "core/encoding/BandedFeatures.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/encoding/FiniteCheck.h"

#include <string>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;
using Eigen::RowVectorXd;

void requireSpaces(const std::vector<FeatureSpace>& spaces) {
    if (spaces.empty())
        throw ValueError({.what = "A banded ridge needs a feature space", .expected = "one or more", .found = "none"});
    const auto rows = spaces.front().values.rows();
    for (const auto& space : spaces) {
        if (space.values.cols() < 1)
            throw ShapeError({.what = "A feature space has no columns",
                              .place = space.name,
                              .expected = "images × features",
                              .found = std::to_string(space.values.rows()) + " × 0"});
        if (space.values.rows() != rows)
            throw ShapeError({.what = "Two feature spaces do not have the same number of rows",
                              .place = space.name,
                              .expected = counted(rows, "row") + ", as " + spaces.front().name,
                              .found = std::to_string(space.values.rows()),
                              .advice = "bring one row an image to each, in the same order"});
        requireFinite(space.values, space.name);
    }
}

RowMatrix<double> sideBySide(const std::vector<FeatureSpace>& spaces, const std::vector<Index>& first) {
    RowMatrix<double> values(spaces.front().values.rows(), first.back());
    for (std::size_t space = 0; space < spaces.size(); ++space)
        values.middleCols(first[space], spaces[space].values.cols()) = spaces[space].values;
    return values;
}

RowMatrix<double> centredOverRows(RowMatrix<double> matrix) {
    const RowVectorXd mean = matrix.colwise().mean();
    matrix.rowwise() -= mean;
    return matrix;
}

} // namespace

BandedFeatures BandedFeatures::make(const std::vector<FeatureSpace>& spaces, const RidgeOptions& options) {
    validate(options);
    requireSpaces(spaces);
    BandedFeatures result;
    result.first.push_back(0);
    for (const auto& space : spaces) {
        result.names.push_back(space.name);
        result.first.push_back(result.first.back() + space.values.cols());
    }
    result.values = sideBySide(spaces, result.first);
    result.centred = brainlike::centred(result.values);
    auto& shared = result.shared;
    shared.options = options;
    shared.columns = result.values.cols();
    shared.plan = FoldPlan::make(result.values.rows(), options);
    shared.space = cheaperSpace(shared.plan, shared.columns);
    shared.folds.resize(shared.plan.outer.size());
    if (shared.space == Space::Features) {
        auto whitening = whiteningOf(result.centred.values);
        shared.whitened = whitened(result.centred.values, whitening, options.threads);
        result.unwhiten = std::move(whitening.unwhiten);
        result.outerMoments = momentsOf(result.centred.values, shared.plan.outer);
    }
    return result;
}

BandedFold::BandedFold(const BandedFeatures& features, std::size_t outer) : m_features(features), m_outer(outer) {
    const auto& plan = features.shared.plan;
    m_scale = scaleIn(features.values, features.centred, joinedWithout(plan.outer, outer),
                      features.shared.options.standardize);
    m_dropped = (m_scale.array() == 0).count();
    requireVarying();
    if (features.shared.space == Space::Features)
        prepareInFeatures();
    else
        prepareInSamples();
}

void BandedFold::requireVarying() const {
    for (std::size_t space = 0; space < m_features.names.size(); ++space) {
        const Index first = m_features.first[space];
        if (m_scale.segment(first, m_features.first[space + 1] - first).isZero(0))
            throw ValueError(
                {.what = "Every feature of a space is constant in a training set",
                 .place = m_features.names[space] + ", training rows of outer fold " + std::to_string(m_outer),
                 .expected = "at least one feature that varies",
                 .advice = "leave the space out, or shuffle the rows"});
    }
}

RowVectorXd BandedFold::weighted(const RowVectorXd& weights) const {
    RowVectorXd scale = m_scale;
    for (Index space = 0; space < weights.size(); ++space) {
        const auto index = static_cast<std::size_t>(space);
        const Index first = m_features.first[index];
        scale.segment(first, m_features.first[index + 1] - first) *= std::sqrt(weights[space]);
    }
    return scale;
}

bool BandedFold::testRowsEqual(const RowVectorXd& weights) const {
    return rowsEqual(m_features.values, weighted(weights), m_features.shared.plan.outer[m_outer]);
}

/// With values = centred features, whitened = values · M, M being the inverse of unwhiten.
void BandedFold::prepareInFeatures() {
    const auto& plan = m_features.shared.plan;
    const auto& values = m_features.centred.values;
    m_innerMoments = momentsOf(values, plan.inner[m_outer]);
    m_trainingSide =
        centredOverRows(gathered(m_features.shared.whitened, joinedWithout(plan.outer, m_outer))).transpose();
    const RowVectorXd lengths = m_features.unwhiten.colwise().squaredNorm();
    const RowMatrix<double> inverse = m_features.unwhiten * lengths.cwiseInverse().asDiagonal();
    const auto test = centredOverRows(gathered(values, plan.outer[m_outer]));
    for (std::size_t space = 0; space < m_features.names.size(); ++space) {
        const Index first = m_features.first[space];
        const Index count = m_features.first[space + 1] - first;
        m_testSides.push_back(product(test.middleCols(first, count), inverse.middleRows(first, count)));
    }
}

void BandedFold::prepareInSamples() {
    const auto& plan = m_features.shared.plan;
    const Rows training = joinedWithout(plan.outer, m_outer);
    const Rows& test = plan.outer[m_outer];
    for (std::size_t space = 0; space < m_features.names.size(); ++space) {
        const Index first = m_features.first[space];
        const Index count = m_features.first[space + 1] - first;
        const RowMatrix<double> scaled =
            m_features.centred.values.middleCols(first, count) * m_scale.segment(first, count).asDiagonal();
        m_innerProducts.push_back(gramOfRows(scaled));
        RowMatrix<double> cross = m_innerProducts.back()(test, training);
        const Eigen::VectorXd mean = cross.rowwise().mean();
        cross.colwise() -= mean;
        m_testSides.push_back(centredOverRows(std::move(cross)));
    }
}

RowMatrix<double> BandedFold::innerProducts(const RowVectorXd& weights) const {
    RowMatrix<double> sum = weights[0] * m_innerProducts[0];
    for (Index space = 1; space < weights.size(); ++space)
        sum += weights[space] * m_innerProducts[static_cast<std::size_t>(space)];
    return sum;
}

InnerDecomposition BandedFold::inner(const RowVectorXd& weights, std::size_t left) const {
    const auto& shared = m_features.shared;
    const auto& blocks = shared.plan.inner[m_outer];
    const double alpha = shared.options.alphas.front();
    auto result = shared.space == Space::Features
                      ? decomposeInnerFeatures(m_features.centred.values, weighted(weights), m_features.unwhiten,
                                               m_innerMoments, blocks, left, alpha,
                                               shared.options.doublePrecision ? Products::Double : Products::Single)
                      : InnerDecomposition(decomposeSamples(innerProducts(weights), blocks, left, alpha));
    result.testRowsEqual = rowsEqual(m_features.values, weighted(weights), blocks[left]);
    return result;
}

Decomposition BandedFold::outer(const RowVectorXd& weights) const {
    const auto& shared = m_features.shared;
    const double alpha = shared.options.alphas.front();
    if (shared.space == Space::Features)
        return decomposeFeatures(m_features.centred.values, weighted(weights), m_features.unwhiten,
                                 m_features.outerMoments, shared.plan.outer, m_outer, alpha);
    return decomposeSamples(innerProducts(weights), shared.plan.outer, m_outer, alpha);
}

} // namespace brainlike
