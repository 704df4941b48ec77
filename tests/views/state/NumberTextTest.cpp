#include "views/state/NumberText.h"

#include "views/state/DistinctNames.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {
const double missing = std::numeric_limits<double>::quiet_NaN();
}

class NumberTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesAreShortenedToWhatTellsThemApart() {
        QCOMPARE(distinctNames({QStringLiteral("Simulated Large · human-centric"),
                                QStringLiteral("Simulated Large · cellular"),
                                QStringLiteral("Simulated Small · human-centric")}),
                 (QStringList{QStringLiteral("Large · human-centric"), QStringLiteral("Large · cellular"),
                              QStringLiteral("Small · human-centric")}));
        QCOMPARE(distinctNames({QStringLiteral("DINO · Large · faces"), QStringLiteral("DINO · Small · faces")}),
                 (QStringList{"Large", "Small"}));
        // Alone, the same twice, or nothing left: as they are.
        for (const QStringList& names : {QStringList{}, QStringList{"One model"}, QStringList{"The same", "The same"},
                                         QStringList{"A model", "A model trained"}})
            QCOMPARE(distinctNames(names), names);
    }

    void probabilitiesAreNeverZero() {
        QCOMPARE(probabilityText(0.25), QStringLiteral("0.25"));
        QCOMPARE(probabilityText(4e-52), QStringLiteral("4e\u221252"));
        QCOMPARE(probabilityText(0), QStringLiteral("<1e\u2212300"));
        QCOMPARE(probabilityText(std::nan("")), QStringLiteral("undefined"));
    }

    void scores_data() {
        QTest::addColumn<double>("score");
        QTest::addColumn<QString>("text");
        QTest::newRow("usual") << 0.4119 << "0.412";
        QTest::newRow("two digits") << 0.0903 << "0.090";
        QTest::newRow("negative") << -0.0214 << QStringLiteral("−0.021");
        QTest::newRow("small") << 0.00312 << "0.0031";
        QTest::newRow("rounds up into three decimals") << 0.00997 << "0.010";
        QTest::newRow("rounds up within four decimals") << 0.00949 << "0.0095";
        QTest::newRow("smaller than four decimals") << 0.0002 << "0.0002";
        QTest::newRow("tiny") << 0.00001 << "<0.0001";
        QTest::newRow("zero") << 0.0 << "0";
        QTest::newRow("one") << 1.0 << "1.000";
        QTest::newRow("not computed") << missing << "not computed";
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << "not computed";
    }
    void scores() {
        QFETCH(double, score);
        QFETCH(QString, text);
        QCOMPARE(scoreText(score), text);
    }

    void spreadHasTheScoresDecimals() {
        QCOMPARE(scoreText(0.4119, 0.0302), QStringLiteral("0.412 ± 0.030"));
        QCOMPARE(scoreText(0.0541, 0.0001), QStringLiteral("0.054 ± <0.001"));
        QCOMPARE(scoreText(0.0031, 0.00084), QStringLiteral("0.0031 ± 0.0008"));
        QCOMPARE(scoreText(0.2, missing), QStringLiteral("0.200"));
        QCOMPARE(scoreText(missing, 0.1), QStringLiteral("not computed"));
    }

    void countsAreGrouped() {
        QCOMPARE(countText(0), "0");
        QCOMPARE(countText(999), "999");
        QCOMPARE(countText(1000), "1,000");
        QCOMPARE(countText(10000000), "10,000,000");
        QCOMPARE(countText(-12345), QStringLiteral("−12,345"));
    }

    void steps() {
        QCOMPARE(stepText(200000), "200,000");
        QCOMPARE(checkpointText(200000), "step 200,000");
        QCOMPARE(checkpointText(0), "untrained");
        QCOMPARE(interpolatedStepText(136165.4), "136,000");
        QCOMPARE(interpolatedStepText(412.7), "413");
        QCOMPARE(interpolatedStepText(0.3), "0");
        QCOMPARE(shortStepText(0), "0");
        QCOMPARE(shortStepText(500), "500");
        QCOMPARE(shortStepText(1000), "1k");
        QCOMPARE(shortStepText(2500), "2.5k");
        QCOMPARE(shortStepText(10000000), "10M");
        QCOMPARE(shortStepText(2000000000), "2B");
    }

    void images() {
        QCOMPARE(imagesText(0), "0 images");
        QCOMPARE(imagesText(4096), "4,096 images");
        QCOMPARE(imagesText(40960), "41 k images");
        QCOMPARE(imagesText(819200000), "819 M images");
        QCOMPARE(imagesText(8e8), "800 M images");
        QCOMPARE(imagesText(999.7e6), "1 B images");
        QCOMPARE(imagesText(1.7e9), "1.7 B images");
        QCOMPARE(imagesText(missing), "not computed");
    }

    void millisecondsAndPercent() {
        QCOMPARE(millisecondsText(0.12), "120 ms");
        QCOMPARE(millisecondsText(-0.5), QStringLiteral("−500 ms"));
        QCOMPARE(millisecondsText(2.9333), "2,933 ms");
        QCOMPARE(percentText(0.02), "2.0 %");
        QCOMPARE(percentText(0.0007), "0.070 %");
        QCOMPARE(percentText(0.38), "38 %");
        QCOMPARE(percentText(0.0999), "10 %");
        QCOMPARE(percentText(1), "100 %");
        QCOMPARE(percentText(-0.33), QStringLiteral("−33 %"));
        QCOMPARE(percentText(0), "0 %");
    }
};

QTEST_GUILESS_MAIN(NumberTextTest)
#include "NumberTextTest.moc"
