#include "core/study/TargetPrediction.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/encoding/StagedFit.h"
#include "core/encoding/TestPrediction.h"
#include "core/stats/Correlation.h"
#include "core/study/ChunkedRunner.h"
#include "core/study/LayerFeatures.h"
#include "core/study/NamedFailure.h"
#include "core/study/PartFile.h"
#include "core/study/StudyIdentity.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

constexpr std::size_t mostAlphas = 16;
/// Targets beside a single one that are fitted with it, as in the tile of a whole fit: so that products of matrices add
/// up their terms in the same order.
constexpr int tileTargets = 256;
constexpr int errorTargets = 1024; ///< targets at a time of a map

RowMatrix<double> inDouble(const ResponseSource::Values& values) {
    return std::visit([](const auto& matrix) { return RowMatrix<double>(matrix.template cast<double>()); }, values);
}

/// Targets of the encoded dimensions among these.
std::vector<int> targetsOf(std::span<const int> dimensions, const RecordingResponses& responses) {
    std::vector<int> targets;
    const auto& encoded = responses.dimensions();
    for (const int dimension : dimensions) {
        const auto place = std::lower_bound(encoded.begin(), encoded.end(), dimension);
        if (encoded.empty())
            targets.push_back(dimension);
        else if (place != encoded.end() && *place == dimension)
            targets.push_back(static_cast<int>(place - encoded.begin()));
    }
    std::sort(targets.begin(), targets.end());
    return targets;
}

/// Columns of λ of some targets.
AlphaIndices columnsOf(const AlphaIndices& alphas, std::span<const int> targets) {
    if (alphas.cols() == 1)
        return alphas;
    AlphaIndices own(alphas.rows(), static_cast<Index>(targets.size()));
    for (std::size_t column = 0; column < targets.size(); ++column)
        own.col(static_cast<Index>(column)) = alphas.col(targets[column]);
    return own;
}

AlphaIndices indicesIn(const std::vector<double>& grid, const RowMatrix<double>& alphas) {
    return AlphaIndices::NullaryExpr(alphas.rows(), alphas.cols(), [&](Index row, Index column) {
        const double alpha = alphas(row, column);
        const auto place = std::lower_bound(grid.begin(), grid.end(), alpha);
        return std::isnan(alpha) || place == grid.end() ? -1 : static_cast<int>(place - grid.begin());
    });
}

AlphaChoice choiceOf(const AlphaIndices& alphas, LambdaMode mode, const std::vector<Index>& kept) {
    AlphaChoice choice;
    for (Index fold = 0; fold < alphas.rows(); ++fold) {
        if (mode == LambdaMode::Global) {
            choice.global.push_back(alphas(fold, 0));
            continue;
        }
        auto& own = choice.targets.emplace_back();
        for (const Index target : kept)
            own.push_back(alphas(fold, target));
    }
    return choice;
}

/// The λ that all columns of a fold have in common.
double commonAlpha(const AlphaIndices& alphas, Index fold, const std::vector<double>& grid) {
    const int first = alphas(fold, 0);
    return first >= 0 && (alphas.row(fold).array() == first).all() ? grid[static_cast<std::size_t>(first)] : undefined;
}

double meanOfFinite(std::span<const double> values) {
    double sum = 0;
    int count = 0;
    for (const double value : values)
        if (!std::isnan(value)) {
            sum += value;
            ++count;
        }
    return count > 0 ? sum / count : undefined;
}

/// Mean over folds of the correlation within each.
double correlationWithinFolds(const TargetPrediction& prediction, std::size_t folds) {
    std::vector<double> scores;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<double> measured, predicted;
        for (std::size_t image = 0; image < prediction.folds.size(); ++image)
            if (prediction.folds[image] == static_cast<int>(fold)) {
                measured.push_back(prediction.measured[image]);
                predicted.push_back(prediction.predicted[image]);
            }
        scores.push_back(correlate(measured, predicted).r);
    }
    return meanOfFinite(scores);
}

