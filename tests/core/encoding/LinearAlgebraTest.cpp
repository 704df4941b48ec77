#include "core/encoding/LinearAlgebra.h"

#include "core/base/Error.h"
#include "core/encoding/ColumnLoops.h"
#include "tests/core/encoding/PlantedData.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace brainlike;
using Eigen::Index;
using test::furthest;
using test::noise;

namespace {

/// The first columns of a wider matrix, so that rows lie apart.
template <typename Scalar>
struct Apart {
    explicit Apart(const RowMatrix<double>& values) : all(values.rows(), values.cols() + 3), columns(values.cols()) {
        all.setConstant(Scalar(1e3));
        all.leftCols(columns) = values.template cast<Scalar>();
    }
    [[nodiscard]] ConstPanel<Scalar> panel() const { return {all.data(), all.rows(), columns, stride()}; }
    [[nodiscard]] Panel<Scalar> panel() { return {all.data(), all.rows(), columns, stride()}; }
    [[nodiscard]] ConstPanel<Scalar> fixed() const { return panel(); }
    [[nodiscard]] RowMatrix<double> values() const { return all.leftCols(columns).template cast<double>(); }
    [[nodiscard]] bool untouchedBeside() const {
        return (all.rightCols(all.cols() - columns).array() == Scalar(1e3)).all();
    }
    [[nodiscard]] Eigen::OuterStride<> stride() const { return Eigen::OuterStride<>(all.cols()); }

    RowMatrix<Scalar> all;
    Index columns;
};

/// Plain loops: what a product has to be.
RowMatrix<double> naiveProduct(const RowMatrix<double>& a, const RowMatrix<double>& b) {
    RowMatrix<double> result = RowMatrix<double>::Zero(a.rows(), b.cols());
    for (Index row = 0; row < a.rows(); ++row)
        for (Index column = 0; column < b.cols(); ++column)
            for (Index inner = 0; inner < a.cols(); ++inner)
                result(row, column) += a(row, inner) * b(inner, column);
    return result;
}

/// Sizes, among them none and one past what is done at once.
const std::vector<std::array<Index, 3>> sizes{{1, 1, 1}, {3, 5, 2}, {17, 33, 65}, {65, 2, 129}, {4, 0, 3}};

template <typename Scalar>
constexpr double tolerance = sizeof(Scalar) == 8 ? 1e-12 : 1e-4;

} // namespace

/// Products and column loops against plain loops, also where rows lie apart and for sizes that no block divides.
class LinearAlgebraTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void productsOfPanels() {
        checkProducts<float>();
        checkProducts<double>();
    }

    void productsOfMatrices() {
        for (const auto& [rows, inner, columns] : sizes) {
            const auto a = noise(rows, inner, 1);
            const auto b = noise(inner, columns, 2);
            const auto expected = naiveProduct(a, b);
            QVERIFY(furthest(product(a, b), expected) < 1e-12);
            QVERIFY(furthest(productTransposed(a.transpose(), b), expected) < 1e-12);
            QVERIFY(furthest(productByTransposed(a, b.transpose()), expected) < 1e-12);
            QVERIFY(furthest(gramOfRows(a), naiveProduct(a, a.transpose())) < 1e-12);
            if (inner > 0)
                QVERIFY(furthest(gramOfColumns(a), naiveProduct(a.transpose(), a)) < 1e-12);
        }
    }

    void eigenvectorsRebuildTheMatrix() {
        for (const Index size : {1, 2, 13, 60, 65, 66, 200}) {     // of one block of reflectors and of several
            const auto matrix = gramOfColumns(noise(40, size, 3)); // of rank 40 at most
            const auto eigen = symmetricEigen(matrix);
            QVERIFY(eigen.values.minCoeff() >= 0);
            QVERIFY(std::is_sorted(eigen.values.begin(), eigen.values.end()));
            QVERIFY(furthest(eigen.vectors * eigen.vectors.transpose(), RowMatrix<double>::Identity(size, size)) <
                    1e-12);
            QVERIFY(furthest(eigen.vectors.transpose() * eigen.values.asDiagonal() * eigen.vectors, matrix) < 1e-10);
        }
        // A closed form: [[2, 1], [1, 2]] has 1 and 3.
        RowMatrix<double> two(2, 2);
        two << 2, 1, 1, 2;
        const auto eigen = symmetricEigen(two);
        QVERIFY(std::abs(eigen.values[0] - 1) < 1e-14 && std::abs(eigen.values[1] - 3) < 1e-14);
        QVERIFY(std::abs(std::abs(eigen.vectors(1, 0)) - std::sqrt(0.5)) < 1e-14);
    }

    void reducedRowsKeepTheGramMatrix() {
        for (const auto& [rows, columns] : {std::pair<Index, Index>{30, 4}, {4, 30}, {7, 7}, {9, 1}}) {
            const auto matrix = noise(rows, columns, 4);
            const auto reduced = reducedRows(matrix);
            QCOMPARE(reduced.rows(), std::min(rows, columns));
            QVERIFY(furthest(gramOfColumns(reduced), gramOfColumns(matrix)) < 1e-11);
        }
    }

    void columnLoops() {
        checkColumnLoops<float>();
        checkColumnLoops<double>();
    }

    void sumsOfManyRowsKeepTheirDigits() {
        // 100,000 ones and a few large ones in single precision: a running sum in float would lose them.
        RowMatrix<float> values = RowMatrix<float>::Constant(100000, 3, 0.1F);
        Eigen::VectorXd sums(3);
        columnSquares(panelOf(std::as_const(values)), sums.data());
        const double expected = 100000 * static_cast<double>(0.1F) * static_cast<double>(0.1F);
        QVERIFY((sums.array() / expected - 1).abs().maxCoeff() < 1e-5);
        ColumnRange range;
        columnRange(panelOf(std::as_const(values)), range);
        QVERIFY((range.sum.array() / (100000 * static_cast<double>(0.1F)) - 1).abs().maxCoeff() < 1e-12);
    }

