#include "core/encoding/StagedFit.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

constexpr const char* predicting = "predicting test images";

/// Options that the answer depends on.
RidgeOptions deciding(RidgeOptions options) {
    options.threads = 1;
    options.keepInner = false;
    return options;
}

void requireSame(const PreparedFeatures::Data& features, const ResponseOutline& responses,
                 const RidgeOptions& options) {
    validate(options);
    if (features.plan.rows != responses.plan.rows)
        throw ShapeError({.what = "Features and responses do not have the same number of rows",
                          .expected = counted(features.plan.rows, "row") + ", as the features",
                          .found = counted(responses.plan.rows, "row") + " of responses",
                          .advice = "bring one row an image to both, in the same order"});
    if (deciding(features.options) != deciding(options) || deciding(responses.options) != deciding(options))
        throw ValueError({.what = "Features and responses were prepared with other options than this fit's",
                          .advice = "prepare both with the options of the fit"});
}

} // namespace

std::string choosingText(std::size_t outer, std::size_t folds) {
    return "choosing λ, fold " + std::to_string(outer + 1) + " of " + std::to_string(folds);
}

StagedFit::StagedFit(const PreparedFeatures::Data& features, const ResponseOutline& responses,
                     const RidgeOptions& options, const std::vector<std::vector<PairKernels>>& kernels,
                     const FitProducts* products)
    : m_features(features), m_responses(responses), m_options(options), m_products(products),
      m_global(features, responses, options, kernels, products) {
    requireSame(features, responses, options);
    const auto folds = features.folds.size();
    const auto kept = responses.kept.size();
    m_scores = RowMatrix<double>::Constant(static_cast<Index>(folds), static_cast<Index>(kept), undefined);
    if (options.lambdaMode == LambdaMode::Global)
        return;
    m_choice.targets.assign(folds, std::vector<int>(kept));
    if (options.keepInner)
        m_choice.innerScores.assign(folds * options.alphas.size() * static_cast<std::size_t>(responses.targets),
                                    undefined);
}

StagedFit::~StagedFit() = default;

std::size_t StagedFit::foldsToChoose() const {
    if (m_isGiven)
        return 0;
    if (isGlobal())
        return m_global.remaining();
    return m_features.inTurn ? m_features.folds.size() - m_chosenFolds : 0;
}

void StagedFit::beginChoice(std::size_t folds) {
    if (isGlobal())
        return m_global.begin(folds);
    m_begunFolds = std::min(folds, foldsToChoose());
    m_added = 0;
}

void StagedFit::addToChoice(const PreparedResponses::Data& chunk, JobContext& job) {
    if (isGlobal())
        return m_global.add(chunk, job);
    for (std::size_t index = 0; index < m_begunFolds; ++index)
        chooseEach(chunk, m_chosenFolds + index, m_added, job);
    m_added += static_cast<Index>(chunk.kept.size());
}

void StagedFit::endChoice(JobContext& job) {
    if (isGlobal())
        return m_global.end(job);
    m_chosenFolds += m_begunFolds;
    m_begunFolds = 0;
}

const ChosenAlphas& StagedFit::chosenAlphas() {
    if (m_choice.global.empty())
        m_choice = m_global.take();
    return m_choice.global;
}

void StagedFit::setChoice(AlphaChoice chosen) {
    const auto folds = m_features.folds.size();
    const bool global = isGlobal();
    bool fits = (global ? chosen.global.size() : chosen.targets.size()) == folds;
    for (const auto& fold : chosen.targets)
        fits = fits && fold.size() == m_responses.kept.size();
    if (!fits)
        throw ShapeError({.what = "The given λ do not fit the folds",
                          .expected = global ? "one λ a fold" : "one λ a fold and target that varies"});
    m_choice = std::move(chosen);
    m_isGiven = true;
}

