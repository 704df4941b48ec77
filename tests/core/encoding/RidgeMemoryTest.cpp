#include "core/encoding/RidgeMemory.h"

#include "core/encoding/ResponseTiling.h"
#include "core/encoding/RidgeFit.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <limits>
#include <malloc.h>
#include <memory>
#include <optional>
#include <random>

using namespace brainlike;
using Eigen::Index;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BRAINLIKE_COUNTS_MEMORY 0
#else
#define BRAINLIKE_COUNTS_MEMORY 1
#endif

namespace {

/// Bytes on the heap, and the most there have been.
std::atomic<std::int64_t> heapNow = 0;
std::atomic<std::int64_t> heapPeak = 0;

} // namespace

#if BRAINLIKE_COUNTS_MEMORY
namespace {

void* noted(void* block) {
    if (block == nullptr)
        return block;
    const auto now = heapNow += static_cast<std::int64_t>(malloc_usable_size(block));
    auto peak = heapPeak.load();
    while (now > peak && !heapPeak.compare_exchange_weak(peak, now)) {
    }
    return block;
}

void forget(void* block) {
    if (block != nullptr)
        heapNow -= static_cast<std::int64_t>(malloc_usable_size(block));
}

} // namespace

// The C library's own allocation, counted.
extern "C" {
void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);
void __libc_free(void*);

void* malloc(size_t size) {
    return noted(__libc_malloc(size));
}
void* calloc(size_t count, size_t size) {
    return noted(__libc_calloc(count, size));
}
void* realloc(void* block, size_t size) {
    forget(block);
    void* moved = __libc_realloc(block, size);
    noted(moved == nullptr && size != 0 ? block : moved);
    return moved;
}
void* memalign(size_t alignment, size_t size) {
    return noted(__libc_memalign(alignment, size));
}
void* aligned_alloc(size_t alignment, size_t size) {
    return noted(__libc_memalign(alignment, size));
}
int posix_memalign(void** block, size_t alignment, size_t size) {
    *block = noted(__libc_memalign(alignment, size));
    return *block == nullptr ? ENOMEM : 0;
}
void free(void* block) {
    forget(block);
    __libc_free(block);
}
}
#endif

namespace {

RowMatrix<double> normal(Index rows, Index columns, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> draw;
    return RowMatrix<double>::NullaryExpr(rows, columns, [&] { return draw(random); });
}

/// Bytes that `work` leaves on the heap, and takes at its peak.
struct Taken {
    double kept = 0;
    double peak = 0;
};
template <typename Work>
Taken taken(Work work) {
    const auto before = heapNow.load();
    heapPeak = before;
    [[maybe_unused]] const auto result = work();
    return {static_cast<double>(heapNow - before), static_cast<double>(heapPeak - before)};
}

/// Holds an estimate against what was really taken: enough, and not far too much. `most` is for the largest; small
/// amounts may be estimated further off. With `most` infinite only "enough" is held.
void holds(const char* what, double estimate, double real, double most) {
    const double slack = 2.0 * 1024 * 1024;
    QVERIFY2(real <= estimate, qPrintable(QStringLiteral("%1: %2 MiB estimated, %3 taken")
                                              .arg(QLatin1String(what))
                                              .arg(estimate / 1048576)
                                              .arg(real / 1048576)));
    QVERIFY2(estimate <= most * real + slack, qPrintable(QStringLiteral("%1: %2 MiB estimated, only %3 taken")
                                                             .arg(QLatin1String(what))
                                                             .arg(estimate / 1048576)
                                                             .arg(real / 1048576)));
}

} // namespace

class RidgeMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void estimatesHold_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("targets");
        QTest::addColumn<bool>("global");
        QTest::addColumn<bool>("precise");
        QTest::addColumn<int>("threads");
        const auto add = [](int rows, int columns, int targets, bool global, bool precise, int threads) {
            QTest::addRow("%d x %d x %d, %s, %s, %d threads", rows, columns, targets, global ? "global" : "per target",
                          precise ? "double" : "float", threads)
                << rows << columns << targets << global << precise << threads;
        };
        add(600, 200, 2000, true, false, 1);
        add(600, 200, 2000, true, true, 2);
        add(600, 200, 300, true, false, 1);
        add(600, 200, 2000, false, false, 2);
        add(600, 200, 2000, false, false, 1);
        add(600, 40, 4000, true, false, 1);
        add(600, 40, 4000, true, false, 2);
        add(600, 40, 4000, false, true, 1);
        add(200, 700, 2000, true, false, 1);
        add(200, 700, 2000, true, false, 2);
        add(200, 700, 2000, false, true, 1);
        add(1500, 60, 1000, true, false, 1);
    }
    void estimatesHold() {
#if !BRAINLIKE_COUNTS_MEMORY
        QSKIP("a sanitizer has its own allocation");
#endif
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, targets);
        QFETCH(bool, global);
        QFETCH(bool, precise);
        QFETCH(int, threads);
        RidgeOptions options;
        options.lambdaMode = global ? LambdaMode::Global : LambdaMode::PerTarget;
        options.doublePrecision = precise;
        options.threads = threads;
        const auto plan = FoldPlan::make(rows, options);
        // How many of several threads' buffers are there at the same time is the scheduler's to say: a single thread
        // holds that the estimate isn't far too much.
        const auto atMost = [&](double most) { return threads == 1 ? most : std::numeric_limits<double>::infinity(); };
        FitSizes sizes{plan, options, columns, targets, threads};
        auto x = std::make_unique<RowMatrix<double>>(normal(rows, columns, 1));
        const RowMatrix<float> y = normal(rows, targets, 2).cast<float>();

        std::optional<PreparedFeatures> features;
        const auto preparing = taken([&] {
            features.emplace(*x, options);
            return 0;
        });
        const double given = 8.0 * rows * columns;
        holds("prepared features", preparedFeatureBytes(sizes), preparing.kept, 1.2);
        holds("preparing features", preparedFeatureBytes(sizes) + preparingFeatureBytes(sizes), preparing.peak + given,
              atMost(1.6));

        std::unique_ptr<const PreparedResponses::Data> responses;
        const auto tiling = taken([&] {
            responses = prepareResponses(y, options, RowKernels::Never);
            return 0;
        });
        holds("responses", responseTileBytes(sizes, responses->tileCount), tiling.kept, 1.2);
        JobContext job;
        const auto fitting = taken([&] { return fitPrepared(features->data(), *responses, options, job); });
        holds("a fit", fitBytes(sizes), fitting.peak, atMost(1.6));
        if (!choosesByTraces(options))
            return;
        std::unique_ptr<const PreparedResponses::Data> shared;
        const auto summing = taken([&] {
            shared = prepareResponses(y, options, RowKernels::Always);
            return 0;
        });
        const double kernels = rowKernelBytes(plan, options, 1 << 30);
        const double tiles = responseTileBytes(sizes, responses->tileCount);
        holds("row kernels", kernels + rowKernelSumBytes(sizes) + tiles, summing.peak, atMost(1.6));
        sizes.hasRowKernels = true;
        const auto sharing = taken([&] { return fitPrepared(features->data(), *shared, options, job); });
        holds("a fit with row kernels", fitBytes(sizes), sharing.peak, atMost(2.0));
    }

    void foldsInTurn_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("targets");
        QTest::addColumn<bool>("global");
        QTest::addColumn<bool>("precise");
        QTest::addColumn<int>("threads");
        QTest::newRow("features above all") << 1000 << 400 << 20 << true << false << 1;
        QTest::newRow("features above all, 2 threads") << 1000 << 400 << 20 << true << false << 2;
        QTest::newRow("features above all, per target") << 1000 << 400 << 20 << false << false << 1;
        QTest::newRow("rows above all") << 1500 << 60 << 1000 << true << false << 1;
        QTest::newRow("responses above all") << 600 << 40 << 4000 << true << true << 2;
        QTest::newRow("as many features as rows") << 400 << 400 << 20 << true << false << 1;
        QTest::newRow("far more features than rows") << 200 << 2000 << 20 << true << false << 1;
        QTest::newRow("far more features, 2 threads") << 200 << 2000 << 20 << true << false << 2;
    }
    /// Features that are given up, prepared and fitted fold after fold, to two recordings.
    void foldsInTurn() {
#if !BRAINLIKE_COUNTS_MEMORY
        QSKIP("a sanitizer has its own allocation");
#endif
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, targets);
        QFETCH(bool, global);
        QFETCH(bool, precise);
        QFETCH(int, threads);
        RidgeOptions options;
        options.lambdaMode = global ? LambdaMode::Global : LambdaMode::PerTarget;
        options.doublePrecision = precise;
        options.threads = threads;
        const auto plan = FoldPlan::make(rows, options);
        const RowMatrix<float> y = normal(rows, targets, 2).cast<float>();
        const auto responses = prepareResponses(y, options, RowKernels::Never);
        const std::array both{responses.get(), responses.get()};
        JobContext job;
        for (const std::size_t folds : {std::size_t{1}, std::size_t{3}}) {
            const FitSizes sizes{.plan = plan,
                                 .options = options,
                                 .columns = columns,
                                 .targets = targets,
                                 .threads = threads,
                                 .foldsInTurn = folds};
            std::optional<PreparedFeatures> features;
            const auto all = taken([&] {
                auto x = normal(rows, columns, 1);
                features.emplace(std::move(x), options, job, FoldDepth::InTurn);
                fitInTurn(*features, both, options, folds, job, 0, [](std::size_t, const RidgeResult&) {});
                return 0;
            });
            holds("decomposed in turn",
                  preparedFeatureBytes(sizes) + 2 * waitingFitBytes(sizes) +
                      std::max(preparingFeatureBytes(sizes), fitBytes(sizes)),
                  all.peak, threads == 1 ? 1.6 : std::numeric_limits<double>::infinity());
        }
    }

    void foldsInTurnTakeFarLess() {
        const RidgeOptions options;
        const auto plan = FoldPlan::make(6000, options);
        FitSizes sizes{.plan = plan, .options = options, .columns = 2048, .targets = 20};
        const double kept = preparedFeatureBytes(sizes) + preparingFeatureBytes(sizes);
        sizes.foldsInTurn = 1;
        QVERIFY(preparedFeatureBytes(sizes) + preparingFeatureBytes(sizes) < 0.5 * kept);
    }
};

QTEST_GUILESS_MAIN(RidgeMemoryTest)
#include "RidgeMemoryTest.moc"
