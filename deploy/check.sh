#!/usr/bin/env bash
# Sets up, builds with warnings as errors, and runs all tests. With "all" as CI does it: the tests again with
# AddressSanitizer and UndefinedBehaviorSanitizer (but those that hold the program to its deadlines and its memory, the
# browser's, those that count the figures of many documents, and ways of printing), and the fuzz targets with libFuzzer.
set -euo pipefail
cd "$(dirname "$0")/.."

jobs=$(nproc)  # before OMP_THREAD_LIMIT, which nproc heeds

check() {
  local preset=$1
  cmake --preset "$preset"
  cmake --build --preset "$preset"
  ctest --preset "$preset" -j "$jobs"
}

deploy/setup.sh
# What ccache keeps serves any clone.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export OMP_THREAD_LIMIT=1
check ci
if [ "${1:-}" = all ]; then
  check asan
  check fuzz
fi
