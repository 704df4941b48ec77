#include "core/base/Error.h"
#include "core/simulate/FeatureSimulator.h"
#include "core/simulate/ImagePainter.h"
#include "core/simulate/LatentFactors.h"
#include "core/simulate/MegSimulator.h"
#include "core/simulate/NormalStream.h"
#include "core/simulate/PlantedAreas.h"
#include "core/simulate/PlantedHierarchy.h"
#include "core/simulate/SimulationOptions.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace brainlike;

/// The planted quantities themselves, against closed forms.
class PlantedTruthTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void picturesShowTheFactors() {
        std::vector<float> factors(factorCount, 0.0F);
        const auto sumOf = [](const std::vector<std::uint8_t>& pixels) {
            return std::accumulate(pixels.begin(), pixels.end(), 0.0);
        };
        const auto plain = paintImage(factors);
        QCOMPARE(plain.size(), std::size_t{3 * paintedSide * paintedSide});
        QVERIFY(paintImage(factors) == plain);
        factors[1] = 2; // light
        QVERIFY(sumOf(paintImage(factors)) > 1.2 * sumOf(plain));
        for (std::size_t factor = 0; factor < factors.size(); ++factor) {
            std::fill(factors.begin(), factors.end(), 0.0F);
            factors[factor] = 1.5F;
            QVERIFY2(paintImage(factors) != plain, QByteArray::number(int(factor)));
        }
        factors.pop_back();
        QVERIFY_EXCEPTION_THROWN((void)paintImage(factors), ShapeError);
    }

    void quantilesAreThoseOfTheNormalDistribution() {
        // scipy.stats.norm.ppf
        constexpr std::array<std::array<double, 2>, 6> expected{{{1e-10, -6.361340902404056},
                                                                 {0.001, -3.090232306167813},
                                                                 {0.025, -1.959963984540054},
                                                                 {0.5, 0.0},
                                                                 {0.75, 0.6744897501960817},
                                                                 {0.99, 2.3263478740408408}}};
        for (const auto& [probability, quantile] : expected)
            QVERIFY2(std::abs(normalQuantile(probability) - quantile) < 1e-8, qPrintable(QString::number(probability)));
    }

    void numbersAreNormalAndIndependentOfEachOther() {
        constexpr int count = 100'000;
        const NormalStream first(1, Purpose::FmriNoise, 0);
        const NormalStream second(1, Purpose::FmriNoise, 1);
        double sum = 0, squares = 0, neighbours = 0, streams = 0;
        for (std::uint64_t i = 0; i < count; ++i) {
            sum += first(i);
            squares += first(i) * first(i);
            neighbours += first(i) * first(i + 1);
            streams += first(i) * second(i);
        }
        constexpr double fiveDeviations = 5 / 316.2; // of a mean of 100,000 values of variance 1
        QVERIFY(std::abs(sum / count) < fiveDeviations);
        QVERIFY(std::abs(squares / count - 1) < fiveDeviations * std::sqrt(2.0));
        QVERIFY(std::abs(neighbours / count) < fiveDeviations);
        QVERIFY(std::abs(streams / count) < fiveDeviations);
    }

    void everyPurposeSeedAndPartHasItsOwnNumbers() {
        std::set<double> firsts;
        for (const std::uint64_t seed : {1, 2})
            for (const auto purpose : {Purpose::Images, Purpose::MegNoise})
                for (const std::uint64_t part : {0, 1})
                    firsts.insert(NormalStream(seed, purpose, part)(0));
        QCOMPARE(firsts.size(), std::size_t{8});
    }

    void stepsStartUntrainedAndIncrease() {
        const std::vector<std::int64_t> standard{0,       1000,    10'000,    30'000,    100'000,
                                                 200'000, 400'000, 1'000'000, 3'000'000, 10'000'000};
        QCOMPARE(simulatedSteps(10), standard);
        QCOMPARE(simulatedSteps(2), (std::vector<std::int64_t>{0, 10'000'000}));
        for (const int count : {3, 5, 17, 100}) {
            const auto steps = simulatedSteps(count);
            QCOMPARE(steps.size(), static_cast<std::size_t>(count));
            QVERIFY(std::adjacent_find(steps.begin(), steps.end(), std::greater_equal<>()) == steps.end());
            QCOMPARE(steps[1], 1000);
            QCOMPARE(steps.back(), 10'000'000);
        }
    }

    void halfOfAFactorIsLearnedAtItsHalfTime() {
        double before = 0;
        for (const double depth : {0.0, 0.3, 1.0}) {
            const double halfTime = plantedHalfTime(depth);
            QVERIFY(halfTime > before);
            before = halfTime;
            QVERIFY(std::abs(learned(depth, std::llround(halfTime)) - 0.5) < 1e-4);
            QCOMPARE(learned(depth, 0), 0.0);
        }
    }

    void bandsPeakAtTheirDepthWithUnitLength() {
        for (int factor = 0; factor < factorCount; ++factor) {
            const auto band = factorBand(factorDepth(factor), 0.15);
            QVERIFY(std::abs(std::inner_product(band.begin(), band.end(), band.begin(), 0.0) - 1) < 1e-12);
            QCOMPARE(std::max_element(band.begin(), band.end()) - band.begin(), factor);
        }
    }

    void trainingTurnsTheOrderOfLayersAround() {
        const SimulatedModel& model = simulatedModels().front();
        const auto difference = [&](double factor, std::int64_t step) {
            return factorStrength(model, factor, 1, step) - factorStrength(model, factor, 0, step);
        };
        QVERIFY(difference(0, 0) > 0); // untrained: the last layer carries the first factors
        QVERIFY(difference(1, 0) < 0);
        QVERIFY(difference(0, 10'000'000) < 0);
        QVERIFY(difference(1, 10'000'000) > 0);
    }

    void humanCentricImagesTrainStrongestFactors() {
        const auto models = simulatedModels();
        for (const double depth : {0.0, 0.5, 1.0}) {
            const auto strength = [&](int model) { return factorStrength(models[model], depth, depth, 10'000'000); };
            QVERIFY(strength(0) > strength(1));
            QVERIFY(strength(1) > strength(2));
        }
    }

    void largerModelsAreStrongerAndEarlier() {
        const auto models = simulatedModels();
        const auto named = [&](std::string_view id) {
            return *std::ranges::find(models, id, [](const SimulatedModel& model) { return model.id; });
        };
        const std::array<SimulatedModel, 4> sizes{named("small"), named("base"), named("human"), named("giant")};
        for (std::size_t i = 1; i < sizes.size(); ++i) {
            QVERIFY(sizes[i].parameters > sizes[i - 1].parameters);
            QCOMPARE(sizes[i].imageType, sizes[i - 1].imageType);
            QVERIFY(sizes[i].lead > sizes[i - 1].lead);
            QVERIFY(learned(0.5, 100'000, sizes[i].lead) > learned(0.5, 100'000, sizes[i - 1].lead));
            QVERIFY(sizes[i].disorder <= sizes[i - 1].disorder);
            QVERIFY(factorStrength(sizes[i], 0.5, 0.5, 10'000'000) >
                    factorStrength(sizes[i - 1], 0.5, 0.5, 10'000'000));
        }
        // A tenth of the steps where the lead is one power of ten.
        QCOMPARE(learned(0.5, 10'000, 1), learned(0.5, 100'000));
    }

    /// At an eighth of the depth a disordered layer carries what an ordered one carries further on.
    void disorderMovesNeighbouringLayersAgainstEachOther() {
        SimulatedModel ordered = simulatedModels().front();
        QCOMPARE(ordered.disorder, 0.0);
        SimulatedModel disordered = ordered;
        disordered.disorder = 0.1;
        const auto strength = [](const SimulatedModel& model, double layer) {
            return factorStrength(model, 0.2, layer, 1'000'000'000'000);
        };
        QVERIFY(std::abs(strength(disordered, 0.125) - strength(ordered, 0.225)) < 1e-9);
        QVERIFY(std::abs(strength(disordered, 0.375) - strength(ordered, 0.275)) < 1e-9);
        QVERIFY(std::abs(strength(disordered, 0.25) - strength(ordered, 0.25)) < 1e-9);
    }

    void amplitudesFallFromVisualToPrefrontalCortex() {
        QVERIFY(plantedAmplitude("V1") > plantedAmplitude("MT"));
        QVERIFY(plantedAmplitude("MT") > plantedAmplitude("VMV2"));
        QVERIFY(plantedAmplitude("VMV2") > plantedAmplitude("IFSa"));
        QVERIFY(plantedAmplitude("IFSa") > plantedAmplitude("10pp"));
        QVERIFY(plantedAmplitude("10pp") > 0);
    }

    /// Against SciPy's zscore of the same table, with the same weights.
    void hierarchyFollowsPublishedProperties() {
        QVERIFY(!plantedHierarchy("no such area"));
        const std::array<std::pair<const char*, double>, 5> expected{
            {{"V1", 0.0}, {"MT", 0.366629}, {"FFC", 0.568229}, {"44", 0.640485}, {"AAIC", 1.0}}};
        for (const auto& [area, place] : expected)
            QVERIFY2(std::abs(plantedHierarchy(area).value() - place) < 1e-6, area);
    }

    void megStartsAfterItsOnsetAndGoesDeeper() {
        const MegLayout layout = megLayout();
        QCOMPARE(layout.names.size(), std::size_t{271});
        QCOMPARE(layout.times.size(), std::size_t{106});
        QCOMPARE(layout.times.front(), -0.5);
        QVERIFY(std::abs(layout.times.back() - 3) < 1e-12);
        const MegCourse course = megCourse(layout.times);
        for (std::size_t i = 0; i < layout.times.size(); ++i)
            QCOMPARE(course.amplitude[i] > 0, layout.times[i] > course.onset);
        QVERIFY(std::is_sorted(course.depth.begin(), course.depth.end()));
        QCOMPARE(course.depth.front(), 0.0);
        QCOMPARE(course.depth.back(), 1.0);
    }

    void optionsOutOfRangeAreNamed_data() {
        QTest::addColumn<QString>("option");
        for (const char* option : {"subjects", "meg-subjects", "images", "models", "layers", "steps", "features"})
            QTest::newRow(option) << QString(option);
    }

    void optionsOutOfRangeAreNamed() {
        QFETCH(QString, option);
        SimulationOptions options;
        const std::map<QString, int*> values{{"subjects", &options.subjects}, {"meg-subjects", &options.megSubjects},
                                             {"images", &options.images},     {"models", &options.models},
                                             {"layers", &options.layers},     {"steps", &options.steps},
                                             {"features", &options.features}};
        validate(options);
        *values.at(option) = -1;
        try {
            validate(options);
            QFAIL("accepted");
        } catch (const UsageError& error) {
            QCOMPARE(QString::fromStdString(error.details().what), "--" + option + " is out of range");
            QCOMPARE(error.details().found, "-1");
        }
    }
};

QTEST_GUILESS_MAIN(PlantedTruthTest)
#include "PlantedTruthTest.moc"
