#include "ocr/network_arithmetic.hpp"

// The compiler's own header reads undefined registers on purpose, where all of their parts are written.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ocr/tesseract_layout.hpp"

#define BIAOD_AVX2 __attribute__((target("avx2")))
#define BIAOD_VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

namespace biaod::ocr {
namespace {

constexpr int kBiasInput = 127;
constexpr float kLargestByte = 127;
constexpr float kEntriesPerUnit = 256;  // of the tables
constexpr int kLastEntry = 4095;        // from there on the functions are 1
constexpr int kFloats = 8;              // in a register of AVX2

enum class Curve { tanh, logistic };

bool has_avx2() {
    static const bool has = __builtin_cpu_supports("avx2");
    return has;
}

// One set of `Registers` × 16 outputs. The product instruction takes one factor without a sign: the inputs' signs go
// over to the weights.
template <int Registers>
BIAOD_VNNI inline void multiply_set(int groups, const std::int8_t*& weights, const float*& scales,
                                    const std::int8_t* inputs, float*& outputs) {
    const __m512i zero = _mm512_setzero_si512();
    __m512i sums[Registers];
    for (__m512i& sum : sums) sum = zero;
    for (int group = 0; group < groups; ++group) {
        std::int32_t four = 0;
        std::memcpy(&four, inputs + kInputsPerGroup * group, sizeof four);
        const __m512i signed_inputs = _mm512_set1_epi32(four);
        const __mmask64 negative = _mm512_movepi8_mask(signed_inputs);
        const __m512i sizes = _mm512_abs_epi8(signed_inputs);
        for (__m512i& sum : sums) {
            const __m512i loaded = _mm512_loadu_si512(weights);
            weights += sizeof loaded;
            sum = _mm512_dpbusd_epi32(sum, sizes, _mm512_mask_sub_epi8(loaded, negative, zero, loaded));
        }
    }
    for (const __m512i& sum : sums) {
        const __m512i biases = _mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(weights)));
        const __m512i whole = _mm512_add_epi32(sum, _mm512_mullo_epi32(biases, _mm512_set1_epi32(kBiasInput)));
        _mm512_storeu_ps(outputs, _mm512_mul_ps(_mm512_cvtepi32_ps(whole), _mm512_loadu_ps(scales)));
        weights += kOutputsPerRegister;
        scales += kOutputsPerRegister;
        outputs += kOutputsPerRegister;
    }
}

template <int Registers>
BIAOD_VNNI inline void multiply_sets(int& left, int groups, const std::int8_t*& weights, const float*& scales,
                                     const std::int8_t* inputs, float*& outputs) {
    for (; left >= Registers; left -= Registers) multiply_set<Registers>(groups, weights, scales, inputs, outputs);
    if constexpr (Registers > 1) multiply_sets<Registers / 2>(left, groups, weights, scales, inputs, outputs);
}

template <Curve curve>
float looked_up(float value, const float* table) {
    const float at = std::min(std::abs(value) * kEntriesPerUnit, static_cast<float>(kLastEntry));
    const int entry = static_cast<int>(at);
    if (entry < kLastEntry) {
        const float size = table[entry] + (table[entry + 1] - table[entry]) * (at - static_cast<float>(entry));
        return value >= 0 ? size : curve == Curve::tanh ? -size : 1 - size;
    }
    return value >= 0 ? 1 : curve == Curve::tanh ? -1 : 0;
}

template <Curve curve>
BIAOD_AVX2 inline __m256 looked_up(__m256 values, const float* table) {
    const __m256 sign = _mm256_set1_ps(-0.0F), one = _mm256_set1_ps(1), last = _mm256_set1_ps(kLastEntry);
    const __m256 sizes = _mm256_andnot_ps(sign, values);
    const __m256 at = _mm256_min_ps(_mm256_mul_ps(sizes, _mm256_set1_ps(kEntriesPerUnit)), last);
    const __m256i entry = _mm256_min_epi32(_mm256_cvttps_epi32(at), _mm256_set1_epi32(kLastEntry - 1));
    const __m256 low = _mm256_i32gather_ps(table, entry, sizeof *table);
    const __m256 high = _mm256_i32gather_ps(table + 1, entry, sizeof *table);
    const __m256 between = _mm256_mul_ps(_mm256_sub_ps(high, low), _mm256_sub_ps(at, _mm256_cvtepi32_ps(entry)));
    const __m256 within = _mm256_cmp_ps(at, last, _CMP_LT_OQ);
    const __m256 positive = _mm256_blendv_ps(one, _mm256_add_ps(low, between), within);
    const __m256 negative = curve == Curve::tanh ? _mm256_xor_ps(positive, sign) : _mm256_sub_ps(one, positive);
    return _mm256_blendv_ps(positive, negative, _mm256_cmp_ps(values, _mm256_setzero_ps(), _CMP_LT_OQ));
}

template <Curve curve>
BIAOD_AVX2 int look_up_by_registers(float* values, int count, const float* table) {
    int done = 0;
    for (; done + kFloats <= count; done += kFloats)
        _mm256_storeu_ps(values + done, looked_up<curve>(_mm256_loadu_ps(values + done), table));
    return done;
}

template <Curve curve>
void look_up(float* values, int count, const float* table) {
    for (int i = has_avx2() ? look_up_by_registers<curve>(values, count, table) : 0; i < count; ++i)
        values[i] = looked_up<curve>(values[i], table);
}

BIAOD_AVX2 int round_by_registers(const float* values, int count, std::int8_t* to) {
    const __m256 sign = _mm256_set1_ps(-0.0F), largest = _mm256_set1_ps(kLargestByte), half = _mm256_set1_ps(0.5F);
    int done = 0;
    for (; done + kFloats <= count; done += kFloats) {
        const __m256 scaled = _mm256_mul_ps(_mm256_loadu_ps(values + done), largest);
        const __m256 sizes = _mm256_add_ps(_mm256_min_ps(_mm256_andnot_ps(sign, scaled), largest), half);
        const __m256i whole = _mm256_sign_epi32(_mm256_cvttps_epi32(sizes),
                                                _mm256_or_si256(_mm256_castps_si256(scaled), _mm256_set1_epi32(1)));
        const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(to + done), _mm_packs_epi16(words, words));
    }
    return done;
}

}  // namespace

bool has_fast_product() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vnni");
}

BIAOD_VNNI void multiply_by_weights(int rows, int columns, const std::int8_t* weights, const float* scales,
                                    const std::int8_t* inputs, float* outputs) {
    int registers = (rows + kOutputsPerRegister - 1) / kOutputsPerRegister;
    const int groups = (columns - 1 + kInputsPerGroup - 1) / kInputsPerGroup;
    multiply_sets<kOutputRegisters>(registers, groups, weights, scales, inputs, outputs);
}

void tanh_in_place(float* values, int count) { look_up<Curve::tanh>(values, count, tesseract::TanhTable); }
void logistic_in_place(float* values, int count) { look_up<Curve::logistic>(values, count, tesseract::LogisticTable); }

void round_to_bytes(const float* values, int count, std::int8_t* to) {
    for (int i = has_avx2() ? round_by_registers(values, count, to) : 0; i < count; ++i) {
        const float scaled = values[i] * kLargestByte;
        const int size = static_cast<int>(std::min(std::abs(scaled), kLargestByte) + 0.5F);
        to[i] = static_cast<std::int8_t>(scaled < 0 ? -size : size);
    }
}

}  // namespace biaod::ocr
