#include "ocr/network_layers.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ocr/avx2_product.hpp"
#include "ocr/network_arithmetic.hpp"
#include "ocr/tesseract_layout.hpp"

namespace biaod::ocr {
namespace {

std::atomic<bool> own_layers{true};
std::atomic<std::uint64_t> layers_run{0};

bool is_training(const tesseract::Network& layer) {
    constexpr int kEnabled = 1;  // TS_ENABLED
    return layer.training == kEnabled;
}

// One picture that fills its map, in 8 bits: what recognition gives the network.
bool is_one_picture(const tesseract::NetworkIO& input) {
    const tesseract::StrideMap& map = input.map;
    return input.int_mode && map.shape[tesseract::kBatch] == 1 && map.heights.size() == 1 && map.widths.size() == 1 &&
           map.heights[0] == map.shape[tesseract::kHeight] && map.widths[0] == map.shape[tesseract::kWidth] &&
           map.strides[tesseract::kWidth] == 1;
}

bool has_bytes(const tesseract::WeightMatrix& weights) {
    return is_known_tesseract() && weights.int_mode && tesseract::IntSimdMatrix::intSimdMatrix != nullptr;
}

bool takes(const tesseract::Network& layer, bool is_known_kind, bool debug, const tesseract::NetworkIO& input) {
    const bool taken =
        is_known_tesseract() && own_layers && is_known_kind && !debug && !is_training(layer) && is_one_picture(input);
    layers_run += taken;
    return taken;
}

int rounded_up(int size, int step) { return (size + step - 1) / step * step; }

int rounded(double value) { return value >= 0 ? static_cast<int>(value + 0.5) : -static_cast<int>(-value + 0.5); }

// What stands beyond the picture's edge: noise, drawn in the library's order.
void draw_noise(tesseract::TRand& random, std::int8_t* values, int count) {
    constexpr double kRange = 127, kLargest = 2147483647;
    for (int i = 0; i < count; ++i) {
        const auto drawn = static_cast<std::int32_t>(random.engine());
        values[i] = static_cast<std::int8_t>(rounded(kRange * 2.0 * drawn / kLargest - kRange));
    }
}

void copy_neighbours(const tesseract::Convolve& layer, const tesseract::NetworkIO& input, tesseract::NetworkIO& output,
                     int x, int y) {
    const int height = input.map.shape[tesseract::kHeight], width = input.map.shape[tesseract::kWidth];
    const int features = layer.inputs, column = (2 * layer.half_y + 1) * features;
    std::int8_t* to = output.bytes[y * width + x];
    for (int from_x = x - layer.half_x; from_x <= x + layer.half_x; ++from_x, to += column) {
        if (from_x < 0 || from_x >= width) {
            draw_noise(*layer.random, to, column);
            continue;
        }
        std::int8_t* part = to;
        for (int from_y = y - layer.half_y; from_y <= y + layer.half_y; ++from_y, part += features) {
            if (from_y < 0 || from_y >= height) {
                draw_noise(*layer.random, part, features);
            } else {
                std::memcpy(part, input.bytes[from_y * width + from_x], static_cast<std::size_t>(features));
            }
        }
    }
}

// Pixels of one feature with their 3 × 3 neighbours: all but the picture's edge, by the row.
void copy_neighbours_of_row(const std::int8_t* above, const std::int8_t* here, const std::int8_t* below, int count,
                            std::int8_t* to) {
    for (int i = 0; i < count; ++i, to += 9) {
        for (int x = 0; x < 3; ++x) {
            to[3 * x] = above[i + x];
            to[3 * x + 1] = here[i + x];
            to[3 * x + 2] = below[i + x];
        }
    }
}

void convolve(const tesseract::Convolve& layer, const tesseract::NetworkIO& input, tesseract::NetworkIO& output) {
    output.ResizeToMap(true, input.map, layer.outputs);
    const int height = input.map.shape[tesseract::kHeight], width = input.map.shape[tesseract::kWidth];
    const bool usual = layer.half_x == 1 && layer.half_y == 1 && layer.inputs == 1;
    for (int y = 0; y < height; ++y) {
        if (!usual || y == 0 || y == height - 1 || width < 3) {
            for (int x = 0; x < width; ++x) copy_neighbours(layer, input, output, x, y);
            continue;
        }
        copy_neighbours(layer, input, output, 0, y);
        copy_neighbours_of_row(input.bytes[(y - 1) * width], input.bytes[y * width], input.bytes[(y + 1) * width],
                               width - 2, output.bytes[y * width + 1]);
        copy_neighbours(layer, input, output, width - 1, y);
    }
}

void pool(const tesseract::Maxpool& layer, const tesseract::NetworkIO& input, tesseract::NetworkIO& output) {
    output.ResizeScaled(input, layer.x_scale, layer.y_scale, layer.outputs);
    const int height = output.map.shape[tesseract::kHeight], width = output.map.shape[tesseract::kWidth];
    const int input_width = input.map.shape[tesseract::kWidth], features = layer.inputs;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::int8_t* most = output.bytes[y * width + x];
            const int corner = y * layer.y_scale * input_width + x * layer.x_scale;
            std::memcpy(most, input.bytes[corner], static_cast<std::size_t>(features));
            for (int step_y = 0; step_y < layer.y_scale; ++step_y) {
                const std::int8_t* from = input.bytes[corner + step_y * input_width];
                for (int step_x = 0; step_x < layer.x_scale; ++step_x, from += features)
                    for (int i = 0; i < features; ++i) most[i] = std::max(most[i], from[i]);
            }
        }
    }
}

