#include "ocr/network_arithmetic.hpp"

// The compiler's own header reads undefined registers on purpose, where all of their parts are written.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#include "ocr/avx2_product.hpp"
#include "ocr/tesseract_layout.hpp"

#define BIAOD_AVX2 __attribute__((target("avx2")))
#define BIAOD_VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

namespace biaod::ocr {
namespace {

constexpr float kLargestByte = 127;
constexpr float kEntriesPerUnit = 256;  // of the tables
constexpr int kLastEntry = 4095;        // from there on the functions are 1
constexpr int kFloats = 8;              // in a register of AVX2
constexpr int kWide = 16;               // in one of AVX-512
constexpr float kMostState = 100;

enum class Curve { tanh, logistic };

// What is left of a matrix, and of what belongs to its outputs.
struct Rest {
    const std::int8_t* weights;
    const float* scales;
    std::int32_t* starts;
    float* outputs;
    int done = 0;  // outputs
};

BIAOD_VNNI inline __m512i times_bias_input(const std::int8_t* biases) {
    const __m512i wide = _mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(biases)));
    return _mm512_mullo_epi32(wide, _mm512_set1_epi32(kBiasInput));
}

// Each product of a set of `Registers` × 16 outputs of each matrix. `Set` tells what its sums start with and what
// becomes of them; inputs have no sign.
template <int Registers, typename Set, std::size_t Matrices>
BIAOD_VNNI inline void do_set(const Set& set, int groups, std::array<Rest, Matrices>& rests) {
    __m512i sums[Matrices][Registers];
    for (std::size_t matrix = 0; matrix < Matrices; ++matrix)
        for (int i = 0; i < Registers; ++i)
            sums[matrix][i] = set.start(rests[matrix].starts + rests[matrix].done + i * kOutputsPerRegister);
    for (int group = 0; group < groups; ++group) {
        const __m512i inputs = set.inputs(group);
        for (std::size_t matrix = 0; matrix < Matrices; ++matrix) {
            for (__m512i& sum : sums[matrix]) {
                sum = _mm512_dpbusd_epi32(sum, inputs, _mm512_loadu_si512(rests[matrix].weights));
                rests[matrix].weights += sizeof(__m512i);
            }
        }
    }
    for (std::size_t matrix = 0; matrix < Matrices; ++matrix) {
        for (const __m512i& sum : sums[matrix]) {
            Rest& rest = rests[matrix];
            set.finish(sum, rest);
            rest.weights += kOutputsPerRegister;  // its biases
            rest.done += kOutputsPerRegister;
        }
    }
}

template <int Registers, typename Set, std::size_t Matrices>
BIAOD_VNNI inline void do_sets(const Set& set, int& left, int groups, std::array<Rest, Matrices>& rests) {
    for (; left >= Registers; left -= Registers) do_set<Registers>(set, groups, rests);
    if constexpr (Registers > 1) do_sets<Registers / 2>(set, left, groups, rests);
}

// The product instruction takes one factor without a sign: 128 is added to each input, and what that adds to a sum
// taken off beforehand. All in whole numbers, where nothing is lost.
constexpr std::uint32_t kNoSigns = 0x80808080;
constexpr int kAdded = 128;

struct Multiply {
    const std::int8_t* signed_inputs;

    BIAOD_VNNI __m512i start(const std::int32_t* starts) const { return _mm512_loadu_si512(starts); }
    BIAOD_VNNI __m512i inputs(int group) const {
        std::uint32_t four = 0;
        std::memcpy(&four, signed_inputs + kInputsPerGroup * group, sizeof four);
        return _mm512_set1_epi32(static_cast<int>(four ^ kNoSigns));
    }
    BIAOD_VNNI void finish(__m512i sum, const Rest& rest) const {
        const __m512 scales = _mm512_loadu_ps(rest.scales + rest.done);
        _mm512_storeu_ps(rest.outputs + rest.done, _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scales));
    }
};

