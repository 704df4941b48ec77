#pragma once

#include "core/study/ScoreSource.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <complex>
#include <cstdint>
#include <limits>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace brainlike::test {

/// What a FakeScores holds.
struct FakeScoresOptions {
    int models = 2;
    int layers = 12;
    int subjects = 3; ///< with fMRI; MEG has one fewer, at least one
    VertexCounts vertices{200, 200};
    int channels = 271;
    bool fmri = true;
    bool meg = true;
    bool positions = true; ///< the MEG channels have some
    std::vector<TimeWindow> windows;
    std::vector<std::int64_t> steps{0, 1000, 5000, 20000, 70000, 200000, 500000, 1000000, 3000000, 10000000};
    std::set<std::int64_t> missing; ///< steps of the first model that are not computed
    std::string templateName = "fake";
};

/// Scores from formulas, for tests of views: they rise with training (late areas later), early layers win in the first
/// vertices and late ones in the last, MEG peaks later in deeper layers. Every answer is the same in every run.
class FakeScores : public ScoreSource {
public:
    using Options = FakeScoresOptions;

    explicit FakeScores(Options options = {}) : m_options(std::move(options)) {
        m_missing = m_options.missing;
        m_index.studyName = "Fake study";
        m_index.templateName = m_options.templateName;
        m_index.windows = m_options.windows;
        static const std::array<const char*, 3> labels{"Simulated ViT", "Simulated ViT, satellite",
                                                       "Simulated ViT, cellular"};
        for (int model = 0; model < m_options.models; ++model) {
            const auto slot = static_cast<std::size_t>(model % 3);
            ScoredModel scored;
            scored.id = "model-" + std::to_string(model + 1);
            scored.label = model < 3 ? labels[slot] : "Model " + std::to_string(model + 1);
            scored.family = "ViT";
            scored.imageType = "photographs";
            scored.batchSize = 4096;
            scored.steps = m_options.steps;
            for (int layer = 0; layer < m_options.layers; ++layer) {
                scored.layerNames.push_back("block_" + std::string(layer < 9 ? "0" : "") + std::to_string(layer + 1));
                scored.layerDepths.push_back(m_options.layers > 1 ? layer / double(m_options.layers - 1) : 0);
            }
            m_index.models.push_back(scored);
        }
        addRecordings();
    }

    [[nodiscard]] const ScoreIndex& index() const override { return m_index; }
    [[nodiscard]] bool isComplete() const override {
        const std::scoped_lock lock(m_mutex);
        return m_missing.empty();
    }
    /// Changes which steps of the first model are not computed.
    void setMissing(std::set<std::int64_t> steps) {
        const std::scoped_lock lock(m_mutex);
        m_missing = std::move(steps);
    }
    /// How often each kind of data was read.
    [[nodiscard]] int reads() const { return m_reads; }