private:
    template <typename Scalar>
    void checkProducts() {
        for (const auto& [rows, inner, columns] : sizes) {
            const auto a = noise(rows, inner, 1);
            const auto b = noise(inner, columns, 2);
            const auto expected = naiveProduct(a, b);
            const Apart<Scalar> left(a), right(b), leftTransposed(a.transpose()), rightTransposed(b.transpose());
            const auto check = [&](const auto& compute, const RowMatrix<double>& wanted) {
                Apart<Scalar> result(RowMatrix<double>::Constant(wanted.rows(), wanted.cols(), 7));
                compute(result.panel(), Into::Add);
                QVERIFY(furthest(result.values(), (wanted.array() + 7).matrix()) < tolerance<Scalar>);
                compute(result.panel(), Into::Replace);
                QVERIFY(furthest(result.values(), wanted) < tolerance<Scalar>);
                QVERIFY(result.untouchedBeside());
            };
            check([&](Panel<Scalar> into, Into how) { multiply(left.panel(), right.panel(), into, how); }, expected);
            check([&](Panel<Scalar> into,
                      Into how) { multiplyTransposed(leftTransposed.panel(), right.panel(), into, how); },
                  expected);
            check([&](Panel<Scalar> into,
                      Into how) { multiplyByTransposed(left.panel(), rightTransposed.panel(), into, how); },
                  expected);
            checkSelf(left, a);
        }
    }

    template <typename Scalar>
    void checkSelf(const Apart<Scalar>& panel, const RowMatrix<double>& a) {
        const auto expected = naiveProduct(a, a.transpose());
        Apart<Scalar> result(RowMatrix<double>::Constant(a.rows(), a.rows(), 7));
        multiplyBySelf(panel.panel(), result.panel());
        const auto found = result.values();
        for (Index row = 0; row < a.rows(); ++row)
            for (Index column = 0; column < a.rows(); ++column)
                QVERIFY(std::abs(found(row, column) - (column >= row ? expected(row, column) : 7)) < tolerance<Scalar>);
        multiplyBySelf(panel.panel(), result.panel(), Into::Add);
        QVERIFY(std::abs(result.values()(0, 0) - 2 * expected(0, 0)) < tolerance<Scalar>);
    }

    template <typename Scalar>
    void checkColumnLoops() {
        for (const Index rows : {1, 63, 64, 130})
            for (const Index columns : {1, 15, 64, 65, 200}) {
                const auto a = noise(rows, columns, 5);
                const auto b = noise(rows, columns, 6);
                Apart<Scalar> left(a);
                const Apart<Scalar> right(b);
                Eigen::VectorXd sums(columns);
                columnDots(left.fixed(), right.panel(), sums.data());
                QVERIFY(furthest(sums.transpose(), a.cwiseProduct(b).colwise().sum()) < 10 * tolerance<Scalar>);
                columnSquares(left.fixed(), sums.data());
                QVERIFY(furthest(sums.transpose(), a.colwise().squaredNorm()) < 10 * tolerance<Scalar>);
                checkRange(left);
                const RowMatrix<Scalar> row = b.row(0).template cast<Scalar>();
                subtractRow(left.panel(), row.data());
                QVERIFY(furthest(left.values(), a.rowwise() - b.row(0)) < tolerance<Scalar>);
                scaleColumns(left.panel(), row.data());
                const RowMatrix<double> scaled = (a.rowwise() - b.row(0)) * b.row(0).asDiagonal();
                QVERIFY(furthest(left.values(), scaled) < tolerance<Scalar>);
                QVERIFY(left.untouchedBeside());
                const RowMatrix<Scalar> terms = a.template cast<Scalar>();
                std::vector<const Scalar*> rowsToAdd;
                for (Index term = 0; term < rows; ++term)
                    rowsToAdd.push_back(terms.row(term).data());
                RowMatrix<Scalar> sum(1, columns + 1);
                sum.setConstant(7);
                addAll(rowsToAdd, sum.data(), columns);
                QVERIFY(furthest(sum.leftCols(columns).template cast<double>(), a.colwise().sum()) <
                        10 * tolerance<Scalar>);
                QVERIFY(sum(0, columns) == 7);
                addAll({}, sum.data(), columns);
                QVERIFY((sum.leftCols(columns).array() == 0).all());
            }
    }

    template <typename Scalar>
    void checkRange(const Apart<Scalar>& panel) {
        ColumnRange range;
        columnRange(panel.panel(), range);
        const auto values = panel.values();
        QVERIFY(furthest(range.sum.transpose(), values.colwise().sum()) < 1e-10);
        QVERIFY(furthest(range.smallest.transpose(), values.colwise().minCoeff()) == 0);
        QVERIFY(furthest(range.largest.transpose(), values.colwise().maxCoeff()) == 0);
    }
};

QTEST_GUILESS_MAIN(LinearAlgebraTest)
#include "LinearAlgebraTest.moc"
