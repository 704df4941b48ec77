#include "core/encoding/Folds.h"

#include "core/base/Error.h"
#include "core/encoding/FoldPlan.h"
#include "core/encoding/RowAtoms.h"
#include "tests/support/TestFiles.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace brainlike;

namespace {

/// Every row of 0 … rows − 1 is in one fold, and each fold ascends.
void requirePartition(const std::vector<Rows>& folds, const Rows& rows) {
    Rows all = joined(folds);
    for (const auto& fold : folds)
        QVERIFY(std::is_sorted(fold.begin(), fold.end()));
    std::sort(all.begin(), all.end());
    QVERIFY(all == rows);
}

} // namespace

class FoldsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// tests/data/encoding/make_folds.py
    void agreesWithScikitLearnsKFold() {
        const auto cases = test::dataJson("encoding/folds.json").at("contiguous");
        QCOMPARE(cases.size(), std::size_t(7));
        for (const auto& item : cases) {
            const auto folds = makeFolds({.count = item.at("count"), .shuffleSeed = {}, .groups = {}},
                                         allRows(item.at("rows").get<Eigen::Index>()));
            QVERIFY(folds == item.at("folds").get<std::vector<Rows>>());
        }
    }

    void agreesWithScikitLearnsGroupKFold() {
        const auto cases = test::dataJson("encoding/folds.json").at("grouped");
        QCOMPARE(cases.size(), std::size_t(6));
        for (const auto& item : cases) {
            RidgeOptions options;
            options.outer.count = item.at("count");
            options.inner.count = 2;
            options.outer.groups = options.inner.groups = item.at("groups").get<std::vector<std::int64_t>>();
            const auto plan = FoldPlan::make(static_cast<Eigen::Index>(options.outer.groups.size()), options);
            QVERIFY(plan.outer == item.at("folds").get<std::vector<Rows>>());
            QVERIFY(plan.inner == item.at("inner").get<std::vector<std::vector<Rows>>>());
        }
    }

    void shufflesAsDescribed() {
        const auto cases = test::dataJson("encoding/folds.json").at("shuffled");
        QCOMPARE(cases.size(), std::size_t(3));
        for (const auto& item : cases) {
            const auto seed = std::stoull(item.at("seed").get<std::string>());
            const auto rows = allRows(item.at("rows").get<Eigen::Index>());
            QVERIFY(shuffled(rows, seed) == item.at("order").get<Rows>());
            QVERIFY(makeFolds({.count = 4, .shuffleSeed = seed, .groups = {}}, rows) ==
                    item.at("folds").get<std::vector<Rows>>());
        }
    }

    void contiguousFoldsGiveTheFirstOnesOneMore() {
        const auto folds = makeFolds({.count = 4, .shuffleSeed = {}, .groups = {}}, allRows(10));
        const std::vector<Rows> expected{{0, 1, 2}, {3, 4, 5}, {6, 7}, {8, 9}}; // sklearn KFold(4)
        QVERIFY(folds == expected);
    }

    void subsetsOfRowsAreDividedInTheirOrder() {
        const auto folds = makeFolds({.count = 2, .shuffleSeed = {}, .groups = {}}, {1, 4, 5, 8, 9});
        const std::vector<Rows> expected{{1, 4, 5}, {8, 9}};
        QVERIFY(folds == expected);
    }

    void shuffledFoldsDependOnTheSeedAlone() {
        const auto first = makeFolds({.count = 5, .shuffleSeed = 1, .groups = {}}, allRows(43));
        const auto again = makeFolds({.count = 5, .shuffleSeed = 1, .groups = {}}, allRows(43));
        const auto other = makeFolds({.count = 5, .shuffleSeed = 2, .groups = {}}, allRows(43));
        requirePartition(first, allRows(43));
        QVERIFY(first == again);
        QVERIFY(first != other);
        QVERIFY(first != makeFolds({.count = 5, .shuffleSeed = {}, .groups = {}}, allRows(43)));
        std::vector<std::size_t> sizes;
        for (const auto& fold : first)
            sizes.push_back(fold.size());
        QVERIFY((sizes == std::vector<std::size_t>{9, 9, 9, 8, 8}));
    }

    void theOrderOfASeedNeverChanges() {
        // The documented generator, computed apart with Python's integers.
        const Rows expected{0, 9, 5, 8, 6, 4, 7, 2, 1, 3};
        QVERIFY(shuffled(allRows(10), 42) == expected);
    }

    void shufflingIsUniform() {
        std::vector<int> counts(5, 0);
        for (std::uint64_t seed = 0; seed < 5000; ++seed)
            ++counts[static_cast<std::size_t>(shuffled(allRows(5), seed).front())];
        for (const int count : counts)
            QVERIFY2(std::abs(count - 1000) < 150, QByteArray::number(count)); // 5 standard deviations
    }

    void groupsStayTogether() {
        const std::vector<std::int64_t> groups{7, 7, 1, 1, 1, -3, 7, 2, 2, 9};
        for (const auto seed : {std::optional<std::uint64_t>(), std::optional<std::uint64_t>(3)}) {
            const auto folds = makeFolds({.count = 3, .shuffleSeed = seed, .groups = groups}, allRows(10));
            requirePartition(folds, allRows(10));
            std::set<std::int64_t> seen;
            for (const auto& fold : folds) {
                std::set<std::int64_t> own;
                for (const auto row : fold)
                    own.insert(groups[static_cast<std::size_t>(row)]);
                for (const auto group : own)
                    QVERIFY(seen.insert(group).second);
            }
        }
    }

    void groupsAreSpreadAsScikitLearnDoes() {
        // Sizes 4, 3, 2, 1: GroupKFold(2) puts 4 + 1 and 3 + 2 together.
        const std::vector<std::int64_t> groups{5, 5, 5, 5, 6, 6, 6, 8, 8, 9};
        const auto folds = makeFolds({.count = 2, .shuffleSeed = {}, .groups = groups}, allRows(10));
        const std::vector<Rows> expected{{0, 1, 2, 3, 9}, {4, 5, 6, 7, 8}};
        QVERIFY(folds == expected);
    }

    void tooFewRowsOrGroupsAreRefused() {
        QVERIFY_EXCEPTION_THROWN(
            static_cast<void>(makeFolds({.count = 6, .shuffleSeed = {}, .groups = {}}, allRows(5))), ShapeError);
        const std::vector<std::int64_t> groups{1, 1, 1, 2, 2};
        QVERIFY_EXCEPTION_THROWN(
            static_cast<void>(makeFolds({.count = 3, .shuffleSeed = {}, .groups = groups}, allRows(5))), ShapeError);
        RidgeOptions options;
        options.outer.groups = groups;
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(FoldPlan::make(40, options)), ShapeError);
    }

    void atomsMakeUpEveryFold() {
        RidgeOptions options;
        options.inner.count = 4;
        for (const bool shuffled : {false, true}) {
            if (shuffled)
                options.outer.shuffleSeed = options.inner.shuffleSeed = 5;
            const auto plan = FoldPlan::make(203, options);
            const auto atoms = RowAtoms::of(plan);
            requirePartition(atoms.rows, allRows(203));
            const auto rowsOf = [&atoms](const BlockSet& set) {
                Rows rows;
                for (const auto atom : set)
                    rows.insert(rows.end(), atoms.rows[atom].begin(), atoms.rows[atom].end());
                std::sort(rows.begin(), rows.end());
                return rows;
            };
            const auto sorted = [](Rows rows) {
                std::sort(rows.begin(), rows.end());
                return rows;
            };
            for (std::size_t outer = 0; outer < plan.outer.size(); ++outer) {
                QVERIFY(rowsOf(atoms.outerTest[outer]) == plan.outer[outer]);
                QCOMPARE(atoms.innerTest[outer].size(), plan.inner[outer].size());
                for (std::size_t inner = 0; inner < plan.inner[outer].size(); ++inner)
                    QVERIFY(rowsOf(atoms.innerTest[outer][inner]) == sorted(plan.inner[outer][inner]));
            }
            if (!shuffled)
                QVERIFY2(atoms.rows.size() <= 5 + 4 * 4, QByteArray::number(qulonglong(atoms.rows.size())));
        }
    }

    void atomsAreAsLargeAsTheFoldsLeaveThem() {
        RidgeOptions options;
        options.outer.count = options.inner.count = 2;
        const auto atoms = RowAtoms::of(FoldPlan::make(8, options));
        const std::vector<Rows> expected{{0, 1}, {2, 3}, {4, 5}, {6, 7}};
        QVERIFY(atoms.rows == expected);
        QVERIFY(atoms.innerTest[1] == (std::vector<BlockSet>{{0}, {1}}));
    }

    void nestedFoldsDivideEachTrainingSet() {
        RidgeOptions options;
        options.outer.shuffleSeed = options.inner.shuffleSeed = 5;
        options.inner.count = 3;
        const auto plan = FoldPlan::make(23, options);
        QCOMPARE(plan.outer.size(), std::size_t(5));
        QCOMPARE(plan.inner.size(), std::size_t(5));
        for (std::size_t fold = 0; fold < 5; ++fold) {
            QCOMPARE(plan.inner[fold].size(), std::size_t(3));
            auto training = joinedWithout(plan.outer, fold);
            std::sort(training.begin(), training.end());
            requirePartition(plan.inner[fold], training);
        }
    }
};

QTEST_GUILESS_MAIN(FoldsTest)
#include "FoldsTest.moc"
