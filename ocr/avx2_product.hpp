// The product of the network's weights and its inputs in AVX2, for processors without AVX-512 VNNI: to the bit the
// library's results, with a fifth less work.
// Rejected: sums of several groups in 16 bits, where the inputs are small enough: no faster than this here, for what it
// takes to find those.
#pragma once

#include <cstdint>

namespace biaod::ocr {

// As the library lays weights out for AVX2: network_arithmetic.hpp, but with 8 outputs in a register and sets of 8 × 8,
// 4 × 8, … 1 × 8.
constexpr int kOutputsPerAvx2Register = 8;
constexpr int kAvx2OutputRegisters = 8;

bool has_avx2();

// outputs[i] = (Σ weight(i, j) · inputs[j] + 127 · bias(i)) · scales[i] of `rows` outputs; `columns` inputs, and one
// for the bias. No weight is -128: the library makes none. `inputs` are readable up to a multiple of 4; `scales` and
// `outputs` are as long as a multiple of 8.
void multiply_in_avx2(int rows, int columns, const std::int8_t* weights, const float* scales, const std::int8_t* inputs,
                      float* outputs);

}  // namespace biaod::ocr
