#include "core/encoding/MatrixKernels.h"

#include <QTest>

using namespace brainlike;

class MatrixKernelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oldKernelsAreReplaced_data() {
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<bool>("avx2");
        QTest::addColumn<bool>("avx512");
        QTest::addColumn<QString>("instead");
        QTest::newRow("unknown processor") << "Prescott" << true << true << "SkylakeX";
        QTest::newRow("unknown, without the longest vectors") << "Prescott" << true << false << "Haswell";
        QTest::newRow("kernels of one generation too old") << "Sandybridge" << true << false << "Haswell";
        QTest::newRow("old processor") << "Nehalem" << false << false << "";
        QTest::newRow("fitting") << "Haswell" << true << false << "";
        QTest::newRow("fitting, longest vectors") << "Cooperlake" << true << true << "";
        QTest::newRow("chosen on purpose") << "Zen" << true << true << "";
    }
    void oldKernelsAreReplaced() {
        QFETCH(QString, chosen);
        QFETCH(bool, avx2);
        QFETCH(bool, avx512);
        QFETCH(QString, instead);
        const auto found = kernelsInsteadOf(chosen.toStdString(), {avx2, avx512});
        QCOMPARE(QString::fromStdString(found.value_or("")), instead);
    }

    void theUsersChoiceStands() {
        qputenv("OPENBLAS_CORETYPE", "Prescott");
        QVERIFY(!betterKernels());
        qunsetenv("OPENBLAS_CORETYPE");
        QVERIFY(!matrixKernels().empty());
    }
};

QTEST_GUILESS_MAIN(MatrixKernelsTest)
#include "MatrixKernelsTest.moc"
