// The arithmetic of Tesseract's recognition network, in the processor's wide registers where it has them. To the bit
// the results of Tesseract 5.3.0.
#pragma once

#include <array>
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

// The same for the four gates of memory cells, which have the same inputs: an input is loaded once for all. `rows`: of
// each gate.
constexpr int kGates = 4;
struct GateWeights {
    const std::int8_t* weights;
    const float* scales;
};
void multiply_gates(int rows, int columns, const std::array<GateWeights, kGates>& gates, const std::int8_t* inputs,
                    const std::array<float*, kGates>& outputs);

// One time step of long short-term memory cells, from what their gates were given to what they say, in bytes.
// `offered`, `in`, `forget`, `out`: sums of the gates; they are written over. `state`: of the cells, kept within ±100.
struct CellSums {
    float *offered, *in, *forget, *out;
};
void step_cells(int cells, const CellSums& sums, float* state, std::int8_t* said);

// Hyperbolic tangent and logistic function, interpolated in the library's tables.
void tanh_in_place(float* values, int count);
void logistic_in_place(float* values, int count);

// -1 … 1 to -127 … 127, to the nearest, halves away from 0; what is beyond ends there.
void round_to_bytes(const float* values, int count, std::int8_t* to);

}  // namespace biaod::ocr
