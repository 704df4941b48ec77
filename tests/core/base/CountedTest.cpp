#include "core/base/Counted.h"

#include <QTest>

using namespace brainlike;

class CountedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneOfAThingAndMany() {
        QCOMPARE(counted(1, "image"), std::string("1 image"));
        QCOMPARE(counted(0, "image"), std::string("0 images"));
        QCOMPARE(counted(12, "image"), std::string("12 images"));
        QCOMPARE(counted(1, "vertex", "vertices"), std::string("1 vertex"));
        QCOMPARE(counted(2, "vertex", "vertices"), std::string("2 vertices"));
        QCOMPARE(counted(1, "column is", "columns are"), std::string("1 column is"));
    }
};

QTEST_GUILESS_MAIN(CountedTest)
#include "CountedTest.moc"
