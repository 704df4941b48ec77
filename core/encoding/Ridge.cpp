#include "core/encoding/Ridge.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/encoding/StagedFit.h"

#include <future>
#include <string>

namespace brainlike {
namespace {

/// Which part of the time goes into the choice of λ, for the progress bar.
double choiceShare(const PreparedResponses::Data& responses) {
    return responses.kernels.empty() ? 0.75 : 0.25;
}

/// Bytes of products that a fit of matrices may keep.
constexpr double mostProductMemory = 1024.0 * 1024 * 1024;

template <typename FeatureScalar, typename ResponseScalar>
RidgeResult fitOnce(const RowMatrix<FeatureScalar>& features, const RowMatrix<ResponseScalar>& responses,
                    const RidgeOptions& options, JobContext& job) {
    if (features.rows() != responses.rows())
        throw ShapeError({.what = "Features and responses do not have the same number of rows",
                          .expected = counted(features.rows(), "row") + ", as the features",
                          .found = counted(responses.rows(), "row") + " of responses",
                          .advice = "bring one row an image to both, in the same order"});
    job.report(0, "preparing features and responses");
    // The features' first steps use one thread only; with one in all, the responses wait.
    auto preparedResponses = std::async(options.threads > 1 ? std::launch::async : std::launch::deferred,
                                        [&] { return prepareResponses(responses, options, RowKernels::Never, job); });
    const PreparedFeatures preparedFeatures(features, options, job);
    job.throwIfCancelled();
    return fitPrepared(preparedFeatures.data(), *preparedResponses.get(), options, job, mostProductMemory);
}

} // namespace

RidgeResult fitPrepared(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                        const RidgeOptions& options, JobContext& job, double productMemory) {
    const auto products = sharedProducts(features, responses, productMemory, options.threads, job);
    StagedFit fit(features, responses, options, responses.kernels, &products);
    const bool global = options.lambdaMode == LambdaMode::Global;
    const JobShare choosing{job, 0, global ? choiceShare(responses) : 0};
    const std::size_t folds = fit.foldsToChoose();
    while (fit.foldsToChoose() > 0) {
        const std::size_t fold = folds - fit.foldsToChoose();
        job.throwIfCancelled();
        choosing.report(static_cast<double>(fold) / static_cast<double>(folds),
                        "choosing λ, fold " + std::to_string(fold + 1) + " of " + std::to_string(folds));
        fit.beginChoice(1);
        fit.addToChoice(responses, job);
        fit.endChoice(job);
    }
    fit.predict(responses, {job, choosing.last, 1});
    job.throwIfCancelled();
    return fit.take();
}

RidgeResult fitRidge(const PreparedFeatures& features, const PreparedResponses& responses, const RidgeOptions& options,
                     JobContext& job) {
    return fitPrepared(features.data(), responses.data(), options, job);
}

RidgeResult fitRidge(const RowMatrix<float>& features, const RowMatrix<float>& responses, const RidgeOptions& options,
                     JobContext& job) {
    return fitOnce(features, responses, options, job);
}

RidgeResult fitRidge(const RowMatrix<double>& features, const RowMatrix<double>& responses, const RidgeOptions& options,
                     JobContext& job) {
    return fitOnce(features, responses, options, job);
}

RidgeResult fitRidge(const RowMatrix<double>& features, const RowMatrix<float>& responses, const RidgeOptions& options,
                     JobContext& job) {
    return fitOnce(features, responses, options, job);
}

} // namespace brainlike
