#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brainlike {

/// Vector instructions that both the processor and the system offer.
struct VectorInstructions {
    bool avx2 = false;   ///< with fused multiply-add
    bool avx512 = false; ///< foundation, byte and word, doubleword and quadword, and shorter vectors
};

[[nodiscard]] VectorInstructions vectorInstructions();

/// Kernels to ask OpenBLAS for, by its own name, where those it chose leave the processor's vector instructions unused.
/// It knows processors by their number, and takes the oldest kernels for one that came out after it did: products then
/// take three times as long.
///
/// @param chosen  what openblas_get_corename() says
/// @returns nothing where the chosen ones are fitting
[[nodiscard]] std::optional<std::string> kernelsInsteadOf(std::string_view chosen, const VectorInstructions& offered);

/// Of the library that this process has loaded and the processor it runs on. OpenBLAS reads OPENBLAS_CORETYPE when it
/// is loaded, so that only a new process can follow; nothing where it was built for one processor or the variable is
/// set.
[[nodiscard]] std::optional<std::string> betterKernels();

/// Starts this program anew, once, with betterKernels; returns where there are none or the system does not let it. To
/// be called first in a program.
///
/// @param argv  of main
void restartWithBetterKernels(char** argv);

/// Name of the kernels in use.
[[nodiscard]] std::string matrixKernels();

} // namespace brainlike
