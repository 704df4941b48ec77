#pragma once

/// Before a function of plain loops: it is compiled once more for processors with AVX2, and the loader takes that one
/// where it runs. Results are the same to the bit (no fused products). Everything called in it is inlined.
/// Not under sanitizers, which cannot run before the loader has chosen.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__OPTIMIZE__) &&                        \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define BRAINLIKE_VECTOR_CLONES __attribute__((target_clones("avx2", "default"), flatten))
#else
#define BRAINLIKE_VECTOR_CLONES
#endif