// Finds what Multiply starts with.
struct Prepare {
    BIAOD_VNNI __m512i start(const std::int32_t*) const { return _mm512_setzero_si512(); }
    BIAOD_VNNI __m512i inputs(int) const { return _mm512_set1_epi8(1); }
    BIAOD_VNNI void finish(__m512i sum, const Rest& rest) const {
        const __m512i added = _mm512_mullo_epi32(sum, _mm512_set1_epi32(kAdded));
        _mm512_storeu_si512(rest.starts + rest.done, _mm512_sub_epi32(times_bias_input(rest.weights), added));
    }
};

int registers_for(int outputs) { return (outputs + kOutputsPerRegister - 1) / kOutputsPerRegister; }
int groups_of(int columns) { return (columns - 1 + kInputsPerGroup - 1) / kInputsPerGroup; }

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

// A table's entries and those after them: in one load, the two that a value lies between. (Gathering takes some
// processors longer.)
BIAOD_AVX2 inline void load_pairs(__m256i entries, const float* table, __m256& low, __m256& high) {
    alignas(sizeof(__m256i)) std::int32_t at[kFloats];
    _mm256_store_si256(reinterpret_cast<__m256i*>(at), entries);
    const auto pair = [&](int i) {
        double both = 0;
        std::memcpy(&both, table + at[i], sizeof both);
        return both;
    };
    const __m256 first = _mm256_castpd_ps(_mm256_setr_pd(pair(0), pair(1), pair(4), pair(5)));
    const __m256 second = _mm256_castpd_ps(_mm256_setr_pd(pair(2), pair(3), pair(6), pair(7)));
    low = _mm256_shuffle_ps(first, second, _MM_SHUFFLE(2, 0, 2, 0));
    high = _mm256_shuffle_ps(first, second, _MM_SHUFFLE(3, 1, 3, 1));
}

