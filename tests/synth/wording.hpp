// How the tables of real reports deviate from the form: in their labels, their rows and the print of their figures.
// Private to the synthesiser, but for the options.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace biaod::synth {

struct Truth;
struct Grid;

struct Wording {
    enum class Zero { digit, blank, slash, dash };
    Zero zero = Zero::digit;         // how figures that are 0 are printed, but for totals
    bool thousands = false;          // 1,444,400
    bool units = false;              // 万元 or 元 behind amounts
    bool sign_words = false;         // 增19, 减4, －4 where the form asks for 增/减
    bool half_brackets = false;      // (一) for （一）
    bool spaces = false;             // in short labels: 自然 人
    bool breaks = false;             // line breaks within labels
    bool columns = false;            // narrow labels with one character a line
    bool short_labels = false;       // （二）部分公开（区分处理）
    bool plain_normative = false;    // 规范性文件 for 行政规范性文件
    bool decimals_note = false;      // （单位：万元，保留4位小数）
    bool first_row_missing = false;  // of the first or the second table
    bool extra_row = false;          // 备注 at the foot of the first or the second table
};

// Each character of a text, UTF-8.
std::vector<std::string> characters(const std::string& text);

// Turns zeros into what is printed for them. Before the grids are filled.
void reword_zeros(Truth& truth, const Wording& wording);

// Changes the grids; the figures of the truth keep the values.
void reword_grids(Truth& truth, const Wording& wording, std::mt19937& random);

}  // namespace biaod::synth
