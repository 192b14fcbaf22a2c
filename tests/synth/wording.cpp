#include "tests/synth/wording.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "tests/synth/truth.hpp"

namespace biaod::synth {
namespace {

void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

// Commas into the whole part, whatever follows it.
std::string with_thousands(const std::string& text) {
    const std::size_t from = text.find_first_of("0123456789");
    if (from == std::string::npos) return text;
    const std::size_t to = std::min(text.find_first_not_of("0123456789", from), text.size());
    std::string out = text.substr(0, to);
    for (std::size_t at = to; at > from + 3; at -= 3) out.insert(at - 3, ",");
    return out + text.substr(to);
}

std::string with_sign_word(const std::string& text, std::mt19937& random, const nlohmann::json& words) {
    if (text.size() < 2) return text;  // a dash
    const bool word = random() % 3 != 0;
    if (text.starts_with("-")) return (word ? words["minus"] : words["wide_minus"]).get<std::string>() + text.substr(1);
    if (text.starts_with("+")) return (word ? words["plus"] : words["wide_plus"]).get<std::string>() + text.substr(1);
    return text;
}

std::string figure(const GridCell& cell, const Wording& wording, std::mt19937& random, const nlohmann::json& words) {
    std::string text = cell.text;
    if (wording.sign_words) text = with_sign_word(text, random, words);
    const bool amount = text.find('.') != std::string::npos;
    if (wording.units && amount && text.back() >= '0' && text.back() <= '9') {
        const auto& units = words["units"];
        text += units[random() % units.size()].get<std::string>();
    }
    return wording.thousands ? with_thousands(text) : text;
}

std::string label(const GridCell& cell, bool many_columns, const Wording& wording, std::mt19937& random,
                  const nlohmann::json& words) {
    std::string text = cell.text;
    auto reword = [&](bool wanted, const char* list) {
        if (!wanted) return;
        for (const auto& pair : words[list]) replace_all(text, pair[0], pair[1]);
    };
    reword(wording.short_labels, "short_labels");
    reword(wording.plain_normative, "plain_normative");
    reword(wording.decimals_note, "decimals_note");
    reword(wording.half_brackets, "half_brackets");
    const std::vector<std::string> letters = characters(text);
    const bool narrow =
        many_columns && cell.col_span == 1 && letters.size() <= 9 && (cell.row_span > 1 || letters.size() <= 4);
    std::string out;
    const std::size_t cut = letters.size() > 3 ? 1 + random() % (letters.size() - 2) : 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (i > 0 && wording.columns && narrow)
            out += "\n";
        else if (i > 0 && wording.spaces && letters.size() <= 4 && random() % 2 == 0)
            out += random() % 3 == 0 ? words["wide_space"].get<std::string>() : " ";
        else if (i > 0 && wording.breaks && i == cut && random() % 2 == 0)
            out += "\n";
        out += letters[i];
    }
    return out;
}

void drop_first_row(Grid& grid) {
    std::vector<GridCell> kept;
    for (GridCell cell : grid.cells) {
        if (cell.row > 0)
            --cell.row;
        else if (--cell.row_span == 0)
            continue;
        kept.push_back(cell);
    }
    grid.cells = kept;
    --grid.rows;
}

void add_row(Grid& grid, int label_columns, const std::string& label, const std::string& text) {
    grid.cells.push_back({grid.rows, 0, 1, label_columns, label, false});
    grid.cells.push_back({grid.rows, label_columns, 1, grid.cols - label_columns, text, true});
    ++grid.rows;
}

}  // namespace

std::vector<std::string> characters(const std::string& text) {
    std::vector<std::string> out;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) out.emplace_back();
        out.back() += c;
    }
    return out;
}

void reword_zeros(Truth& truth, const Wording& wording) {
    if (wording.zero == Wording::Zero::digit) return;
    const std::string mark = wording.zero == Wording::Zero::blank   ? ""
                             : wording.zero == Wording::Zero::slash ? "/"
                                                                    : "-";
    for (Figures* figures : {&truth.proactive, &truth.requests, &truth.review})
        for (auto& [key, row] : *figures)
            for (std::size_t i = 0; i < row.size(); ++i) {
                const bool total = figures != &truth.proactive && i + 1 == row.size();
                if (row[i] == "0" && !total) row[i] = mark;
            }
}

void reword_grids(Truth& truth, const Wording& wording, std::mt19937& random) {
    std::ifstream in(std::string(BIAOD_SYNTH_DATA) + "/wording.json");
    if (!in) throw std::runtime_error("missing data file wording.json");
    const auto words = nlohmann::json::parse(in);
    for (auto& [name, grid] : truth.grids)
        for (GridCell& cell : grid.cells)
            cell.text =
                cell.figure ? figure(cell, wording, random, words) : label(cell, grid.cols > 4, wording, random, words);
    const std::string table = random() % 2 == 0 ? "proactive" : "requests";
    if (wording.first_row_missing) drop_first_row(truth.grids.at(table));
    if (wording.extra_row) {
        const std::string other = random() % 2 == 0 ? "proactive" : "requests";
        add_row(truth.grids.at(other), other == "proactive" ? 1 : 3, words["remark"], words["none"]);
    }
}

}  // namespace biaod::synth