template <Curve curve>
BIAOD_AVX2 inline __m256 looked_up(__m256 values, const float* table) {
    const __m256 sign = _mm256_set1_ps(-0.0F), one = _mm256_set1_ps(1), last = _mm256_set1_ps(kLastEntry);
    const __m256 sizes = _mm256_andnot_ps(sign, values);
    const __m256 at = _mm256_min_ps(_mm256_mul_ps(sizes, _mm256_set1_ps(kEntriesPerUnit)), last);
    const __m256i entry = _mm256_min_epi32(_mm256_cvttps_epi32(at), _mm256_set1_epi32(kLastEntry - 1));
    __m256 low, high;
    load_pairs(entry, table, low, high);
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

// A table's entries and those after them: in one load, the two that a value lies between.
BIAOD_VNNI inline void load_pairs(__m512i entries, const float* table, __m512& low, __m512& high) {
    alignas(sizeof(__m512i)) std::int32_t at[kWide];
    alignas(sizeof(__m512i)) std::int64_t pairs[kWide];
    _mm512_store_si512(at, entries);
    for (int i = 0; i < kWide; ++i) std::memcpy(&pairs[i], table + at[i], sizeof pairs[i]);
    const __m512i first = _mm512_load_si512(pairs), second = _mm512_load_si512(pairs + kWide / 2);
    const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const __m512i odd = _mm512_add_epi32(even, _mm512_set1_epi32(1));
    low = _mm512_castsi512_ps(_mm512_permutex2var_epi32(first, even, second));
    high = _mm512_castsi512_ps(_mm512_permutex2var_epi32(first, odd, second));
}

template <Curve curve>
BIAOD_VNNI inline __m512 looked_up(__m512 values, const float* table) {
    const __m512 one = _mm512_set1_ps(1), last = _mm512_set1_ps(kLastEntry);
    const __m512 at = _mm512_min_ps(_mm512_mul_ps(_mm512_abs_ps(values), _mm512_set1_ps(kEntriesPerUnit)), last);
    const __m512i entry = _mm512_min_epi32(_mm512_cvttps_epi32(at), _mm512_set1_epi32(kLastEntry - 1));
    __m512 low, high;
    load_pairs(entry, table, low, high);
    const __m512 between = _mm512_mul_ps(_mm512_sub_ps(high, low), _mm512_sub_ps(at, _mm512_cvtepi32_ps(entry)));
    const __mmask16 within = _mm512_cmp_ps_mask(at, last, _CMP_LT_OQ);
    const __m512 positive = _mm512_mask_add_ps(one, within, low, between);
    const __mmask16 negative = _mm512_cmp_ps_mask(values, _mm512_setzero_ps(), _CMP_LT_OQ);
    if (curve == Curve::logistic) return _mm512_mask_sub_ps(positive, negative, one, positive);
    const __m512i bits = _mm512_castps_si512(positive), sign = _mm512_castps_si512(_mm512_set1_ps(-0.0F));
    return _mm512_castsi512_ps(_mm512_mask_xor_epi32(bits, negative, bits, sign));
}

// As round_to_bytes().
BIAOD_VNNI inline __m128i rounded_to_bytes(__m512 values) {
    const __m512 largest = _mm512_set1_ps(kLargestByte), scaled = _mm512_mul_ps(values, largest);
    const __m512 sizes = _mm512_add_ps(_mm512_min_ps(_mm512_abs_ps(scaled), largest), _mm512_set1_ps(0.5F));
    const __m512i whole = _mm512_cvttps_epi32(sizes);
    const __mmask16 negative = _mm512_cmp_ps_mask(scaled, _mm512_setzero_ps(), _CMP_LT_OQ);
    return _mm512_cvtepi32_epi8(_mm512_mask_sub_epi32(whole, negative, _mm512_setzero_si512(), whole));
}

template <Curve curve>
BIAOD_VNNI int look_up_by_wide_registers(float* values, int count, const float* table) {
    int done = 0;
    for (; done + kWide <= count; done += kWide)
        _mm512_storeu_ps(values + done, looked_up<curve>(_mm512_loadu_ps(values + done), table));
    return done;
}

template <Curve curve>
void look_up(float* values, int count, const float* table) {
    int done = has_fast_product() ? look_up_by_wide_registers<curve>(values, count, table) : 0;
    if (has_avx2()) done += look_up_by_registers<curve>(values + done, count - done, table);
    for (; done < count; ++done) values[done] = looked_up<curve>(values[done], table);
}

BIAOD_VNNI int round_by_wide_registers(const float* values, int count, std::int8_t* to) {
    int done = 0;
    for (; done + kWide <= count; done += kWide)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to + done), rounded_to_bytes(_mm512_loadu_ps(values + done)));
    return done;
}

BIAOD_VNNI int step_by_registers(int cells, const CellSums& sums, float* state, std::int8_t* said) {
    const __m512 most = _mm512_set1_ps(kMostState), least = _mm512_set1_ps(-kMostState);
    int done = 0;
    for (; done + kWide <= cells; done += kWide) {
        const __m512 offered = looked_up<Curve::tanh>(_mm512_loadu_ps(sums.offered + done), tesseract::TanhTable);
        const __m512 in = looked_up<Curve::logistic>(_mm512_loadu_ps(sums.in + done), tesseract::LogisticTable);
        const __m512 forget = looked_up<Curve::logistic>(_mm512_loadu_ps(sums.forget + done), tesseract::LogisticTable);
        const __m512 out = looked_up<Curve::logistic>(_mm512_loadu_ps(sums.out + done), tesseract::LogisticTable);
        const __m512 kept = _mm512_mul_ps(_mm512_loadu_ps(state + done), forget);
        const __m512 now = _mm512_add_ps(kept, _mm512_mul_ps(offered, in));
        const __m512 bounded = _mm512_max_ps(_mm512_min_ps(now, most), least);
        _mm512_storeu_ps(state + done, bounded);
        const __m512 says = _mm512_mul_ps(looked_up<Curve::tanh>(bounded, tesseract::TanhTable), out);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(said + done), rounded_to_bytes(says));
    }
    return done;
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
    static const bool has =
        __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vnni");
    return has;
}