/// Standard deviations (ddof 0) of columns.
Eigen::RowVectorXd deviations(const RowMatrix<double>& values) {
    const Eigen::RowVectorXd means = values.colwise().mean();
    return ((values.rowwise() - means).array().square().colwise().mean()).sqrt();
}

} // namespace

struct TargetPredictor::KeptFeatures {
    EncodeUnit unit;
    FoldDepth depth = FoldDepth::Nested;
    Features features;
};

/// Targets that are fitted together.
struct TargetPredictor::Block {
    std::vector<int> targets;
    std::vector<Index> wanted; ///< columns of the block that were asked for
    RowMatrix<double> values;
    RidgeResult result;
    AlphaIndices alphas; ///< of the block's targets

    void choose(const std::vector<int>& asked, int count);
};

void TargetPredictor::Block::choose(const std::vector<int>& asked, int count) {
    if (asked.size() == 1) {
        const int first = asked.front() / tileTargets * tileTargets;
        for (int target = first; target < std::min(first + tileTargets, count); ++target)
            targets.push_back(target);
        wanted = {asked.front() - first};
        return;
    }
    targets = asked;
    for (Index column = 0; column < static_cast<Index>(asked.size()); ++column)
        wanted.push_back(column);
}

TargetPredictor::TargetPredictor(const Study& study, const std::filesystem::path& scores, int threads)
    : m_threads(threads), m_outline(outlineOf(study)), m_parts(m_outline, studyIdentity(study), partsFolderOf(scores)),
      m_numbers(study), m_isCurrent(m_parts.isMerged(scores)) {}

TargetPredictor::~TargetPredictor() = default;

std::optional<EncodeUnit> TargetPredictor::find(const UnitName& name) const {
    const auto place = [](const auto& list, const auto& isIt) {
        const auto found = std::find_if(list.begin(), list.end(), isIt);
        return found == list.end() ? -1 : static_cast<int>(found - list.begin());
    };
    const auto& study = m_outline.study;
    EncodeUnit unit;
    unit.model = place(study.models, [&](const auto& model) { return model.id == name.model; });
    unit.recording = place(study.recordings, [&](const auto& recording) { return recording.id == name.recording; });
    if (unit.model < 0 || unit.recording < 0)
        return std::nullopt;
    const auto& model = study.models[static_cast<std::size_t>(unit.model)];
    unit.checkpoint = place(model.checkpoints, [&](const auto& checkpoint) { return checkpoint.step == name.step; });
    unit.layer = place(model.layers, [&](const auto& layer) { return layer.name == name.layer; });
    return unit.checkpoint < 0 || unit.layer < 0 ? std::nullopt : std::optional(unit);
}

const JoinedRows& TargetPredictor::rowsOf(const EncodeUnit& unit) const {
    return m_outline.rows.at(static_cast<std::size_t>(unit.recording));
}

RidgeOptions TargetPredictor::optionsOf(const EncodeUnit& unit) const {
    auto options = optionsFor(m_outline.study, rowsOf(unit));
    options.threads = m_threads;
    return options;
}

RecordingResponses TargetPredictor::responsesOf(const EncodeUnit& unit) const {
    return {m_outline.study, m_outline.study.recordings.at(static_cast<std::size_t>(unit.recording)), rowsOf(unit)};
}

TargetPredictor::Features TargetPredictor::featuresOf(const EncodeUnit& unit, FoldDepth depth,
                                                      const JobContext& job) const {
    {
        const std::scoped_lock lock(m_mutex);
        if (m_features && m_features->unit == unit && (m_features->depth == depth || depth == FoldDepth::OuterOnly))
            return m_features->features;
    }
    const LayerFeatures layer(m_outline.study, {unit.model, unit.checkpoint, unit.layer});
    auto features = std::make_shared<const PreparedFeatures>(layer.prepare(rowsOf(unit), optionsOf(unit), job, depth));
    const std::scoped_lock lock(m_mutex);
    m_features = std::make_unique<KeptFeatures>(KeptFeatures{unit, depth, features});
    return features;
}

