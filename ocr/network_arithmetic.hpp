// The arithmetic of Tesseract's recognition network, in the processor's wide registers where it has them. To the bit
// the results of Tesseract 5.3.0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace biaod::ocr {

// How weights of a product are laid out (by the library): outputs in sets of 16 × 16, 8 × 16, … 1 × 16; in a set,
// groups of 4 inputs, and in a group 4 weights for each output; after a set its outputs' biases.
constexpr int kOutputsPerRegister = 16;
constexpr int kOutputRegisters = 16;
constexpr int kInputsPerGroup = 4;
constexpr int kBiasInput = 127;  // what biases are multiplied by

// Whether this processor has what Products needs (AVX-512 VNNI).
bool has_fast_product();

struct Matrix {
    const std::int8_t* weights;
    const float* scales;  // of the outputs, readable up to a multiple of 16
};

// Matrices that are multiplied by the same inputs at many time steps:
// outputs[i] = (Σ weight(i, j) · inputs[j] + 127 · bias(i)) · scales[i].
class Products {
  public:
    // Of each matrix, which must outlive this: `rows` outputs; `columns` inputs, and one for the bias. Goes over the
    // weights once, as multiply() does.
    Products(int rows, int columns, std::vector<Matrix> matrices);

    // `inputs` are readable up to a multiple of 4, `outputs` of each matrix up to one of 16.
    void multiply(const std::int8_t* inputs, std::span<float* const> outputs);

  private:
    int registers_, groups_;
    std::vector<Matrix> matrices_;
    std::vector<std::vector<std::int32_t>> starts_;  // what a sum of weights and inputs above -128 starts with
    bool backwards_ = false;
};

// One product by one matrix, as the library asks for it.
void multiply_by_weights(int rows, int columns, const std::int8_t* weights, const float* scales,
                         const std::int8_t* inputs, float* outputs);

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
