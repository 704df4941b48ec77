#include "core/base/Error.h"
#include "core/encoding/Ridge.h"
#include "tests/core/encoding/PlantedData.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace brainlike;
using test::planted;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

RidgeResult fit(const RowMatrix<double>& x, const RowMatrix<double>& y, const RidgeOptions& options) {
    JobContext job;
    return fitRidge(x, y, options, job);
}

} // namespace

/// What the ridge refuses, how it stops, and what it says meanwhile.
class RidgeRefusalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badInputIsRefused() {
        const auto data = planted(40, 5, 4);
        const RidgeOptions options;
        const auto message = [&](const RowMatrix<double>& x, const RowMatrix<double>& y, RidgeOptions changed) {
            try {
                static_cast<void>(fit(x, y, changed));
            } catch (const Error& error) {
                return QString(error.what());
            }
            return QString("accepted");
        };
        auto x = data.x;
        x(7, 3) = notANumber;
        auto text = message(x, data.y, options);
        QVERIFY2(text.contains("features, row 7, column 3") && text.contains("NaN"), text.toUtf8());
        auto y = data.y;
        y(39, 0) = std::numeric_limits<double>::infinity();
        text = message(data.x, y, options);
        QVERIFY2(text.contains("responses, row 39, column 0") && text.contains("infinite"), text.toUtf8());
        y(39, 0) = 1e300;
        text = message(data.x, y, options);
        QVERIFY2(text.contains("column 0") && text.contains("too large"), text.toUtf8());
        text = message(data.x.topRows(39), data.y, options);
        QVERIFY2(text.contains("39") && text.contains("40"), text.toUtf8());
        text = message(data.x.topRows(4), data.y.topRows(4), options);
        QVERIFY2(text.contains("fewer rows than folds"), text.toUtf8());
        text = message(RowMatrix<double>::Ones(40, 3), data.y, options);
        QVERIFY2(text.contains("Every feature is constant") && text.contains("outer fold 0"), text.toUtf8());
        text = message(RowMatrix<double>(40, 0), data.y, options);
        QVERIFY2(text.contains("no columns"), text.toUtf8());
        auto changed = options;
        changed.alphas = {-1};
        QVERIFY(message(data.x, data.y, changed).contains("λ"));
    }

    void partsPreparedOtherwiseAreRefused() {
        const auto data = planted(40, 5, 4);
        RidgeOptions options;
        const PreparedFeatures features(data.x, options);
        const PreparedResponses responses(data.y, options);
        JobContext job;
        auto other = options;
        other.alphas = {1, 2};
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(fitRidge(features, responses, other, job)), ValueError);
        const PreparedResponses otherResponses(data.y, other);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(fitRidge(features, otherResponses, options, job)), ValueError);
        const PreparedResponses fewer(RowMatrix<double>(data.y.topRows(30)), options);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(fitRidge(features, fewer, options, job)), ShapeError);
        options.threads = 2;
        options.keepInner = true;
        QVERIFY(!fitRidge(features, responses, options, job).innerScores.empty());
    }

    void cancelledFitsStop() {
        const auto data = planted(40, 5, 600);
        std::stop_source stop;
        int reports = 0;
        JobContext job(stop.get_token(), [&](const Progress&) {
            if (++reports == 4)
                stop.request_stop();
        });
        RidgeOptions options;
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(fitRidge(data.x, data.y, options, job)), CancelledError);
        QVERIFY(reports < 8);
    }

    void progressGoesFromNoneToAll() {
        const auto data = planted(40, 5, 600);
        std::vector<double> fractions;
        JobContext job({}, [&](const Progress& progress) { fractions.push_back(progress.fraction); });
        static_cast<void>(fitRidge(data.x, data.y, RidgeOptions(), job));
        QCOMPARE(fractions.front(), 0.0);
        QCOMPARE(fractions.back(), 1.0);
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
    }
};

QTEST_GUILESS_MAIN(RidgeRefusalsTest)
#include "RidgeRefusalsTest.moc"
