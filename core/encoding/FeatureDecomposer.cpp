#include "core/encoding/FeatureDecomposer.h"

#include "core/base/Error.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <string>
#include <utility>

namespace brainlike {

using Eigen::Index;

FeatureDecomposer::FeatureDecomposer(const RowMatrix<double>& features, PreparedFeatures::Data& data, FoldDepth depth,
                                     RowMatrix<double>* given)
    : m_features(features), m_data(data), m_depth(depth), m_threads(data.options.threads), m_centred(centred(features)),
      m_work(data.plan.outer.size()) {
    if (depth == FoldDepth::InTurn)
        prepareInTurn(given);
    else if (data.space == Space::Features)
        whitenBeside();
}

/// The whitening is one long decomposition that all folds wait for: the other threads begin the first folds.
void FeatureDecomposer::whitenBeside() {
    Whitening whitening;
    const auto begun = std::min(m_work.size(), static_cast<std::size_t>(m_threads));
    parallelFor(m_threads, static_cast<Index>(begun) + 2, JobContext(), [&](Index index, int) {
        if (index == 0)
            whitening = whiteningOf(m_centred.values);
        else if (index == 1)
            m_outerMoments = momentsOf(m_centred.values, m_data.plan.outer);
        else
            beginOnce(static_cast<std::size_t>(index - 2));
    });
    m_data.whitened = whitened(m_centred.values, whitening, m_threads);
    m_unwhiten = std::move(whitening.unwhiten);
}

/// Does first what needs the features as they were given.
void FeatureDecomposer::prepareInTurn(RowMatrix<double>* given) {
    for (std::size_t outer = 0; outer < m_work.size(); ++outer)
        scale(outer);
    if (given != nullptr)
        given->resize(0, 0);
    if (m_data.space == Space::Features) {
        auto whitening = whiteningOf(m_centred.values);
        m_data.whitened = whitened(m_centred.values, whitening, m_threads);
        m_unwhiten = std::move(whitening.unwhiten);
    } else if (keepsInnerProducts(m_data.plan, m_data.columns)) {
        for (std::size_t outer = 0; outer < m_work.size(); ++outer)
            m_work[outer].innerProducts = productsOf(outer);
        m_centred.values.resize(0, 0);
    }
}

void FeatureDecomposer::beginOnce(std::size_t outer) {
    auto& work = m_work[outer];
    // Nothing is thrown through call_once, which not every threading library bears.
    std::call_once(work.begun, [&] {
        try {
            begin(outer);
        } catch (...) {
            work.failure = std::current_exception();
        }
    });
}

void FeatureDecomposer::begin(std::size_t outer) {
    scale(outer);
    auto& work = m_work[outer];
    auto& inner = m_data.folds[outer].inner;
    inner.resize(partCount(outer) - 1);
    if (m_data.space == Space::Samples)
        work.innerProducts = productsOf(outer);
    else if (!inner.empty())
        work.innerMoments = momentsOf(m_centred.values, m_data.plan.inner[outer]);
}

void FeatureDecomposer::scale(std::size_t outer) {
    auto& work = m_work[outer];
    work.scale = scaleIn(m_features, m_centred, joinedWithout(m_data.plan.outer, outer), m_data.options.standardize);
    auto& result = m_data.folds[outer];
    result.droppedColumns = static_cast<int>((work.scale.array() == 0).count());
    if (result.droppedColumns == work.scale.size())
        throw ValueError({.what = "Every feature is constant in a training set",
                          .place = "training rows of outer fold " + std::to_string(outer),
                          .expected = "at least one feature that varies",
                          .advice = "check the features, or shuffle the rows"});
    work.testRowsEqual.push_back(rowsEqual(m_features, work.scale, m_data.plan.outer[outer]) ? 1 : 0);
    for (std::size_t inner = 1; inner < partCount(outer); ++inner)
        work.testRowsEqual.push_back(rowsEqual(m_features, work.scale, m_data.plan.inner[outer][inner - 1]) ? 1 : 0);
}

RowMatrix<double> FeatureDecomposer::productsOf(std::size_t outer) const {
    return gramOfRows(m_centred.values * m_work[outer].scale.asDiagonal());
}

void FeatureDecomposer::decompose(const Part& part) {
    const auto& work = m_work[part.outer];
    auto& result = m_data.folds[part.outer];
    const double alpha = m_data.options.alphas.front();
    const bool isOuter = part.part == 0;
    const std::size_t left = isOuter ? part.outer : part.part - 1;
    const auto& blocks = isOuter ? m_data.plan.outer : m_data.plan.inner[part.outer];
    const auto& moments = isOuter ? m_outerMoments : work.innerMoments;
    const bool equal = work.testRowsEqual[part.part] != 0;
    if (isOuter) {
        result.outer = m_data.space == Space::Features
                           ? decomposeFeatures(m_centred.values, work.scale, m_unwhiten, moments, blocks, left, alpha)
                           : decomposeSamples(work.innerProducts, blocks, left, alpha);
        result.outer.testRowsEqual = equal;
        return;
    }
    const auto products = m_data.options.doublePrecision ? Products::Double : Products::Single;
    result.inner[left] =
        m_data.space == Space::Features
            ? decomposeInnerFeatures(m_centred.values, work.scale, m_unwhiten, moments, blocks, left, alpha, products)
            : InnerDecomposition(decomposeSamples(work.innerProducts, blocks, left, alpha));
    result.inner[left].testRowsEqual = equal;
}

std::size_t FeatureDecomposer::partCount(std::size_t outer) const {
    return m_depth == FoldDepth::OuterOnly ? 1 : m_data.plan.inner[outer].size() + 1;
}

/// As many outer folds in turn as there are threads, so that none waits for what another begins.
std::vector<FeatureDecomposer::Part> FeatureDecomposer::partsInTurn() const {
    std::vector<Part> parts;
    for (std::size_t first = 0; first < m_work.size(); first += static_cast<std::size_t>(m_threads)) {
        const std::size_t last = std::min(m_work.size(), first + static_cast<std::size_t>(m_threads));
        std::size_t most = 0;
        for (std::size_t outer = first; outer < last; ++outer)
            most = std::max(most, partCount(outer));
        for (std::size_t part = firstPart(); part < most; ++part)
            for (std::size_t outer = first; outer < last; ++outer)
                if (part < partCount(outer))
                    parts.push_back({outer, part});
    }
    return parts;
}

/// Parts of one outer fold share what the first of them to begin computes; it is given up with the last.
void FeatureDecomposer::decomposeAll(const JobContext& job) {
    const auto parts = partsInTurn();
    parallelFor(m_threads, static_cast<Index>(parts.size()), job, [&](Index index, int) {
        const auto& part = parts[static_cast<std::size_t>(index)];
        beginOnce(part.outer);
        auto& work = m_work[part.outer];
        if (work.failure)
            std::rethrow_exception(work.failure);
        decompose(part);
        if (++work.finished == partCount(part.outer) - firstPart()) {
            work.innerMoments = {};
            work.innerProducts = {};
        }
    });
}

void FeatureDecomposer::giveUpInner() {
    for (auto& fold : m_data.folds)
        fold.inner = {};
}

void FeatureDecomposer::decomposeInner(std::size_t first, std::size_t count, const JobContext& job) {
    giveUpInner();
    const bool inFeatures = m_data.space == Space::Features;
    const bool formsProducts = !inFeatures && !keepsInnerProducts(m_data.plan, m_data.columns);
    std::vector<Part> parts;
    for (std::size_t outer = first; outer < first + count; ++outer) {
        m_data.folds[outer].inner.resize(partCount(outer) - 1);
        m_work[outer].innerMoments.resize(inFeatures ? partCount(outer) - 1 : 0);
        for (std::size_t part = 1; part < partCount(outer); ++part)
            parts.push_back({outer, part});
    }
    const auto forParts = [&](const auto& use) {
        parallelFor(m_threads, static_cast<Index>(parts.size()), job,
                    [&](Index index, int) { use(parts[static_cast<std::size_t>(index)]); });
    };
    if (inFeatures)
        forParts([&](const Part& part) {
            m_work[part.outer].innerMoments[part.part - 1] =
                momentsOf(m_centred.values, m_data.plan.inner[part.outer][part.part - 1]);
        });
    for (std::size_t outer = first; outer < first + count && formsProducts; ++outer)
        m_work[outer].innerProducts = productsOf(outer);
    forParts([&](const Part& part) { decompose(part); });
    for (std::size_t outer = first; outer < first + count; ++outer) {
        m_work[outer].innerMoments = {};
        if (formsProducts)
            m_work[outer].innerProducts = {};
    }
}

void FeatureDecomposer::decomposeOuter(const JobContext& job) {
    giveUpInner();
    const auto folds = static_cast<Index>(m_work.size());
    if (m_data.space == Space::Features) {
        m_outerMoments.resize(m_work.size());
        parallelFor(m_threads, folds, job, [&](Index index, int) {
            const auto outer = static_cast<std::size_t>(index);
            m_outerMoments[outer] = momentsOf(m_centred.values, m_data.plan.outer[outer]);
        });
    }
    parallelFor(m_threads, folds, job, [&](Index index, int) {
        const auto outer = static_cast<std::size_t>(index);
        auto& products = m_work[outer].innerProducts;
        if (m_data.space == Space::Samples && products.size() == 0)
            products = productsOf(outer);
        decompose({outer, 0});
        products = {};
    });
    m_outerMoments = {};
    m_unwhiten = {};
    m_centred = {};
}

void FeatureDecomposer::solveOuter(const std::vector<int>& alphas, const JobContext& job) {
    giveUpInner();
    parallelFor(m_threads, static_cast<Index>(m_work.size()), job, [&](Index index, int) {
        const auto outer = static_cast<std::size_t>(index);
        if (alphas[outer] < 0)
            return;
        const auto& work = m_work[outer];
        auto& decomposition = m_data.folds[outer].outer;
        decomposition = solvedFeatures(m_centred.values, work.scale, m_unwhiten, m_outerMoments, m_data.plan.outer,
                                       outer, m_data.options.alphas.front(),
                                       m_data.options.alphas[static_cast<std::size_t>(alphas[outer])]);
        decomposition.testRowsEqual = work.testRowsEqual.front() != 0;
    });
    m_outerMoments = {};
    m_unwhiten = {};
    m_centred = {};
}

bool keepsInnerProducts(const FoldPlan& plan, Index columns) {
    return static_cast<Index>(plan.outer.size()) * plan.rows <= columns;
}

} // namespace brainlike
