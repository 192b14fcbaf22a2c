#!/usr/bin/env bash
# Sets up, builds with warnings as errors, and runs all tests.
set -euo pipefail
cd "$(dirname "$0")/.."

deploy/setup.sh
cmake --preset ci
cmake --build --preset ci
export OMP_THREAD_LIMIT=1
ctest --preset ci -j "$(nproc)"
