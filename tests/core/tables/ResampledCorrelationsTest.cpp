#include "core/tables/ResampledCorrelations.h"

#include "core/base/Undefined.h"
#include "core/stats/Correlation.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace brainlike;

/// Fed a unit at a time, or in parts, it gives what correlate() gives of all units at once.
class ResampledCorrelationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheCorrelationOfEachResample_data() {
        QTest::addColumn<double>("offset");
        QTest::addColumn<int>("units");
        QTest::newRow("around 0") << 0.0 << 40;
        QTest::newRow("far from 0") << 1e6 << 40;
        QTest::newRow("two units") << 0.0 << 2;
        QTest::newRow("none") << 0.0 << 0;
    }
    void isTheCorrelationOfEachResample() {
        QFETCH(double, offset);
        QFETCH(int, units);
        constexpr std::size_t resamples = 5;
        std::mt19937 random(3);
        const auto number = [&random] { return static_cast<double>(random()) / 4294967296.0; };
        std::vector<double> fixed;
        std::vector<std::vector<double>> others(resamples);
        for (int unit = 0; unit < units; ++unit) {
            fixed.push_back(unit == 7 ? undefined : offset + number());
            for (auto& other : others)
                other.push_back(offset + 0.3 * (fixed.back() - offset) + number());
            others[1].back() = unit % 3 == 0 ? undefined : others[1].back();
            others[2].back() = 0.1; // no variance
            others[3].back() = unit == 4 ? 1.0 : undefined;
        }
        ResampledCorrelations whole(resamples), first(resamples), second(resamples);
        for (int unit = 0; unit < units; ++unit) {
            const auto at = static_cast<std::size_t>(unit);
            std::vector<double> row;
            for (const auto& other : others)
                row.push_back(other[at]);
            whole.add(fixed[at], row);
            (unit < 13 ? first : second).add(fixed[at], row);
        }
        first.add(second);
        for (const auto& found : {whole.r(), first.r()})
            for (std::size_t resample = 0; resample < resamples; ++resample) {
                const double expected = correlate(fixed, others[resample]).r;
                QCOMPARE(std::isnan(found[resample]), std::isnan(expected));
                QVERIFY(std::isnan(expected) || std::abs(found[resample] - expected) < 1e-9);
            }
        if (units > 10)
            QVERIFY(whole.r()[0] > 0.1 && std::isnan(whole.r()[2]) && std::isnan(whole.r()[3]));
    }
};

QTEST_GUILESS_MAIN(ResampledCorrelationsTest)
#include "ResampledCorrelationsTest.moc"
