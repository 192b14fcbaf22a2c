#include "ocr/network_arithmetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "ocr/avx2_product.hpp"
#include "ocr/tesseract_layout.hpp"

namespace biaod::ocr {
namespace {

using Rows = std::vector<std::vector<int>>;  // weights of an output, then its bias

// Weights as the product wants them: see network_arithmetic.hpp.
std::vector<std::int8_t> laid_out(const Rows& weights, std::size_t per_register = kOutputsPerRegister,
                                  std::size_t most_registers = kOutputRegisters) {
    const std::size_t inputs = weights[0].size() - 1;
    const auto weight = [&](std::size_t output, std::size_t input) {
        return static_cast<std::int8_t>(output < weights.size() && input < inputs ? weights[output][input] : 0);
    };
    std::vector<std::int8_t> out;
    std::size_t begin = 0;
    const std::size_t all = (weights.size() + per_register - 1) / per_register * per_register;
    for (std::size_t registers = most_registers; registers >= 1; registers /= 2) {
        const std::size_t set = registers * per_register;
        for (; begin + set <= all; begin += set) {
            for (std::size_t input = 0; input < inputs; input += kInputsPerGroup)
                for (std::size_t output = begin; output < begin + set; ++output)
                    for (std::size_t i = 0; i < kInputsPerGroup; ++i) out.push_back(weight(output, input + i));
            for (std::size_t output = begin; output < begin + set; ++output)
                out.push_back(static_cast<std::int8_t>(output < weights.size() ? weights[output][inputs] : 0));
        }
    }
    return out;
}

using Product = decltype(multiply_by_weights);

// By weights down to `least`, laid out for the product.
void expect_exact(Product product, int least, std::size_t per_register, std::size_t registers) {
    std::mt19937 random(5);
    std::uniform_int_distribution<int> byte(-128, 127), weight_byte(least, 127);
    for (const auto& [outputs, inputs] : {std::pair(16, 9), {1, 1}, {64, 83}, {96, 160}, {225, 512}, {512, 608}}) {
        Rows weights(static_cast<std::size_t>(outputs), std::vector<int>(static_cast<std::size_t>(inputs) + 1));
        for (auto& row : weights)
            for (int& weight : row) weight = weight_byte(random);
        weights.back().assign(weights.back().size(), 127);
        weights.front().assign(weights.front().size(), least);
        std::vector<std::int8_t> values(static_cast<std::size_t>(inputs) + kInputsPerGroup,
                                        99);  // beyond them: no zeros
        for (int i = 0; i < inputs; ++i) values[static_cast<std::size_t>(i)] = static_cast<std::int8_t>(byte(random));
        std::fill_n(values.begin(), inputs / 3, static_cast<std::int8_t>(-128));
        std::vector<float> scales(weights.size() + kOutputsPerRegister, 0.01F), result(scales.size());
        for (float& scale : scales) scale *= static_cast<float>(byte(random));
        product(outputs, inputs + 1, laid_out(weights, per_register, registers).data(), scales.data(), values.data(),
                result.data());
        for (std::size_t i = 0; i < weights.size(); ++i) {
            int sum = 127 * weights[i].back();
            for (std::size_t j = 0; j + 1 < weights[i].size(); ++j) sum += weights[i][j] * values[j];
            ASSERT_EQ(result[i], static_cast<float>(sum) * scales[i]) << outputs << " × " << inputs << ", output " << i;
        }
    }
}

TEST(NetworkArithmetic, TheProductIsExact) {
    if (!has_fast_product()) GTEST_SKIP() << "this processor has no AVX-512 VNNI";
    expect_exact(multiply_by_weights, -128, kOutputsPerRegister, kOutputRegisters);
}

TEST(NetworkArithmetic, TheProductInAvx2IsExact) {
    if (!has_avx2()) GTEST_SKIP() << "this processor has no AVX2";
    expect_exact(multiply_in_avx2, -127, kOutputsPerAvx2Register, kAvx2OutputRegisters);
}

// Twice, for large matrices are taken to and fro.
TEST(NetworkArithmetic, MatricesAreMultipliedAsEachAlone) {
    if (!has_fast_product()) GTEST_SKIP() << "this processor has no AVX-512 VNNI";
    constexpr std::size_t kGates = 4;
    std::mt19937 random(6);
    std::uniform_int_distribution<int> byte(-128, 127);
    for (const auto& [outputs, inputs] : {std::pair(48, 64), {64, 80}, {96, 160}, {144, 40}, {512, 608}}) {
        const std::size_t count = static_cast<std::size_t>(outputs);
        std::vector<std::int8_t> values(static_cast<std::size_t>(inputs));
        for (std::int8_t& value : values) value = static_cast<std::int8_t>(byte(random));
        const std::vector<float> scales(count, 0.01F);
        std::vector<std::vector<std::int8_t>> weights;
        std::vector<std::vector<float>> alone(kGates, std::vector<float>(count));
        std::vector<Matrix> gates;
        for (std::size_t gate = 0; gate < kGates; ++gate) {
            Rows rows(count, std::vector<int>(values.size() + 1));
            for (auto& row : rows)
                for (int& weight : row) weight = byte(random);
            weights.push_back(laid_out(rows));
            gates.push_back({weights.back().data(), scales.data()});
            multiply_by_weights(outputs, inputs + 1, weights[gate].data(), scales.data(), values.data(),
                                alone[gate].data());
        }
        Products products(outputs, inputs + 1, gates);
        for (int time = 0; time < 2; ++time) {
            std::vector<std::vector<float>> together(kGates, std::vector<float>(count));
            const std::array to{together[0].data(), together[1].data(), together[2].data(), together[3].data()};
            products.multiply(values.data(), to);
            EXPECT_EQ(together, alone) << outputs << " × " << inputs;
        }
    }
}

// The library's definitions, value by value.
float tanh_of(float x) {
    if (x < 0) return -tanh_of(-x);
    x *= 256;
    const auto entry = static_cast<unsigned>(std::min(x, 1e6F));
    if (entry >= 4095) return 1;
    const float low = tesseract::TanhTable[entry], high = tesseract::TanhTable[entry + 1];
    return low + (high - low) * (x - static_cast<float>(entry));
}

float logistic_of(float x) {
    if (x < 0) return 1 - logistic_of(-x);
    x *= 256;
    const auto entry = static_cast<unsigned>(std::min(x, 1e6F));
    if (entry >= 4095) return 1;
    const float low = tesseract::LogisticTable[entry], high = tesseract::LogisticTable[entry + 1];
    return low + (high - low) * (x - static_cast<float>(entry));
}

std::vector<float> values_to_try() {
    std::vector<float> values{0, -0.0F, 1e-30F, -1e-30F, 15.99F, 15.996094F, 16, -16, 1e9F, -1e9F, 100, 0.5F / 127, -1};
    std::mt19937 random(6);
    std::uniform_real_distribution<float> near(-2, 2), far(-20, 20);
    for (int i = 0; i < 2000; ++i) values.push_back(i % 2 == 0 ? near(random) : far(random));
    for (int i = -254; i <= 254; ++i) values.push_back(static_cast<float>(i) / 254);  // whole and half bytes
    return values;
}

TEST(NetworkArithmetic, CurvesAreTheLibrarysToTheBit) {
    const std::vector<float> values = values_to_try();
    for (const std::size_t count : {values.size(), std::size_t{16}, std::size_t{7}}) {
        std::vector<float> tanhs(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count)),
            logistics = tanhs;
        tanh_in_place(tanhs.data(), static_cast<int>(count));
        logistic_in_place(logistics.data(), static_cast<int>(count));
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_EQ(tanhs[i], tanh_of(values[i])) << values[i];
            ASSERT_EQ(logistics[i], logistic_of(values[i])) << values[i];
        }
    }
    float one = 1;
    tanh_in_place(&one, 1);
    EXPECT_NEAR(one, std::tanh(1), 1e-4);
}