// The product by one or more matrices that have the same inputs: in wide registers, or by what was chosen.
class LayerProducts {
  public:
    explicit LayerProducts(std::vector<const tesseract::WeightMatrix*> matrices) : matrices_(std::move(matrices)) {
        if (tesseract::IntSimdMatrix::intSimdMatrix->product != multiply_by_weights) return;
        std::vector<Matrix> laid_out;
        for (const auto* matrix : matrices_) laid_out.push_back({matrix->shaped.data(), matrix->scales.data()});
        wide_.emplace(matrices_.front()->bytes.rows, matrices_.front()->bytes.columns, std::move(laid_out));
    }

    void multiply(const std::int8_t* inputs, std::span<float* const> outputs) {
        if (wide_) return wide_->multiply(inputs, outputs);
        for (std::size_t i = 0; i < matrices_.size(); ++i) {
            const tesseract::WeightMatrix& matrix = *matrices_[i];
            tesseract::IntSimdMatrix::intSimdMatrix->product(matrix.bytes.rows, matrix.bytes.columns,
                                                             matrix.shaped.data(), matrix.scales.data(), inputs,
                                                             outputs[i]);
        }
    }

  private:
    std::vector<const tesseract::WeightMatrix*> matrices_;
    std::optional<Products> wide_;
};

// Of outputs up to the end of a register.
int padded(int outputs) { return rounded_up(outputs, tesseract::IntSimdMatrix::intSimdMatrix->outputs_per_register); }

// Room for a product's outputs.
std::vector<float> room_for(int outputs) { return std::vector<float>(static_cast<std::size_t>(padded(outputs))); }

// As probabilities. Sums in the library's order.
void softmax_in_place(float* values, int count) {
    constexpr float kSmallest = -86;
    const float most = *std::max_element(values, values + count);
    float total = 0;
    for (int i = 0; i < count; ++i) {
        values[i] = std::exp(std::clamp(values[i] - most, kSmallest, 0.0F));
        total += values[i];
    }
    for (int i = 0; total > 0 && i < count; ++i) values[i] /= total;
}

bool is_as_before(const tesseract::NetworkIO& input, int t) {
    return t > 0 && std::memcmp(input.bytes[t], input.bytes[t - 1], static_cast<std::size_t>(input.bytes.columns)) == 0;
}

// Half of a line is blank: what has the inputs of the time step before has its outputs.
void connect_by_tanh(const tesseract::FullyConnected& layer, const tesseract::NetworkIO& input,
                     tesseract::NetworkIO& output) {
    constexpr std::size_t kBlock = 64;  // time steps whose curves are looked up in one go
    output.ResizeToMap(true, input.map, layer.outputs);
    LayerProducts products({&layer.weights_of_layer});
    const auto step = static_cast<std::size_t>(padded(layer.outputs));
    std::vector<float> values = room_for(static_cast<int>(kBlock * step));
    std::vector<int> block, repeated;
    const auto finish_block = [&] {
        tanh_in_place(values.data(), static_cast<int>(block.size() * step));
        for (std::size_t i = 0; i < block.size(); ++i)
            round_to_bytes(&values[i * step], layer.outputs, output.bytes[block[i]]);
        block.clear();
    };
    for (int t = 0; t < input.bytes.rows; ++t) {
        if (is_as_before(input, t)) {
            repeated.push_back(t);
            continue;
        }
        float* sums = &values[block.size() * step];
        products.multiply(input.bytes[t], {&sums, 1});
        block.push_back(t);
        if (block.size() == kBlock) finish_block();
    }
    finish_block();
    for (const int t : repeated) std::copy_n(output.bytes[t - 1], layer.outputs, output.bytes[t]);
}

void connect_by_softmax(const tesseract::FullyConnected& layer, const tesseract::NetworkIO& input,
                        tesseract::NetworkIO& output) {
    output.ResizeToMap(false, input.map, layer.outputs);
    LayerProducts products({&layer.weights_of_layer});
    std::vector<float> values = room_for(layer.outputs);
    float* sums = values.data();
    for (int t = 0; t < input.bytes.rows; ++t) {
        products.multiply(input.bytes[t], {&sums, 1});
        softmax_in_place(sums, layer.outputs);
        std::copy_n(sums, layer.outputs, output.floats[t]);
    }
}

