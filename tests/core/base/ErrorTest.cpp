#include "core/base/Error.h"

#include <QTest>

using namespace brainlike;

class ErrorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldOnALine();
    void emptyFieldsAreLeftOut();
    void whatIsTheMessage();
    void kindsAreErrors();
};

void ErrorTest::everyFieldOnALine() {
    QCOMPARE(messageOf({.what = "The features have a NaN",
                        .file = "x.npy",
                        .place = "row 3, column 5",
                        .expected = "finite numbers",
                        .found = "nan",
                        .advice = "use --drop rows"}),
             std::string("The features have a NaN\n"
                         "  file: x.npy\n"
                         "  where: row 3, column 5\n"
                         "  expected: finite numbers\n"
                         "  found: nan\n"
                         "  what to do: use --drop rows"));
}

void ErrorTest::emptyFieldsAreLeftOut() {
    QCOMPARE(messageOf({.what = "No"}), std::string("No"));
    QCOMPARE(messageOf({.what = "No", .found = "that"}), std::string("No\n  found: that"));
}

void ErrorTest::whatIsTheMessage() {
    const FormatError error({.what = "Damaged", .file = "a.h5"});
    QCOMPARE(std::string(error.what()), std::string("Damaged\n  file: a.h5"));
    QCOMPARE(error.details().file, std::string("a.h5"));
}

void ErrorTest::kindsAreErrors() {
    QVERIFY_EXCEPTION_THROWN(throw ShapeError({.what = "x"}), Error);
    QVERIFY_EXCEPTION_THROWN(throw CancelledError(), Error);
    QCOMPARE(std::string(CancelledError().what()), std::string("Cancelled"));
}

QTEST_GUILESS_MAIN(ErrorTest)
#include "ErrorTest.moc"