// Cells whose number no register divides: some are done in wide registers, some one by one.
TEST(NetworkArithmetic, CellsStepAsTheLibrarysDo) {
    const std::vector<float> tried = values_to_try();
    constexpr std::size_t kCells = 37;
    for (std::size_t begin = 0; begin + 5 * kCells < tried.size(); begin += kCells) {
        std::vector<std::vector<float>> given;
        for (std::size_t i = 0; i < 5; ++i) {
            const auto from = tried.begin() + static_cast<std::ptrdiff_t>(begin + i * kCells);
            given.emplace_back(from, from + kCells);
        }
        std::vector<std::vector<float>> sums = given;
        std::vector<std::int8_t> said(kCells);
        step_cells(kCells, {sums[0].data(), sums[1].data(), sums[2].data(), sums[3].data()}, sums[4].data(),
                   said.data());
        for (std::size_t i = 0; i < kCells; ++i) {
            const float kept = given[4][i] * logistic_of(given[2][i]);
            const float state = std::clamp(kept + tanh_of(given[0][i]) * logistic_of(given[1][i]), -100.0F, 100.0F);
            ASSERT_EQ(sums[4][i], state);
            std::int8_t byte = 0;
            const float says = tanh_of(state) * logistic_of(given[3][i]);
            round_to_bytes(&says, 1, &byte);
            ASSERT_EQ(said[i], byte) << says;
        }
    }
}

TEST(NetworkArithmetic, HalvesAreRoundedAwayFromZero) {
    const std::vector<float> values = values_to_try();
    std::vector<std::int8_t> bytes(values.size());
    round_to_bytes(values.data(), static_cast<int>(values.size()), bytes.data());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float scaled = values[i] * 127;
        const float expected = scaled >= 127    ? 127
                               : scaled <= -127 ? -127
                                                : std::copysign(std::floor(std::abs(scaled) + 0.5F), scaled);
        ASSERT_EQ(bytes[i], static_cast<int>(expected)) << values[i];
    }
}

}  // namespace
}  // namespace biaod::ocr
