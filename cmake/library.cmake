# The permitted edges between the folders' libraries (an arrow that is not here fails at configure time).
set(BIAOD_MAY_USE_models "")
set(BIAOD_MAY_USE_layout models)
set(BIAOD_MAY_USE_ocr models layout)
set(BIAOD_MAY_USE_queue models)
set(BIAOD_MAY_USE_daemon models layout ocr queue)

function(biaod_target_options target)
  # -Wrestrict is wrong about std::string in GCC 12 (GCC bug 105329).
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                                           $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
                                           $<$<BOOL:${BIAOD_WERROR}>:-Werror>)
  if(BIAOD_FUZZ)
    target_compile_options(${target} PUBLIC -fsanitize=fuzzer-no-link,address)
    target_link_options(${target} PUBLIC -fsanitize=address)
  endif()
  if(BIAOD_SANITIZE)
    target_compile_options(${target} PUBLIC -fsanitize=address,undefined -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL EXECUTABLE)
      target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/leaks.cpp)
    endif()
  endif()
endfunction()

# biaod_library(NAME [TOGETHER] USES folder... LINKS target... PRIVATE_LINKS target... SOURCES file...)
#
# The library of one folder. Headers are included as "layout/rulings/rulings.hpp". A folder's include path is the
# folder's own view: a forwarding tree with the folders that it may use and no others, so an #include of any other does
# not compile. TOGETHER: for sanitizers and fuzzers a dozen files are compiled as one, since what they include (JSON)
# takes most of the time; no two of them may name a helper alike.
function(biaod_library name)
  cmake_parse_arguments(ARG "TOGETHER" "" "USES;LINKS;PRIVATE_LINKS;SOURCES" ${ARGN})
  foreach(used IN LISTS ARG_USES)
    if(NOT used IN_LIST BIAOD_MAY_USE_${name})
      message(FATAL_ERROR "${name} may not use ${used}")
    endif()
  endforeach()
  set(view ${CMAKE_BINARY_DIR}/include_view/${name})
  file(REMOVE_RECURSE ${view})
  file(MAKE_DIRECTORY ${view})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${name} ${view}/${name} SYMBOLIC)

  add_library(biaod_${name} STATIC ${ARG_SOURCES})
  add_library(biaod::${name} ALIAS biaod_${name})
  target_include_directories(biaod_${name} PUBLIC ${view})
  list(TRANSFORM ARG_USES PREPEND biaod:: OUTPUT_VARIABLE used_targets)
  target_link_libraries(biaod_${name} PUBLIC ${used_targets} ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  biaod_target_options(biaod_${name})
  if(ARG_TOGETHER AND (BIAOD_SANITIZE OR BIAOD_FUZZ))
    set_target_properties(biaod_${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
endfunction()
