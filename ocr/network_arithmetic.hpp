// The arithmetic of Tesseract's recognition network, in the processor's wide registers where it has them. To the bit
// the results of Tesseract 5.3.0.
#pragma once

#include <cstdint>

namespace biaod::ocr {

// How weights of a product are laid out (by the library): outputs in sets of 16 × 16, 8 × 16, … 1 × 16; in a set,
// groups of 4 inputs, and in a group 4 weights for each output; after a set its outputs' biases.
constexpr int kOutputsPerRegister = 16;
constexpr int kOutputRegisters = 16;
constexpr int kInputsPerGroup = 4;

// Whether this processor has what multiply_by_weights() needs (AVX-512 VNNI).
bool has_fast_product();

// outputs[i] = (Σ weight(i, j) · inputs[j] + 127 · bias(i)) · scales[i]. `columns`: inputs and one for the bias. Inputs
// are readable up to a multiple of 4, scales and outputs up to one of 16. No weight or input is -128.
void multiply_by_weights(int rows, int columns, const std::int8_t* weights, const float* scales,
                         const std::int8_t* inputs, float* outputs);

// Hyperbolic tangent and logistic function, interpolated in the library's tables.
void tanh_in_place(float* values, int count);
void logistic_in_place(float* values, int count);

// -1 … 1 to -127 … 127, to the nearest, halves away from 0; what is beyond ends there.
void round_to_bytes(const float* values, int count, std::int8_t* to);

}  // namespace biaod::ocr
