# One target a folder. Sources are the folder's own *.cpp, so that adding a file needs no edit here.

# brainlike_library(NAME PUBLIC dep… PRIVATE dep… [QT])
function(brainlike_library name)
  cmake_parse_arguments(arg "QT" "" "PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
  file(GLOB compiled CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(compiled)
    add_library(brainlike_${name} STATIC ${sources})
    target_link_libraries(brainlike_${name} PUBLIC ${arg_PUBLIC} PRIVATE brainlike::warnings ${arg_PRIVATE})
    target_include_directories(brainlike_${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    set_target_properties(brainlike_${name} PROPERTIES UNITY_BUILD "${BRAINLIKE_UNITY}" UNITY_BUILD_BATCH_SIZE 12)
    if(arg_QT)
      set_target_properties(brainlike_${name} PROPERTIES AUTOMOC ON)
      target_compile_definitions(brainlike_${name} PRIVATE QT_NO_KEYWORDS)
    endif()
  else()
    add_library(brainlike_${name} INTERFACE)
    target_link_libraries(brainlike_${name} INTERFACE ${arg_PUBLIC} ${arg_PRIVATE})
    target_include_directories(brainlike_${name} INTERFACE "${CMAKE_SOURCE_DIR}")
  endif()
  add_library(brainlike::${name} ALIAS brainlike_${name})
endfunction()

# brainlike_tests(LABEL label [DISPLAY] LIBRARIES dep…): every *Test.cpp of the folder is one Qt Test program.
# DISPLAY runs them under a virtual X server of their own.
function(brainlike_tests)
  cmake_parse_arguments(arg "DISPLAY" "LABEL" "LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*Test.cpp")
  file(RELATIVE_PATH folder "${CMAKE_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}")
  string(REPLACE "/" "." prefix "${folder}")
  foreach(source IN LISTS sources)
    get_filename_component(stem "${source}" NAME_WE)
    set(target "test_${prefix}_${stem}")
    string(REPLACE "." "_" target "${target}")
    add_executable(${target} "${source}")
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    target_compile_definitions(${target} PRIVATE QT_NO_KEYWORDS)
    # What is tested is optimised; the tests themselves need not be.
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O0>)
    target_link_libraries(${target} PRIVATE brainlike::warnings brainlike::test_support Qt6::Test ${arg_LIBRARIES})
    set(name "${prefix}.${stem}")
    if(arg_DISPLAY)
      add_test(NAME ${name} COMMAND "${CMAKE_SOURCE_DIR}/tests/support/with-display" "$<TARGET_FILE:${target}>")
    else()
      add_test(NAME ${name} COMMAND ${target})
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT 300
      ENVIRONMENT "BRAINLIKE_SOURCE_DIR=${CMAKE_SOURCE_DIR};BRAINLIKE_EXECUTABLE=$<TARGET_FILE:brainlike>;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/thread-sanitizer-suppressions")
    if(arg_LABEL STREQUAL "cli")
      add_dependencies(${target} brainlike)
    endif()
  endforeach()
endfunction()

# brainlike_wayland_test(name [function…]): a program of brainlike_tests once more, all of it or some functions, under a
# Wayland compositor of its own; skipped where there is none.
function(brainlike_wayland_test name)
  string(REPLACE "." "_" target "test_${name}")
  add_test(NAME ${name}.wayland
    COMMAND "${CMAKE_SOURCE_DIR}/tests/support/with-wayland" "$<TARGET_FILE:${target}>" ${ARGN})
  set_tests_properties(${name}.wayland PROPERTIES LABELS gui TIMEOUT 300 SKIP_RETURN_CODE 77
    FAIL_REGULAR_EXPRESSION "ERR[|];could not be initialized"
    ENVIRONMENT "BRAINLIKE_SOURCE_DIR=${CMAKE_SOURCE_DIR};BRAINLIKE_EXECUTABLE=$<TARGET_FILE:brainlike>")
endfunction()

# brainlike_heap_test(name KIB function…): some functions of a program of brainlike_tests once more, which may end holding
# so many KiB of the heap; skipped where there is no leak checker.
function(brainlike_heap_test name limit)
  string(REPLACE "." "_" target "test_${name}")
  add_test(NAME ${name}.heap
    COMMAND "${CMAKE_SOURCE_DIR}/tests/support/with-display" "${CMAKE_SOURCE_DIR}/tests/support/with-heap-check" ${limit}
      "$<TARGET_FILE:${target}>" ${ARGN})
  set_tests_properties(${name}.heap PROPERTIES LABELS gui TIMEOUT 300 SKIP_RETURN_CODE 77
    ENVIRONMENT "BRAINLIKE_SOURCE_DIR=${CMAKE_SOURCE_DIR};BRAINLIKE_EXECUTABLE=$<TARGET_FILE:brainlike>")
endfunction()