TargetPredictor::Alphas TargetPredictor::keptAlphas(const EncodeUnit& unit) const {
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_alphas.find(m_numbers.of(unit)); known != m_alphas.end())
            return known->second;
    }
    if (!m_parts.exists(unit) || !m_parts.problemOf(unit).empty())
        return nullptr;
    const auto indices = readPart(m_parts.paths().of(unit)).alphas;
    const auto folds = FoldPlan::make(rowsOf(unit).size(), optionsOf(unit)).outer.size();
    if (indices.empty() || indices.size() % folds != 0)
        return nullptr;
    auto alphas = std::make_shared<AlphaIndices>(static_cast<Index>(folds), static_cast<Index>(indices.size() / folds));
    std::transform(indices.begin(), indices.end(), alphas->data(),
                   [](std::uint16_t index) { return index == noAlpha ? -1 : static_cast<int>(index); });
    const std::scoped_lock lock(m_mutex);
    if (m_alphas.size() >= mostAlphas)
        m_alphas.clear();
    return m_alphas[m_numbers.of(unit)] = std::move(alphas);
}

TargetPredictor::Alphas TargetPredictor::allAlphas(const EncodeUnit& unit, JobContext& job) const {
    if (auto kept = keptAlphas(unit))
        return kept;
    auto chosen = chooseAnew(unit, job);
    const std::scoped_lock lock(m_mutex);
    if (m_alphas.size() >= mostAlphas)
        m_alphas.clear();
    return m_alphas[m_numbers.of(unit)] = std::move(chosen);
}

TargetPredictor::Alphas TargetPredictor::chooseAnew(const EncodeUnit& unit, JobContext& job) const {
    job.report(0, "choosing λ for all responses");
    const LayerFeatures layer(m_outline.study, {unit.model, unit.checkpoint, unit.layer});
    const GroupWork work{{unit.model, unit.checkpoint, unit.layer}, layer.columns(), {unit.recording}};
    const EncodeStep step{.recordings = {unit.recording},
                          .threadsEach = m_threads,
                          .targetsTogether = 8 * tileTargets,
                          .tilesTogether = 8};
    Alphas chosen;
    runChunked(m_outline, step, {work}, job, [&](const EncodeUnit&, const RidgeResult& result, const auto&) {
        chosen = std::make_shared<AlphaIndices>(indicesIn(m_outline.study.encoding.alphas, result.alphas));
    });
    return chosen;
}

/// The mean over the targets asked for that have a score; a single target is taken as it is.
void TargetPredictor::fill(TargetPrediction& prediction, const Block& block, const PreparedFeatures::Data& features,
                           const JobContext& job) {
    std::vector<int> used;
    for (const Index column : block.wanted)
        if (block.wanted.size() == 1 || !std::isnan(block.result.score[column]))
            used.push_back(static_cast<int>(column));
    if (used.empty())
        return;
    RowMatrix<double> values(block.values.rows(), static_cast<Index>(used.size()));
    RowMatrix<double> foldScores(block.result.foldScores.rows(), values.cols());
    std::vector<double> scores;
    for (Index column = 0; column < values.cols(); ++column) {
        const int from = used[static_cast<std::size_t>(column)];
        values.col(column) = block.values.col(from);
        foldScores.col(column) = block.result.foldScores.col(from);
        scores.push_back(block.result.score[from]);
        prediction.targets += std::isnan(scores.back()) ? 0 : 1;
    }
    const auto alphas = columnsOf(block.alphas, used);
    const RowMatrix<double> predicted = predictTestRows(features, values, alphas, allRows(values.rows()), job);
    for (Index row = 0; row < values.rows(); ++row) {
        prediction.measured.push_back(values.row(row).mean());
        prediction.predicted.push_back(predicted.row(row).mean());
    }
    for (Index fold = 0; fold < foldScores.rows(); ++fold) {
        prediction.foldScores.push_back(
            meanOfFinite(std::span(foldScores.row(fold).data(), static_cast<std::size_t>(foldScores.cols()))));
        prediction.alphas.push_back(commonAlpha(alphas, fold, features.options.alphas));
    }
    prediction.score = meanOfFinite(scores);
    prediction.joint =
        used.size() == 1 ? prediction.score : correlationWithinFolds(prediction, prediction.foldScores.size());
}

