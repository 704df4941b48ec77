#include "core/scores/BestLayer.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"

#include <cmath>
#include <limits>
#include <string>

namespace brainlike {
namespace {


template <typename Scalar>
std::string shapeOf(const RowMatrix<Scalar>& matrix) {
    return std::to_string(matrix.rows()) + " layers × " + std::to_string(matrix.cols()) + " dimensions";
}

template <typename Scalar>
void requireSameShape(const RowMatrix<Scalar>& expected, std::span<const RowMatrix<Scalar>> subjects) {
    for (std::size_t s = 0; s < subjects.size(); ++s)
        if (subjects[s].rows() != expected.rows() || subjects[s].cols() != expected.cols())
            throw ShapeError({.what = "The subjects' scores differ in shape",
                              .place = "subject " + std::to_string(s),
                              .expected = shapeOf(expected),
                              .found = shapeOf(subjects[s])});
}

/// Highest and second highest score of every dimension, filled a layer at a time so that rows are read in order.
template <typename Scalar>
struct Winners {
    std::vector<std::int16_t> layer;
    std::vector<Scalar> best, second;

    explicit Winners(const RowMatrix<Scalar>& scores)
        : layer(static_cast<std::size_t>(scores.cols()), -1), best(layer.size(), lowest), second(layer.size(), lowest) {
        for (Eigen::Index k = 0; k < scores.rows(); ++k)
            take(scores.row(k).data(), static_cast<std::int16_t>(k));
    }

    static constexpr Scalar lowest = -std::numeric_limits<Scalar>::infinity();

private:
    void take(const Scalar* row, std::int16_t index) {
        for (std::size_t d = 0; d < layer.size(); ++d) {
            const Scalar value = std::isfinite(row[d]) ? row[d] : lowest;
            const bool wins = value > best[d];
            second[d] = wins ? best[d] : std::max(second[d], value);
            layer[d] = wins ? index : layer[d];
            best[d] = wins ? value : best[d];
        }
    }
};

template <typename Scalar>
void fillAgreement(BestLayers& result, std::span<const RowMatrix<Scalar>> subjects) {
    std::vector<int> agreeing(result.layer.size(), 0);
    std::vector<int> voting(result.layer.size(), 0);
    for (const auto& scores : subjects) {
        const Winners<Scalar> own(scores);
        for (std::size_t d = 0; d < own.layer.size(); ++d) {
            voting[d] += own.layer[d] >= 0 ? 1 : 0;
            agreeing[d] += own.layer[d] >= 0 && own.layer[d] == result.layer[d] ? 1 : 0;
        }
    }
    for (std::size_t d = 0; d < result.layer.size(); ++d)
        if (voting[d] > 0 && result.layer[d] >= 0)
            result.agreement[d] = static_cast<float>(agreeing[d]) / static_cast<float>(voting[d]);
}

template <typename Scalar>
BestLayers bestOf(const RowMatrix<Scalar>& mean, std::span<const RowMatrix<Scalar>> subjects) {
    constexpr auto mostLayers = std::numeric_limits<std::int16_t>::max();
    if (mean.rows() < 1 || mean.rows() > mostLayers)
        throw ShapeError({.what = "A best layer needs layers to choose from",
                          .expected = "1 to " + std::to_string(mostLayers) + " layers",
                          .found = std::to_string(mean.rows())});
    requireSameShape(mean, subjects);
    Winners<Scalar> winners(mean);
    const std::size_t size = winners.layer.size();
    BestLayers result{std::move(winners.layer), std::vector(size, undefinedFloat), std::vector(size, undefinedFloat), std::vector(size, undefinedFloat)};
    for (std::size_t d = 0; d < size; ++d) {
        if (result.layer[d] < 0)
            continue;
        result.score[d] = static_cast<float>(winners.best[d]);
        if (winners.second[d] != Winners<Scalar>::lowest)
            result.margin[d] = static_cast<float>(winners.best[d] - winners.second[d]);
    }
    fillAgreement(result, subjects);
    return result;
}

} // namespace

BestLayers bestLayers(const RowMatrix<float>& mean, std::span<const RowMatrix<float>> subjects) {
    return bestOf(mean, subjects);
}

BestLayers bestLayers(const RowMatrix<double>& mean, std::span<const RowMatrix<double>> subjects) {
    return bestOf(mean, subjects);
}

RowMatrix<float> subjectMean(std::span<const RowMatrix<float>> subjects) {
    if (subjects.empty())
        throw ShapeError({.what = "A group mean needs at least one subject"});
    requireSameShape(subjects[0], subjects);
    RowMatrix<float> mean(subjects[0].rows(), subjects[0].cols());
    for (Eigen::Index i = 0; i < mean.size(); ++i) {
        double sum = 0;
        int n = 0;
        for (const auto& scores : subjects)
            if (const float value = scores.data()[i]; !std::isnan(value)) {
                sum += static_cast<double>(value);
                ++n;
            }
        mean.data()[i] = n > 0 ? static_cast<float>(sum / n) : undefinedFloat;
    }
    return mean;
}

} // namespace brainlike
