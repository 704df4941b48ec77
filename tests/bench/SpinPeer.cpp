// Runs spins on the arrays that peers_spin.py gives, and prints the seconds taken as JSON.
#include "core/base/Error.h"
#include "core/formats/NpyFile.h"
#include "core/stats/SpinAssignments.h"
#include "core/stats/SpinTest.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace {

using namespace brainlike;

SpinRotations readRotations(const char* path) {
    const RowMatrix<double> values = readNpyMatrix<double>(path, 3);
    std::vector<Eigen::Matrix3d> rotations;
    for (Eigen::Index spin = 0; spin < values.rows(); ++spin)
        rotations.emplace_back(Eigen::Map<const RowMatrix<double>>(values.row(spin).data(), 3, 3));
    return SpinRotations(std::move(rotations));
}

std::vector<double> mapOf(const SpinPoints& points, int axis) {
    std::vector<double> map;
    for (const RowMatrix<float>* side : {&points.left, &points.right})
        for (Eigen::Index i = 0; i < side->rows(); ++i)
            map.push_back((*side)(i, axis) + 0.1 * (*side)(i, (axis + 1) % 3) * (*side)(i, axis));
    return map;
}

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void run(char** arguments) {
    const SpinPoints points{.left = readNpyMatrix<float>(arguments[2]), .right = readNpyMatrix<float>(arguments[3])};
    const SpinRotations rotations = readRotations(arguments[4]);
    const int threads = std::atoi(arguments[5]);
    JobContext job;
    auto start = std::chrono::steady_clock::now();
    const SpinAssignments assignments = assignSpins(points, rotations, spinMethodNamed(arguments[1]), threads, job);
    const double assigning = secondsSince(start);
    start = std::chrono::steady_clock::now();
    const SpinTest test = spinTest(mapOf(points, 0), mapOf(points, 1), assignments, {.threads = threads}, job);
    const double testing = secondsSince(start);
    std::printf("{\"assign\": %.6f, \"test\": %.6f, \"p\": %.6f}\n", assigning, testing, test.p);
    const auto& sources = assignments.sources;
    writeNpy<std::int32_t>(arguments[6],
                           {static_cast<std::size_t>(sources.rows()), static_cast<std::size_t>(sources.cols())},
                           {sources.data(), static_cast<std::size_t>(sources.size())});
}

} // namespace

int main(int count, char** arguments) {
    if (count != 7) {
        std::fputs("usage: spin_peer METHOD LEFT.npy RIGHT.npy ROTATIONS.npy THREADS SOURCES.npy\n", stderr);
        return 2;
    }
    try {
        run(arguments);
        return 0;
    } catch (const brainlike::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
