// Objects inside Tesseract 5.3.0 that network_layers.cpp works with: fields in the library's order, and of its
// functions those that are called or replaced. Nothing here is virtual: the tables of virtual functions are the
// library's. And what is common to all that knows them (tesseract_ink.hpp, too).
#pragma once

#include <dlfcn.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace biaod::ocr {

// Whether the library is the version that is meant here, built for single precision. With another, its own functions
// must do all the work.
bool is_known_tesseract();

// The library's own function, by its mangled name, which this program's hides.
template <typename Function>
Function* of_library(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace biaod::ocr

namespace tesseract {

struct IntSimdMatrix {
    void (*product)(int, int, const std::int8_t*, const float*, const std::int8_t*, float*);
    int outputs_per_register, output_registers, inputs_per_register, inputs_per_group;
    static const IntSimdMatrix* intSimdMatrix;
};

extern const float TanhTable[], LogisticTable[];

class NetworkScratch;
class TransposedArray;

enum { kBatch, kHeight, kWidth, kDimensions };

class StrideMap {
  public:
    int shape[kDimensions];
    int strides[kDimensions];  // in time steps
    std::vector<int> heights;  // of each picture of the batch
    std::vector<int> widths;
};

template <typename T>
struct Array2d {
    void* functions;
    T* values;
    T empty;
    int rows, columns, allocated;
    T* operator[](int row) const { return values + static_cast<std::ptrdiff_t>(row) * columns; }
};

// Time steps in rows, features in columns.
class NetworkIO {
  public:
    void ResizeToMap(bool int_mode, const StrideMap& map, int features);
    void ResizeScaled(const NetworkIO& source, int x_scale, int y_scale, int features);
    void ResizeXTo1(const NetworkIO& source, int features);

    Array2d<float> floats;
    Array2d<std::int8_t> bytes;
    bool int_mode;
    StrideMap map;
};

struct TRand {
    std::minstd_rand engine;
};

struct WeightMatrix {
    Array2d<float> floats;
    Array2d<std::int8_t> bytes;
    Array2d<float> transposed;
    bool int_mode, use_adam;
    std::vector<float> scales;
    Array2d<float> deltas, updates, squares;
    std::vector<std::int8_t> shaped;
};

enum NetworkType { kLstm = 14, kLstmSummary = 15, kTanh = 19, kSoftmax = 22 };

struct Network {
    void* functions;
    int type, training;
    bool needs_to_backprop;
    std::int32_t flags, inputs, outputs, weights;
    std::string name;
    void *forward_window, *backward_window;
    TRand* random;
};

struct Convolve : Network {
    void Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed, NetworkScratch* scratch,
                 NetworkIO* output);
    std::int32_t half_x, half_y;
};

struct Maxpool : Network {
    void Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed, NetworkScratch* scratch,
                 NetworkIO* output);
    StrideMap back_map;
    std::int32_t x_scale, y_scale;
};

struct FullyConnected : Network {
    void Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed, NetworkScratch* scratch,
                 NetworkIO* output);
    WeightMatrix weights_of_layer;
};

struct LSTM : Network {
    enum Gate { kCell, kInput, kForget, kOutput, kForgetAbove, kGates };
    void Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed, NetworkScratch* scratch,
                 NetworkIO* output);
    std::int32_t all_inputs, states, fed_back;
    bool is_2d;
    WeightMatrix gates[kGates];
    FullyConnected* softmax;
};

}  // namespace tesseract