    [[nodiscard]] std::optional<std::vector<float>> fmriMean(int model, int step, int layer) const override {
        if (!m_options.fmri || isMissing(model, step))
            return std::nullopt;
        return vertexMap([&](int vertex) { return mean(model, step, layer, vertex); });
    }
    [[nodiscard]] std::optional<std::vector<float>> fmriScore(int model, int step, int layer,
                                                              int recording) const override {
        if (!m_options.fmri || isMissing(model, step))
            return std::nullopt;
        return vertexMap([&](int vertex) { return subjectScore(model, step, layer, vertex, recording); });
    }
    [[nodiscard]] std::optional<std::vector<float>> fmriQ(int model, int step, int layer) const override {
        if (!m_options.fmri || isMissing(model, step))
            return std::nullopt;
        return vertexMap([&](int vertex) { return std::exp(-60 * std::abs(mean(model, step, layer, vertex))); });
    }
    [[nodiscard]] std::optional<BestLayerMap> fmriBestLayer(int model, int step) const override {
        if (!m_options.fmri || isMissing(model, step))
            return std::nullopt;
        BestLayerMap map;
        for (int vertex = 0; vertex < m_options.vertices.total(); ++vertex) {
            int best = 0;
            double first = -2, second = -2;
            for (int layer = 0; layer < m_options.layers; ++layer) {
                const double score = mean(model, step, layer, vertex);
                if (score > first) {
                    second = std::exchange(first, score);
                    best = layer;
                } else {
                    second = std::max(second, score);
                }
            }
            map.layer.push_back(static_cast<std::int16_t>(best));
            map.score.push_back(static_cast<float>(first));
            map.margin.push_back(static_cast<float>(first - second));
            map.agreement.push_back(1);
        }
        ++m_reads;
        return map;
    }
    [[nodiscard]] DimensionScores fmriVertex(int model, int vertex) const override {
        const int steps = static_cast<int>(m_options.steps.size());
        const float nan = std::numeric_limits<float>::quiet_NaN();
        DimensionScores scores{RowMatrix<float>::Constant(steps, m_options.layers, nan),
                               RowMatrix<float>::Constant(steps, m_options.layers, nan)};
        for (int step = 0; m_options.fmri && step < steps; ++step) {
            if (isMissing(model, step))
                continue;
            for (int layer = 0; layer < m_options.layers; ++layer) {
                scores.mean(step, layer) = static_cast<float>(mean(model, step, layer, vertex));
                scores.sem(step, layer) = static_cast<float>(sem(model, step, layer, vertex));
            }
        }
        ++m_reads;
        return scores;
    }
    [[nodiscard]] std::optional<TimeCourses> megTimeCourses(int model, int step) const override {
        if (!m_options.meg || isMissing(model, step))
            return std::nullopt;
        const int times = static_cast<int>(m_index.times.size());
        TimeCourses courses{RowMatrix<float>(m_options.layers, times), RowMatrix<float>(m_options.layers, times)};
        for (int layer = 0; layer < m_options.layers; ++layer) {
            for (int time = 0; time < times; ++time) {
                courses.mean(layer, time) = static_cast<float>(megMean(model, step, layer, time));
                courses.sem(layer, time) = m_index.meg.size() > 1 ? 0.004f + 0.02f * std::abs(courses.mean(layer, time))
                                                                  : std::numeric_limits<float>::quiet_NaN();
            }
        }
        courses.lowest = courses.mean.minCoeff() * 1.8F;
        courses.highest = courses.mean.maxCoeff() * 1.8F;
        ++m_reads;
        return courses;
    }
    [[nodiscard]] std::optional<TimeCourses> megCoursesOf(int model, int step,
                                                          std::span<const int> channels) const override {
        auto courses = megTimeCourses(model, step);
        for (int layer = 0; courses && !channels.empty() && layer < m_options.layers; ++layer)
            for (int time = 0; time < courses->mean.cols(); ++time) {
                double sum = 0;
                for (const int channel : channels)
                    sum += sensorScore(model, step, layer, channel, time);
                courses->mean(layer, time) = static_cast<float>(sum / static_cast<double>(channels.size()));
            }
        return courses;
    }
    [[nodiscard]] std::optional<SensorScores> megSensors(int model, int step, int layer) const override {
        if (!m_options.meg || isMissing(model, step))
            return std::nullopt;
        const int times = static_cast<int>(m_index.times.size());
        SensorScores scores{RowMatrix<float>(m_options.channels, times), RowMatrix<float>(m_options.channels, times)};
        for (int channel = 0; channel < m_options.channels; ++channel)
            for (int time = 0; time < times; ++time) {
                const double score = sensorScore(model, step, layer, channel, time);
                scores.mean(channel, time) = static_cast<float>(score);
                scores.q(channel, time) = static_cast<float>(std::exp(-100 * std::abs(score)));
            }
        ++m_reads;
        return scores;
    }
    /// A subject's scores are the group's by `share`.
    [[nodiscard]] std::optional<TimeCourses> megRecordingCourses(int model, int step, int recording,
                                                                 std::span<const int> channels) const override {
        auto courses = megCoursesOf(model, step, channels);
        if (courses) {
            courses->mean *= static_cast<float>(shareOf(recording));
            courses->sem.setConstant(std::numeric_limits<float>::quiet_NaN());
        }
        return courses;
    }
    [[nodiscard]] std::optional<SensorScores> megRecordingSensors(int model, int step, int layer,
                                                                  int recording) const override {
        auto scores = megSensors(model, step, layer);
        if (scores)
            scores->mean *= static_cast<float>(shareOf(recording));
        return scores;
    }
    /// Of the group's MEG scores, that a recording has; their mean is 1.
    [[nodiscard]] double shareOf(int recording) const {
        const auto count = static_cast<double>(m_index.meg.size());
        return count < 2 ? 1 : 0.8 + 0.4 * recording / (count - 1);
    }
    [[nodiscard]] SummaryCurves summary(int model) const override {
        SummaryCurves curves;
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const double quality = 1 - 0.2 * model;
        for (int step = 0; step < static_cast<int>(m_options.steps.size()); ++step) {
            const bool missing = isMissing(model, step);
            const auto value = [&](bool there, double start, double end, double half) {
                return missing || !there ? nan : quality * (start + (end - start) * growth(step, half));
            };
            curves.encodingFmri.push_back(value(m_options.fmri, 0.03, 0.091, 3e5));
            curves.encodingMeg.push_back(value(m_options.meg, 0.004, 0.031, 2e5));
            curves.spatial.push_back(value(m_options.fmri, -0.21, 0.40, 4e5));
            curves.temporal.push_back(value(m_options.meg, -0.42, 0.96, 4e4));
        }
        ++m_reads;
        return curves;
    }

private:
    void addRecordings() {
        for (int subject = 1; subject <= m_options.subjects; ++subject) {
            const std::string name = "S" + std::to_string(subject);
            if (m_options.fmri)
                m_index.fmri.push_back({"fmri-" + name, name, 600});
            if (m_options.meg && subject < std::max(2, m_options.subjects))
                m_index.meg.push_back({"meg-" + name, name, 600});
        }
        if (m_options.fmri)
            m_index.vertexCounts = m_options.vertices;
        if (!m_options.meg)
            return;
        for (int channel = 0; channel < m_options.channels; ++channel) {
            m_index.channelNames.push_back("M" + std::to_string(channel));
            const double unknown = std::numeric_limits<double>::quiet_NaN();
            m_index.channelPositions.push_back(m_options.positions ? positionOf(channel)
                                                                   : std::array{unknown, unknown, unknown});
        }
        for (int sample = 0; sample < 106; ++sample)
            m_index.times.push_back(-0.5 + sample / 30.0);
    }