TargetPrediction TargetPredictor::predict(const EncodeUnit& unit, std::span<const int> dimensions,
                                          JobContext& job) const {
    const auto options = optionsOf(unit);
    const bool global = options.lambdaMode == LambdaMode::Global;
    const auto alphas = global ? allAlphas(unit, job) : keptAlphas(unit);
    const auto features = featuresOf(unit, alphas ? FoldDepth::OuterOnly : FoldDepth::Nested, job);
    const auto responses = responsesOf(unit);
    Block block;
    block.choose(targetsOf(dimensions, responses), static_cast<int>(responses.targets()));

    TargetPrediction prediction{.score = undefined, .joint = undefined};
    prediction.folds = outerFoldOfRows(features->data().plan);
    for (const int row : rowsOf(unit).featureRows)
        prediction.images.push_back(m_outline.study.imageIds.at(static_cast<std::size_t>(row)));
    if (block.targets.empty())
        return prediction;

    const auto values = responses.readTargets(block.targets, job);
    const auto prepared = namingFile(responses.reference(), [&] {
        return std::visit([&](const auto& matrix) { return prepareResponses(matrix, options, RowKernels::Never, job); },
                          values);
    });
    StagedFit fit(features->data(), *prepared, options, prepared->kernels);
    if (alphas)
        fit.setChoice(choiceOf(columnsOf(*alphas, block.targets), options.lambdaMode, prepared->kept));
    fit.predict(*prepared, {job});
    block.result = fit.take();
    block.alphas = alphas ? columnsOf(*alphas, block.targets) : indicesIn(options.alphas, block.result.alphas);
    block.values = inDouble(values);
    fill(prediction, block, features->data(), job);
    return prediction;
}

std::vector<float> TargetPredictor::errors(const EncodeUnit& unit, std::span<const std::string> images, ErrorKind kind,
                                           JobContext& job) const {
    Rows wanted;
    const auto& rows = rowsOf(unit).featureRows;
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (std::find(images.begin(), images.end(), m_outline.study.imageIds.at(static_cast<std::size_t>(rows[row]))) !=
            images.end())
            wanted.push_back(static_cast<Index>(row));
    if (wanted.empty())
        throw ValueError(
            {.what = "The recording has none of these images",
             .place = "recording " + m_outline.study.recordings.at(static_cast<std::size_t>(unit.recording)).id});
    const auto alphas = allAlphas(unit, job);
    const auto features = featuresOf(unit, FoldDepth::OuterOnly, job);
    const auto responses = responsesOf(unit);
    std::vector<float> result(
        static_cast<std::size_t>(m_outline.shapes.at(static_cast<std::size_t>(unit.recording)).dimensions),
        undefinedFloat);
    const int count = static_cast<int>(responses.targets());
    for (int first = 0; first < count; first += errorTargets) {
        job.throwIfCancelled();
        job.report(static_cast<double>(first) / count, "predicting the brushed images everywhere");
        std::vector<int> targets;
        for (int target = first; target < std::min(first + errorTargets, count); ++target)
            targets.push_back(target);
        const auto values = inDouble(responses.readTargets(targets, job));
        const auto predicted = predictTestRows(features->data(), values, columnsOf(*alphas, targets), wanted, job);
        RowMatrix<double> error = predicted - gathered(values, wanted);
        if (kind == ErrorKind::Absolute)
            error = error.cwiseAbs().eval();
        const Eigen::RowVectorXd mean = error.colwise().mean().cwiseQuotient(deviations(values));
        for (std::size_t column = 0; column < targets.size(); ++column) {
            const auto target = static_cast<std::size_t>(targets[column]);
            const auto dimension =
                responses.dimensions().empty() ? target : static_cast<std::size_t>(responses.dimensions()[target]);
            const double value = mean[static_cast<Index>(column)];
            result[dimension] = std::isfinite(value) ? static_cast<float>(value) : undefinedFloat;
        }
    }
    return result;
}

} // namespace brainlike
