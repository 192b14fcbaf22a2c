// The bytes of one fuzz input, taken piece by piece; behind the end there are zeros.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace biaod::tests {

class FuzzInput {
  public:
    FuzzInput(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

    bool at_end() const { return rest_.empty(); }
    unsigned byte() {
        if (rest_.empty()) return 0;
        const auto value = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    unsigned integer(int bytes) {  // big-endian
        unsigned value = 0;
        for (; bytes > 0; --bytes) value = value << 8 | byte();
        return value;
    }
    unsigned number(unsigned below) { return integer(2) % below; }
    std::string text(std::size_t length) {
        const std::string piece(rest_.substr(0, length));
        rest_.remove_prefix(piece.size());
        return piece;
    }
    std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

// What must hold for every input; a fuzzer and the driver notice an abort.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "fuzz: %s\n", what);
    std::abort();
}

// Each place of a table belongs to exactly one cell.
template <typename Cell>
void require_tiling(const std::vector<Cell>& cells, int rows, int cols) {
    std::vector<int> covered(static_cast<std::size_t>(rows * cols), 0);
    for (const Cell& cell : cells) {
        require(cell.row >= 0 && cell.col >= 0 && cell.row_span > 0 && cell.col_span > 0 &&
                    cell.row + cell.row_span <= rows && cell.col + cell.col_span <= cols,
                "a cell outside its table");
        for (int r = cell.row; r < cell.row + cell.row_span; ++r) {
            for (int c = cell.col; c < cell.col + cell.col_span; ++c) ++covered[static_cast<std::size_t>(r * cols + c)];
        }
    }
    for (const int times : covered) require(times == 1, "a place that is not in one cell");
}

}  // namespace biaod::tests

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