    [[nodiscard]] std::array<double, 3> positionOf(int channel) const {
        const double angle = channel * 2.399963, height = 1 - 0.8 * channel / m_options.channels;
        const double around = 0.1 * std::sqrt(1 - height * height);
        return {around * std::cos(angle), around * std::sin(angle), 0.1 * height};
    }
    [[nodiscard]] bool isMissing(int model, int step) const {
        if (step < 0 || step >= static_cast<int>(m_options.steps.size()))
            throw std::out_of_range("FakeScores: no such step");
        const std::scoped_lock lock(m_mutex);
        return model == 0 && m_missing.contains(m_options.steps[static_cast<std::size_t>(step)]);
    }
    /// Share of the final value: 0 untrained … 1 at the last step, logistic in log10(step).
    [[nodiscard]] double growth(int step, double half) const {
        const auto raw = [&](std::int64_t at) {
            return at <= 0 ? 0.0 : 1 / (1 + std::exp(-2.6 * (std::log10(double(at)) - std::log10(half))));
        };
        return raw(m_options.steps[static_cast<std::size_t>(step)]) /
               raw(std::max<std::int64_t>(1, m_options.steps.back()));
    }
    /// What the scores of all vertices are made of; computed once, since views read whole maps again and again.
    struct Factors {
        RowMatrix<double> person;                   ///< [subject × vertex]
        RowMatrix<double> trained;                  ///< [step × vertex]
        RowMatrix<double> near;                     ///< [layer × vertex] 1 where the layer is the vertex's own
        std::vector<std::complex<double>> ofVertex; ///< wobbles: the imaginary part of the product of these
        std::vector<std::complex<double>> ofUnit;   ///< [step, layer, subject]
    };
    [[nodiscard]] const Factors& factors() const {
        std::call_once(m_factorsMade, [this] {
            const int vertices = m_options.vertices.total();
            m_factors = {{m_options.subjects, vertices},
                         {static_cast<int>(m_options.steps.size()), vertices},
                         {m_options.layers, vertices},
                         {},
                         {}};
            for (int step = 0; step < m_factors.trained.rows(); ++step)
                for (int layer = 0; layer < m_options.layers; ++layer)
                    for (int subject = 0; subject < m_options.subjects; ++subject)
                        m_factors.ofUnit.push_back(std::polar(1.0, 78.233 * layer + 37.719 * subject + 4.1 * step));
            for (int vertex = 0; vertex < vertices; ++vertex) {
                const double place = vertex / std::max(1.0, vertices - 1.0);
                m_factors.ofVertex.push_back(std::polar(0.008, 12.9898 * vertex));
                const double height = 0.05 + 0.40 * std::pow(1 - place, 1.4);
                for (int subject = 0; subject < m_options.subjects; ++subject)
                    m_factors.person(subject, vertex) =
                        height * (1 + 0.13 * std::sin(2.4 * subject + 0.9 + 0.02 * vertex));
                for (int step = 0; step < m_factors.trained.rows(); ++step)
                    m_factors.trained(step, vertex) = 0.15 + 0.85 * growth(step, 1e5 * (1 + 6 * place));
                for (int layer = 0; layer < m_options.layers; ++layer) {
                    const double depth = m_index.models[0].layerDepths[static_cast<std::size_t>(layer)];
                    const double away = (depth - (0.15 + 0.75 * place)) / 0.45;
                    m_factors.near(layer, vertex) = std::exp(-away * away);
                }
            }
        });
        return m_factors;
    }
    [[nodiscard]] double subjectScore(int model, int step, int layer, int vertex, int subject) const {
        const Factors& of = factors();
        const int unit = (step * m_options.layers + layer) * m_options.subjects + subject;
        const auto& [a, b] =
            std::tie(of.ofVertex[static_cast<std::size_t>(vertex)], of.ofUnit[static_cast<std::size_t>(unit)]);
        const double wobble = a.real() * b.imag() + a.imag() * b.real();
        return of.person(subject, vertex) * (1 - 0.2 * model) * of.trained(step, vertex) * of.near(layer, vertex) +
               wobble;
    }
    [[nodiscard]] double mean(int model, int step, int layer, int vertex) const {
        double sum = 0;
        for (int subject = 0; subject < m_options.subjects; ++subject)
            sum += subjectScore(model, step, layer, vertex, subject);
        return sum / m_options.subjects;
    }
    [[nodiscard]] double sem(int model, int step, int layer, int vertex) const {
        const int n = m_options.subjects;
        if (n < 2)
            return std::numeric_limits<double>::quiet_NaN();
        const double center = mean(model, step, layer, vertex);
        double squares = 0;
        for (int subject = 0; subject < n; ++subject)
            squares += std::pow(subjectScore(model, step, layer, vertex, subject) - center, 2);
        return std::sqrt(squares / (n - 1) / n);
    }
    [[nodiscard]] double megMean(int model, int step, int layer, int time) const {
        const double t = m_index.times[static_cast<std::size_t>(time)];
        const double depth = m_index.models[0].layerDepths[static_cast<std::size_t>(layer)];
        const double noise = 0.0022 * std::sin(9.7 * time + 3.3 * layer + 1.7 * step) * std::cos(2.3 * time);
        if (t < 0.06)
            return noise;
        const double peak = 0.10 + 0.16 * depth;
        const double rise = 1 - std::exp(-(t - 0.06) / (0.03 + 0.05 * depth));
        const double fall = 0.30 + 0.70 * std::exp(-std::max(0.0, t - peak) / 0.45);
        const double trained = 0.12 + 0.88 * growth(step, 4e4 + 2e5 * depth);
        return 0.095 * (1 - 0.2 * model) * (1 - 0.55 * std::abs(depth - 0.55)) * rise * fall * trained + noise;
    }
    /// Largest at the back of the head.
    [[nodiscard]] double sensorScore(int model, int step, int layer, int channel, int time) const {
        return megMean(model, step, layer, time) * (1 - 8 * positionOf(channel)[1]);
    }
    template <typename Value>
    std::vector<float> vertexMap(Value value) const {
        std::vector<float> map;
        for (int vertex = 0; vertex < m_options.vertices.total(); ++vertex)
            map.push_back(static_cast<float>(value(vertex)));
        ++m_reads;
        return map;
    }

    Options m_options;
    ScoreIndex m_index;
    std::set<std::int64_t> m_missing;
    mutable std::mutex m_mutex;
    mutable std::atomic<int> m_reads{0};
    mutable std::once_flag m_factorsMade;
    mutable Factors m_factors;
};

} // namespace brainlike::test
