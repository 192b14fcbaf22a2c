#include "tests/synth/support.hpp"

#include <charconv>

namespace biaod::synth {
namespace {

bool is_leaf(const std::string& key) {
    return key != "received" && key != "carried_in" && key != "total" && key != "carried_out";
}

int sum_before_last(const std::vector<std::string>& row) {
    int sum = 0;
    for (std::size_t i = 0; i + 1 < row.size(); ++i) sum += count_of(row[i]);
    return sum;
}

void add(Characters& characters, const std::string& text) {
    std::string one;
    for (std::size_t i = 0; i < text.size(); ++i) {
        one += text[i];
        const bool last = i + 1 == text.size() || (static_cast<unsigned char>(text[i + 1]) & 0xC0) != 0x80;
        if (!last) continue;
        if (one != " " && one != "\n") ++characters[one];
        one.clear();
    }
}

}  // namespace

int count_of(const std::string& printed) {
    int value = 0;
    std::from_chars(printed.data(), printed.data() + printed.size(), value);
    return value;
}

int sum_of_leaves(const Truth& truth, std::size_t column) {
    int sum = 0;
    for (const auto& [key, row] : truth.requests)
        if (is_leaf(key)) sum += count_of(row.at(column));
    return sum;
}

std::vector<std::string> broken_sums(const Truth& truth) {
    std::vector<std::string> broken;
    auto demand = [&](const std::string& name, int left, int right) {
        if (left != right) broken.push_back(name);
    };
    for (const Figures* rows : {&truth.requests, &truth.review})
        for (const auto& [key, row] : *rows) demand("row " + key, count_of(row.back()), sum_before_last(row));
    for (std::size_t c = 0; c < 7; ++c) {
        const int total = count_of(truth.requests.at("total").at(c));
        const std::string column = std::to_string(c);
        demand("column total " + column, total, sum_of_leaves(truth, c));
        demand("column balance " + column,
               count_of(truth.requests.at("received").at(c)) + count_of(truth.requests.at("carried_in").at(c)),
               total + count_of(truth.requests.at("carried_out").at(c)));
    }
    return broken;
}

bool tiles(const Grid& grid) {
    std::vector<int> owners(static_cast<std::size_t>(grid.rows * grid.cols), 0);
    for (const GridCell& c : grid.cells)
        for (int row = c.row; row < c.row + c.row_span; ++row)
            for (int col = c.col; col < c.col + c.col_span; ++col) {
                if (row < 0 || row >= grid.rows || col < 0 || col >= grid.cols) return false;
                ++owners[static_cast<std::size_t>(row * grid.cols + col)];
            }
    return owners == std::vector<int>(owners.size(), 1);
}

Characters printed_characters(const Printed& printed) {
    Characters out;
    for (const DrawnPage& page : printed.pages)
        for (const DrawnText& text : page.texts) add(out, text.text);
    return out;
}

Characters characters_of(const Truth& truth) {
    Characters out;
    for (const Paragraph& p : truth.paragraphs)
        if (p.kind != Paragraph::Kind::table) add(out, p.text);
    for (const auto& [name, grid] : truth.grids)
        for (const GridCell& c : grid.cells) add(out, c.text);
    return out;
}

}  // namespace biaod::synth
