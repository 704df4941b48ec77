#include "core/stats/SpinPoints.h"

#include "core/base/Error.h"
#include "tests/core/stats/SpinSpheres.h"

#include <QtTest>

using namespace brainlike;

class SpinPointsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsSpheres() {
        const SpinPoints both = test::twoSpheres(50);
        validateSpinPoints(both);
        QCOMPARE(both.count(), 97);
        validateSpinPoints({.left = both.left});
        validateSpinPoints({.right = both.right});
        validateSpinPoints({.left = 0.01F * both.left, .right = both.right}); // each its own radius
    }

    void refusesNoPoints() {
        QVERIFY_EXCEPTION_THROWN(validateSpinPoints({}), ShapeError);
        QVERIFY_EXCEPTION_THROWN(validateSpinPoints({.left = RowMatrix<float>::Ones(4, 2)}), ShapeError);
    }

    void namesThePointOffTheSphere() {
        SpinPoints points = test::twoSpheres(50);
        points.right.row(31) *= 1.2F;
        try {
            validateSpinPoints(points);
            QFAIL("accepted");
        } catch (const ValueError& error) {
            QCOMPARE(error.details().place, "right hemisphere, point 31");
            QVERIFY(error.details().advice.find("sphere surface") != std::string::npos);
        }
        points.right(31, 1) = std::numeric_limits<float>::quiet_NaN();
        try {
            validateSpinPoints(points);
            QFAIL("accepted");
        } catch (const ValueError& error) {
            QCOMPARE(error.details().place, "right hemisphere, point 31");
            QVERIFY(error.details().found.find("NaN") != std::string::npos);
        }
        QVERIFY_EXCEPTION_THROWN(validateSpinPoints({.left = RowMatrix<float>::Zero(5, 3)}), ValueError);
    }

    void centroidIsTheVertexNearestToTheMean() {
        RowMatrix<float> sphere(7, 3);
        sphere << 1, 0, 0, 0, 1, 0, 0, 0, 1, 0.6F, 0.8F, 0, 0.8F, 0.6F, 0, 0, 0, -1, -1, 0, 0;
        const std::vector<int> labels{0, 1, 1, 0, 0, -1, 9};
        const RowMatrix<float> centroids = sphereCentroids(sphere, labels, 2);
        QCOMPARE(centroids.rows(), 2);
        QVERIFY(centroids.row(0) == sphere.row(4));
        QVERIFY(centroids.row(1) == sphere.row(1)); // as far from vertex 2: the earlier
    }

    void refusesParcelsWithoutVertices() {
        const RowMatrix<float> sphere = test::spiralSphere(4);
        try {
            (void)sphereCentroids(sphere, std::vector<int>{0, 2, 2, 0}, 3);
            QFAIL("accepted");
        } catch (const ValueError& error) {
            QCOMPARE(error.details().place, "parcel 1");
        }
        QVERIFY_EXCEPTION_THROWN((void)sphereCentroids(sphere, std::vector<int>{0, 1}, 2), ShapeError);
    }
};

QTEST_GUILESS_MAIN(SpinPointsTest)
#include "SpinPointsTest.moc"