// Long short-term memory along the rows (Hochreiter and Schmidhuber 1997, with forget gates). For a summary, only what
// stands at the end of a row goes on.
class Lstm {
  public:
    explicit Lstm(const tesseract::LSTM& layer)
        : layer_(layer),
          cell_(room_for(layer.states)),
          in_(cell_),
          forget_(cell_),
          out_(cell_),
          state_(static_cast<std::size_t>(layer.states)),
          inputs_(static_cast<std::size_t>(
              rounded_up(layer.all_inputs, tesseract::IntSimdMatrix::intSimdMatrix->inputs_per_register))),
          products_({&layer.gates[tesseract::LSTM::kCell], &layer.gates[tesseract::LSTM::kInput],
                     &layer.gates[tesseract::LSTM::kForget], &layer.gates[tesseract::LSTM::kOutput]}) {}

    void run(const tesseract::NetworkIO& input, tesseract::NetworkIO& output) {
        const int width = input.map.shape[tesseract::kWidth];
        const bool summary = layer_.type == tesseract::kLstmSummary;
        if (summary) {
            output.ResizeXTo1(input, layer_.outputs);
        } else {
            output.ResizeToMap(true, input.map, layer_.outputs);
        }
        std::int8_t* said = inputs_.data() + layer_.inputs;  // at the time step before
        const std::array sums{cell_.data(), in_.data(), forget_.data(), out_.data()};
        for (int t = 0; t < input.bytes.rows; ++t) {
            if (t % width == 0) {
                std::fill(state_.begin(), state_.end(), 0.0F);
                std::fill_n(said, layer_.states, std::int8_t{0});
            }
            std::memcpy(inputs_.data(), input.bytes[t], static_cast<std::size_t>(layer_.inputs));
            products_.multiply(inputs_.data(), sums);
            step_cells(layer_.states, {sums[0], sums[1], sums[2], sums[3]}, state_.data(), said);
            if (summary && (t + 1) % width != 0) continue;
            std::memcpy(output.bytes[summary ? t / width : t], said, static_cast<std::size_t>(layer_.states));
        }
    }

  private:
    const tesseract::LSTM& layer_;
    std::vector<float> cell_, in_, forget_, out_, state_;
    std::vector<std::int8_t> inputs_;
    LayerProducts products_;
};

using Forward = void(tesseract::Network*, bool, const tesseract::NetworkIO&, const tesseract::TransposedArray*,
                     tesseract::NetworkScratch*, tesseract::NetworkIO*);

// `layer`: the class's name after its length.
Forward* forward_of_library(const std::string& layer) {
    const std::string name =
        "_ZN9tesseract" + layer + "7ForwardEbRKNS_9NetworkIOEPKNS_15TransposedArrayEPNS_14NetworkScratchEPS1_";
    return of_library<Forward>(name.c_str());
}

}  // namespace

void choose_matrix_product() {
    static const tesseract::IntSimdMatrix wide{multiply_by_weights, kOutputsPerRegister, kOutputRegisters,
                                               2 * kOutputsPerRegister, kInputsPerGroup};
    static const tesseract::IntSimdMatrix narrow{multiply_in_avx2, kOutputsPerAvx2Register, kAvx2OutputRegisters,
                                                 kInputsPerGroup * kOutputsPerAvx2Register, kInputsPerGroup};
    if (!is_known_tesseract()) return;
    if (has_fast_product())
        tesseract::IntSimdMatrix::intSimdMatrix = &wide;
    else if (has_avx2())
        tesseract::IntSimdMatrix::intSimdMatrix = &narrow;
}

void use_own_layers(bool own) { own_layers = own; }
std::uint64_t own_layers_run() { return layers_run; }

}  // namespace biaod::ocr

namespace tesseract {

namespace own = biaod::ocr;

void Convolve::Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed, NetworkScratch* scratch,
                       NetworkIO* output) {
    if (own::takes(*this, true, debug, input)) return own::convolve(*this, input, *output);
    static const auto forward = own::forward_of_library("8Convolve");
    forward(this, debug, input, transposed, scratch, output);
}

void Maxpool::Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed, NetworkScratch* scratch,
                      NetworkIO* output) {
    if (own::takes(*this, true, debug, input)) return own::pool(*this, input, *output);
    static const auto forward = own::forward_of_library("7Maxpool");
    forward(this, debug, input, transposed, scratch, output);
}

void FullyConnected::Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed,
                             NetworkScratch* scratch, NetworkIO* output) {
    const bool known = own::has_bytes(weights_of_layer) && (type == kTanh || type == kSoftmax);
    if (own::takes(*this, known, debug, input))
        return type == kTanh ? own::connect_by_tanh(*this, input, *output)
                             : own::connect_by_softmax(*this, input, *output);
    static const auto forward = own::forward_of_library("14FullyConnected");
    forward(this, debug, input, transposed, scratch, output);
}

void LSTM::Forward(bool debug, const NetworkIO& input, const TransposedArray* transposed, NetworkScratch* scratch,
                   NetworkIO* output) {
    const bool known = own::has_bytes(gates[kCell]) && !is_2d && (type == kLstm || type == kLstmSummary);
    if (own::takes(*this, known, debug, input)) return own::Lstm(*this).run(input, *output);
    static const auto forward = own::forward_of_library("4LSTM");
    forward(this, debug, input, transposed, scratch, output);
}

}  // namespace tesseract
