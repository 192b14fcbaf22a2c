#include "ocr/avx2_product.hpp"

#include <immintrin.h>

#include <cstring>

#include "ocr/network_arithmetic.hpp"

#define BIAOD_AVX2 __attribute__((target("avx2")))

namespace biaod::ocr {
namespace {

// What is left of a product.
struct Rest {
    const std::int8_t* weights;
    const float* scales;
    float* outputs;
    int registers;
};

// The instruction takes one factor without a sign, and holds the sum of two products in 16 bits. So the sign of an
// input goes over to its weights: the library gives that of each weight to an input instead, which it does for each
// weight twice.
template <int Registers>
BIAOD_AVX2 inline void do_set(const std::int8_t* inputs, int groups, Rest& rest) {
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i sums[Registers];
    for (__m256i& sum : sums) sum = _mm256_setzero_si256();
    for (int group = 0; group < groups; ++group) {
        std::int32_t four = 0;
        std::memcpy(&four, inputs + kInputsPerGroup * group, sizeof four);
        const __m256i signs = _mm256_set1_epi32(four), sizes = _mm256_abs_epi8(signs);
        for (__m256i& sum : sums) {
            const __m256i weights = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(rest.weights));
            const __m256i pairs = _mm256_maddubs_epi16(sizes, _mm256_sign_epi8(weights, signs));
            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, ones));
            rest.weights += sizeof(__m256i);
        }
    }
    for (const __m256i& sum : sums) {
        const __m128i biases = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(rest.weights));
        const __m256i bias = _mm256_mullo_epi32(_mm256_cvtepi8_epi32(biases), _mm256_set1_epi32(kBiasInput));
        const __m256 whole = _mm256_cvtepi32_ps(_mm256_add_epi32(sum, bias));
        _mm256_storeu_ps(rest.outputs, _mm256_mul_ps(whole, _mm256_loadu_ps(rest.scales)));
        rest.weights += kOutputsPerAvx2Register;
        rest.scales += kOutputsPerAvx2Register;
        rest.outputs += kOutputsPerAvx2Register;
    }
    rest.registers -= Registers;
}

template <int Registers>
BIAOD_AVX2 inline void do_sets(const std::int8_t* inputs, int groups, Rest& rest) {
    while (rest.registers >= Registers) do_set<Registers>(inputs, groups, rest);
    if constexpr (Registers > 1) do_sets<Registers / 2>(inputs, groups, rest);
}

}  // namespace

bool has_avx2() {
    static const bool has = __builtin_cpu_supports("avx2");
    return has;
}

BIAOD_AVX2 void multiply_in_avx2(int rows, int columns, const std::int8_t* weights, const float* scales,
                                 const std::int8_t* inputs, float* outputs) {
    const int groups = (columns - 1 + kInputsPerGroup - 1) / kInputsPerGroup;
    const int registers = (rows + kOutputsPerAvx2Register - 1) / kOutputsPerAvx2Register;
    Rest rest{weights, scales, outputs, registers};
    do_sets<kAvx2OutputRegisters>(inputs, groups, rest);
}

}  // namespace biaod::ocr
