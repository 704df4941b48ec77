# Build-wide settings: language level, warnings, sanitizers, coverage.
option(BRAINLIKE_TESTS "Build the tests" ON)
option(BRAINLIKE_BENCH "Build the benchmarks" OFF)
option(BRAINLIKE_UNITY "Compile several sources of a folder as one" OFF)
option(BRAINLIKE_COVERAGE "Instrument for coverage" OFF)
set(BRAINLIKE_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# -O2 halves the compiler's work; core/encoding, where the arithmetic is, asks for -O3 itself.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(brainlike_warnings INTERFACE)
add_library(brainlike::warnings ALIAS brainlike_warnings)
# -Wrestrict: GCC 12 reports std::string assignments that are right (GCC bug 105651).
target_compile_options(brainlike_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion -Wno-sign-conversion
  -Wno-missing-field-initializers -Wno-restrict -Werror)
target_include_directories(brainlike_warnings INTERFACE "${CMAKE_SOURCE_DIR}")

if(BRAINLIKE_SANITIZE)
  add_compile_options(-fsanitize=${BRAINLIKE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BRAINLIKE_SANITIZE})
  # GCC's own instrumentation hides from it what is initialised (GCC bug 80635).
  target_compile_options(brainlike_warnings INTERFACE -Wno-maybe-uninitialized)
endif()
if(BRAINLIKE_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
