#include "models/form_rows.hpp"

#include <algorithm>

#include "models/text_norm.hpp"

namespace biaod::models {
namespace {

constexpr double least_similarity = 0.3;        // below it, a label is another label
constexpr double parent_share = 0.2;            // of a row's similarity, where its parent label can be compared
constexpr double unlabelled_similarity = 0.8;   // of a row of figures with a row that has no label
constexpr double blank_similarity = 0.5;        // of a blank row with a row that has no label
constexpr double lost_label_similarity = 0.33;  // of a row of figures whose label was not read: only order speaks
constexpr double header_label_similarity = 0.6;
constexpr std::size_t misread_figures_of = 3;  // one in so many cells of a row without labels may be misread,
constexpr std::size_t misread_labels_of = 3;   // and one beside so many labels of a header
constexpr double joined_label_similarity = 0.6;
constexpr std::size_t longest_label = 120;  // characters; running text in a cell is no label

// False when too few characters of the shorter text occur in the longer one for the two to be as similar as `least`.
bool may_reach(const std::u32string& a, const std::u32string& b, double least) {
    const std::u32string &shorter = a.size() < b.size() ? a : b, &longer = a.size() < b.size() ? b : a;
    if (shorter.empty()) return false;
    // similarity_to_start() compares with as many characters as the shorter has.
    const double needed = least * static_cast<double>(shorter.size() >= 4 ? shorter.size() : longer.size());
    const auto common = std::ranges::count_if(shorter, [&](char32_t c) { return longer.find(c) != longer.npos; });
    return static_cast<double>(common) >= needed;
}

double best_text_similarity(const std::vector<std::u32string>& texts, const Label& label,
                            std::size_t* which = nullptr) {
    double best = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const double s = label_similarity(texts[i], label);
        if (s > best) {
            best = s;
            if (which) *which = i;
        }
    }
    return best;
}

// A missing ruling has joined the label with those above it: the whole must agree, and its end with the row's own.
double joined_similarity(const std::u32string& text, const std::u32string& all, const Label& own) {
    const std::u32string& key = own.keys.front();
    if (text.size() > longest_label || text.size() <= key.size() || !may_reach(text, all, joined_label_similarity))
        return 0;
    return std::min(similarity(text, all), similarity(text.substr(text.size() - key.size()), key));
}

double labelled_similarity(const std::vector<std::u32string>& texts, const ExpectedRow& expected) {
    std::size_t own_cell = 0;
    double score = best_text_similarity(texts, *expected.own, &own_cell);
    if (!expected.parent) return score < least_similarity ? -1 : score;
    if (texts.size() > 1 && score >= least_similarity) {
        std::vector<std::u32string> others = texts;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(own_cell));
        score = (1 - parent_share) * score + parent_share * best_text_similarity(others, *expected.parent);
    }
    const std::u32string with_parent = expected.parent->keys.front() + expected.own->keys.front();
    for (const std::u32string& text : texts) {
        score = std::max({score, joined_similarity(text, with_parent, *expected.own),
                          joined_similarity(text, expected.path, *expected.own)});
    }
    return score < least_similarity ? -1 : score;
}

}  // namespace

double label_similarity(const std::u32string& text, const Label& label) {
    double best = 0;
    for (const std::u32string& key : label.keys) {
        if (text.size() > longest_label || !may_reach(text, key, least_similarity)) continue;
        best = std::max(best, similarity_to_start(text, key));
    }
    return best;
}

std::vector<PrintedRow> printed_rows(const TableGrid& grid, int table, const FigureWords& words) {
    std::vector<PrintedRow> out;
    for (int r = 0; r < grid.rows(); ++r) {
        PrintedRow row{table, r, {}, 0};
        for (const Cell* cell : grid.row_cells(r)) {
            const FigureKind kind = read_figure(cell->text, words).kind;
            if (kind == FigureKind::number || kind == FigureKind::dash) {
                ++row.figures;
            } else if (kind == FigureKind::not_a_figure) {
                std::u32string key = label_key(cell->text);
                if (!key.empty()) row.texts.push_back(std::move(key));
            }
        }
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<ExpectedRow> expected_rows(const FormTable& table) {
    std::vector<ExpectedRow> out;
    for (std::size_t b = 0; b < table.blocks.size(); ++b) {
        const FormBlock& block = table.blocks[b];
        const int block_index = static_cast<int>(b);
        if (!block.heading.empty()) {
            out.push_back({block_index, -1, &block.heading, nullptr, block.heading.keys.front(), true});
        }
        for (std::size_t r = 0; r < block.rows.size(); ++r) {
            const AxisLeaf& leaf = block.rows[r];
            ExpectedRow row;
            row.block = block_index;
            row.row = static_cast<int>(r);
            row.optional = leaf.optional;
            if (!leaf.path.empty()) row.own = &leaf.path.back();
            if (leaf.path.size() > 1) row.parent = &leaf.path[leaf.path.size() - 2];
            for (const Label& label : leaf.path) row.path += label.keys.front();
            out.push_back(std::move(row));
        }
    }
    return out;
}

double row_similarity(const PrintedRow& printed, const ExpectedRow& expected) {
    if (!expected.own) {
        // A misread figure is no label.
        if (printed.texts.size() * misread_figures_of > static_cast<std::size_t>(printed.figures)) return -1;
        return printed.figures > 0 ? unlabelled_similarity : blank_similarity;
    }
    if (printed.texts.empty()) return printed.figures > 0 && expected.row >= 0 ? lost_label_similarity : -1;
    if (expected.row < 0 && printed.figures > 0) return -1;  // a heading has no figures
    return labelled_similarity(printed.texts, expected);
}

double torn_row_similarity(const PrintedRow& upper, const PrintedRow& lower, const ExpectedRow& expected) {
    if (!expected.own || upper.texts.empty() || lower.texts.empty()) return -1;
    if (upper.figures > 0 && lower.figures > 0) return -1;
    std::vector<std::u32string> texts(upper.texts.begin(), upper.texts.end() - 1);
    texts.push_back(upper.texts.back() + lower.texts.back());
    // A label that is whole already goes on in no other row.
    const auto whole = [&](const std::u32string& text) {
        double best = 0;
        for (const std::u32string& key : expected.own->keys) best = std::max(best, similarity(text, key));
        return best;
    };
    if (whole(upper.texts.back()) > whole(texts.back())) return -1;
    return labelled_similarity(texts, expected);
}

bool is_header_row(const PrintedRow& printed, const FormBlock& block) {
    if (printed.texts.empty()) return false;
    std::size_t known = 0;
    for (const std::u32string& text : printed.texts) {
        bool matches = label_similarity(text, block.corner) >= header_label_similarity;
        for (const AxisLeaf& column : block.columns) {
            for (const Label& label : column.path)
                matches = matches || label_similarity(text, label) >= header_label_similarity;
        }
        known += matches;
    }
    // One label of a few may have been read as a figure.
    return 2 * known >= printed.texts.size() && static_cast<std::size_t>(printed.figures) * misread_labels_of <= known;
}

}  // namespace biaod::models
