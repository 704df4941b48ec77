#include "core/encoding/MatrixKernels.h"

#include <algorithm>
#include <array>
#include <cblas.h>
#include <cstdlib>
#include <unistd.h>

namespace brainlike {
namespace {

constexpr std::array<std::string_view, 3> avx512Kernels{"SkylakeX", "Cooperlake", "Sapphirerapids"};
constexpr std::array<std::string_view, 3> avx2Kernels{"Haswell", "Zen", "Excavator"};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

VectorInstructions vectorInstructions() {
#if defined(__x86_64__) && defined(__GNUC__)
    const bool avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    return {avx2, avx2 && __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                      __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0};
#else
    return {};
#endif
}

std::optional<std::string> kernelsInsteadOf(std::string_view chosen, const VectorInstructions& offered) {
    // Kernels for AVX2 were chosen on purpose even where there is more: some processors slow down with the longest
    // vectors.
    if (!offered.avx2 || contains(avx512Kernels, chosen) || contains(avx2Kernels, chosen))
        return std::nullopt;
    return std::string(offered.avx512 ? avx512Kernels.front() : avx2Kernels.front());
}

std::optional<std::string> betterKernels() {
    if (std::getenv("OPENBLAS_CORETYPE") != nullptr ||
        std::string_view(openblas_get_config()).find("DYNAMIC_ARCH") == std::string_view::npos)
        return std::nullopt;
    return kernelsInsteadOf(matrixKernels(), vectorInstructions());
}

void restartWithBetterKernels(char** argv) {
#ifdef __linux__
    const auto kernels = betterKernels();
    if (kernels && ::setenv("OPENBLAS_CORETYPE", kernels->c_str(), 0) == 0)
        ::execv("/proc/self/exe", argv);
#else
    static_cast<void>(argv);
#endif
}

std::string matrixKernels() {
    return openblas_get_corename();
}

} // namespace brainlike