void StagedFit::chooseEach(const PreparedResponses::Data& chunk, std::size_t outer, Index first,
                           const JobContext& job) {
    const auto targets = static_cast<std::size_t>(m_responses.targets);
    const auto own = chooseEachTarget(m_features, chunk, outer, m_options, job);
    std::copy(own.chosen.begin(), own.chosen.end(), m_choice.targets[outer].begin() + first);
    for (Index alpha = 0; alpha < own.scores.rows(); ++alpha)
        for (Index column = 0; column < own.scores.cols(); ++column)
            m_choice.innerScores[(outer * m_options.alphas.size() + static_cast<std::size_t>(alpha)) * targets +
                                 static_cast<std::size_t>(chunk.kept[static_cast<std::size_t>(column)])] =
                own.scores(alpha, column);
}

void StagedFit::chooseEach(const PreparedResponses::Data& chunk, const JobShare& share) {
    const std::size_t folds = m_features.folds.size();
    for (std::size_t outer = 0; outer < folds; ++outer) {
        share.job.throwIfCancelled();
        share.report(static_cast<double>(outer) / static_cast<double>(folds), choosingText(outer, folds));
        chooseEach(chunk, outer, m_predicted, share.job);
    }
}

template <typename Scalar>
void StagedFit::correlate(const PreparedResponses::Data& chunk, const ResponseTiles<Scalar>& tiles,
                          const JobShare& share) {
    const bool global = isGlobal();
    if (std::holds_alternative<std::monostate>(m_prediction))
        m_prediction.template emplace<OuterPrediction<Scalar>>(m_features, chunk,
                                                               global ? std::optional(m_choice.global) : std::nullopt,
                                                               productsIn<Scalar>(m_products), m_options.threads);
    const auto& prediction = std::get<OuterPrediction<Scalar>>(m_prediction);
    const auto folds = static_cast<std::size_t>(m_scores.rows());
    std::vector<std::optional<OuterTile<Scalar>>> workers(static_cast<std::size_t>(m_options.threads));
    std::atomic<Index> done = 0;
    parallelFor(m_options.threads, tiles.tiles, share.job, [&](Index tile, int worker) {
        auto& own = workers[static_cast<std::size_t>(worker)];
        if (!own)
            own.emplace(prediction, tiles);
        own->load(tile);
        const Index first = m_predicted + tile * tiles.width;
        const Index width = std::min(tiles.width, m_predicted + static_cast<Index>(chunk.kept.size()) - first);
        std::vector<int> alphas(global ? 0 : static_cast<std::size_t>(tiles.width));
        std::vector<double> scores(static_cast<std::size_t>(tiles.width));
        for (std::size_t fold = 0; fold < folds; ++fold) {
            for (Index column = 0; column < width && !global; ++column)
                alphas[static_cast<std::size_t>(column)] =
                    std::max(m_choice.targets[fold][static_cast<std::size_t>(first + column)], 0);
            own->correlate(fold, global ? nullptr : &alphas, scores.data());
            std::copy_n(scores.begin(), width, &m_scores(static_cast<Index>(fold), first));
            for (Index column = 0; column < width && !global; ++column)
                if (m_choice.targets[fold][static_cast<std::size_t>(first + column)] < 0)
                    m_scores(static_cast<Index>(fold), first + column) = undefined; // no λ, no score
        }
        const Index finished = ++done;
        if (worker == 0) // one reporter, so that progress never goes back
            share.report(static_cast<double>(finished) / static_cast<double>(tiles.tiles), predicting);
    });
    m_predicted += static_cast<Index>(chunk.kept.size());
}

void StagedFit::predict(const PreparedResponses::Data& chunk, const JobShare& share) {
    const bool global = isGlobal();
    const bool chooses = !global && !m_isGiven && !m_features.inTurn;
    const double middle = chooses ? share.first + 0.75 * (share.last - share.first) : share.first;
    if (chooses)
        chooseEach(chunk, {share.job, share.first, middle});
    else if (global)
        static_cast<void>(chosenAlphas());
    std::visit([&](const auto& tiles) { correlate(chunk, tiles, {share.job, middle, share.last}); }, chunk.tiles);
    share.report(1, predicting);
}

RidgeResult StagedFit::take() {
    if (isGlobal())
        static_cast<void>(chosenAlphas());
    return resultOf(m_features, m_responses, std::move(m_choice), m_scores);
}

} // namespace brainlike