BIAOD_VNNI Products::Products(int rows, int columns, std::vector<Matrix> matrices)
    : registers_(registers_for(rows)), groups_(groups_of(columns)), matrices_(std::move(matrices)) {
    for (const Matrix& matrix : matrices_) {
        auto& starts = starts_.emplace_back(static_cast<std::size_t>(registers_ * kOutputsPerRegister));
        std::array<Rest, 1> rest{{{matrix.weights, nullptr, starts.data(), nullptr}}};
        int left = registers_;
        do_sets<kOutputRegisters>(Prepare{}, left, groups_, rest);
    }
}

BIAOD_VNNI void Products::multiply(const std::int8_t* inputs, std::span<float* const> outputs) {
    // The sums of four matrices have room in the processor's registers in small sets only.
    constexpr std::size_t kTogether = 4;
    constexpr int kLargestSet = 4;
    if (matrices_.size() == kTogether && registers_ < 2 * kLargestSet) {
        std::array<Rest, kTogether> rests{};
        for (std::size_t i = 0; i < kTogether; ++i)
            rests[i] = {matrices_[i].weights, matrices_[i].scales, starts_[i].data(), outputs[i]};
        int left = registers_;
        return do_sets<kLargestSet>(Multiply{inputs}, left, groups_, rests);
    }
    // To and fro: a cache too small for all weights still holds the last ones.
    for (std::size_t i = 0; i < matrices_.size(); ++i) {
        const std::size_t at = backwards_ ? matrices_.size() - 1 - i : i;
        std::array<Rest, 1> rest{{{matrices_[at].weights, matrices_[at].scales, starts_[at].data(), outputs[at]}}};
        int left = registers_;
        do_sets<kOutputRegisters>(Multiply{inputs}, left, groups_, rest);
    }
    backwards_ = !backwards_;
}

void multiply_by_weights(int rows, int columns, const std::int8_t* weights, const float* scales,
                         const std::int8_t* inputs, float* outputs) {
    Products(rows, columns, {{weights, scales}}).multiply(inputs, {&outputs, 1});
}

void step_cells(int cells, const CellSums& sums, float* state, std::int8_t* said) {
    int i = has_fast_product() ? step_by_registers(cells, sums, state, said) : 0;
    const int left = cells - i;
    if (left == 0) return;
    tanh_in_place(sums.offered + i, left);
    for (float* gate : {sums.in, sums.forget, sums.out}) logistic_in_place(gate + i, left);
    for (int k = i; k < cells; ++k) {
        state[k] = std::clamp(state[k] * sums.forget[k] + sums.offered[k] * sums.in[k], -kMostState, kMostState);
        sums.offered[k] = state[k];
    }
    tanh_in_place(sums.offered + i, left);
    for (int k = i; k < cells; ++k) sums.offered[k] *= sums.out[k];
    round_to_bytes(sums.offered + i, left, said + i);
}

void tanh_in_place(float* values, int count) { look_up<Curve::tanh>(values, count, tesseract::TanhTable); }
void logistic_in_place(float* values, int count) { look_up<Curve::logistic>(values, count, tesseract::LogisticTable); }

void round_to_bytes(const float* values, int count, std::int8_t* to) {
    int done = has_fast_product() ? round_by_wide_registers(values, count, to) : 0;
    if (has_avx2()) done += round_by_registers(values + done, count - done, to + done);
    for (; done < count; ++done) {
        const float scaled = values[done] * kLargestByte;
        const int size = static_cast<int>(std::min(std::abs(scaled), kLargestByte) + 0.5F);
        to[done] = static_cast<std::int8_t>(scaled < 0 ? -size : size);
    }
}

}  // namespace biaod::ocr
