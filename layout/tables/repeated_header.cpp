#include "layout/tables/repeated_header.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "layout/numbering.hpp"
#include "models/text_norm.hpp"

namespace biaod::layout {
namespace {

constexpr int kMaxHeaderRows = 6;
constexpr int kCertainHeader = 5;           // cells that say the same, or hold a known label
constexpr int kInLastRow = 2;               // known labels: one and blanks are a row of the table's own
constexpr int kMostMisread = 2;             // of a certain header's cells
constexpr double kSameHeader = 0.75;        // mean similarity of a repeated header's cells,
constexpr double kMisreadHeader = 0.4;      // of those of one with known labels,
constexpr double kSamePart = 0.5;           // and of a cell that was read in parts
constexpr double kWellRead = 0.97;          // confidence: seldom are such labels misread
constexpr int kFiguresOf = 4;               // fewer than one in so many cells of a header is read as one
constexpr std::size_t kMostInParts = 1;     // cells of a header of which the shape alone tells
constexpr std::size_t kLongestFigure = 16;  // characters

FragmentCell* find_cell(std::vector<FragmentCell>& cells, const models::Cell& like) {
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const FragmentCell& c) {
        return c.cell.row == like.row && c.cell.col == like.col && c.cell.row_span == like.row_span &&
               c.cell.col_span == like.col_span;
    });
    return found == cells.end() ? nullptr : &*found;
}

auto numerals_in(const std::u32string& text) { return std::ranges::count_if(text, is_numeral); }

bool same_numbers(const std::u32string& a, const std::u32string& b) {
    std::u32string of_a, of_b;
    std::copy_if(a.begin(), a.end(), std::back_inserter(of_a), is_numeral);
    std::copy_if(b.begin(), b.end(), std::back_inserter(of_b), is_numeral);
    return of_a == of_b;
}

// That of `cells` of which it is a part, which a stroke of writing has cut.
const FragmentCell* find_whole(const std::vector<FragmentCell>& cells, const models::Cell& part) {
    const auto found = std::ranges::find_if(cells, [&](const FragmentCell& c) {
        return c.cell.row == part.row && c.cell.row_span == part.row_span && c.cell.col <= part.col &&
               c.cell.col + c.cell.col_span >= part.col + part.col_span;
    });
    return found == cells.end() ? nullptr : &*found;
}

// Those of `cells` that a stray ruling has made of it; in the order of reading.
std::vector<const FragmentCell*> find_parts(const std::vector<FragmentCell>& cells, const models::Cell& whole) {
    std::vector<const FragmentCell*> parts;
    for (const FragmentCell& c : cells)
        if (c.cell.row >= whole.row && c.cell.row + c.cell.row_span <= whole.row + whole.row_span &&
            c.cell.col >= whole.col && c.cell.col + c.cell.col_span <= whole.col + whole.col_span)
            parts.push_back(&c);
    std::ranges::sort(parts, {}, [](const FragmentCell* c) { return std::pair(c->cell.row, c->cell.col); });
    return parts;
}

// What the cells of a page's first rows and those of the table's own in the same places say of each other.
class HeaderLikeness {
  public:
    HeaderLikeness(int rows, const KnownLabels& known) : rows_(rows), known_(known) {}

    void compare(const FragmentCell& own, const FragmentCell& repeated) {
        const std::u32string a = models::label_key(own.cell.text), b = models::label_key(repeated.cell.text);
        if (a.empty() && b.empty()) return;
        // A long label may begin with a speck that was read as a digit.
        const bool is_number = is_figure(repeated), figure = is_number && b.size() <= kLongestFigure;
        if (figure && (a.empty() || is_figure(own))) has_figures_ = true;
        const bool own_known = known_.contains(a), repeated_known = known_.contains(b);
        own_known_ += own_known;
        figures_ += is_number;
        ++cells_;
        const double alike = models::similarity(a, b);
        well_read_ = well_read_ || (!b.empty() && repeated.cell.confidence >= kWellRead && alike < kMisreadHeader);
        known_otherwise_ = known_otherwise_ || (own_known && repeated_known && a != b);
        const bool is_corner = own.cell.row == 0 && own.cell.col == 0 && own.cell.row_span > 1;
        corner_rows_ = is_corner ? own.cell.row_span : corner_rows_;
        spans_columns_ = spans_columns_ || (!is_corner && own.cell.col_span > 1);
        const bool other_number = !same_numbers(a, b);
        const bool title = numbering_level(repeated.cell.text) > 0 || numbering_level(own.cell.text) > 0;
        other_title_ = other_title_ || (title && other_number);
        misread_ += figure || other_number;
        same_text_ += a == b;
        if ((own_known || repeated_known) && !figure && !b.empty()) {
            ++known_labels_;
            known_in_last_row_ += repeated.cell.row + repeated.cell.row_span == rows_;
            // A heading that differs in its number is another one, though the rest of it was misread.
            other_label_ = other_label_ || (other_number && numerals_in(a) == numerals_in(b));
        }
        const double weight = static_cast<double>(std::max(a.size(), b.size()));
        alike_ += weight * alike;
        compared_ += weight;
    }

    // `repeated` is a part of `own`.
    void compare_part(const FragmentCell& own, const FragmentCell& repeated) {
        const std::u32string said = models::label_key(repeated.cell.text);
        in_parts_[&own] += is_figure(repeated) && said.size() == 1 ? U"" : said;
    }

    // The other way round.
    void compare_parts(const std::vector<const FragmentCell*>& own, const FragmentCell& repeated) {
        for (const FragmentCell* part : own) in_parts_[&repeated] += models::label_key(part->cell.text);
    }

    // Section titles of a form differ in their number alone; in a header of many cells that say the same a few may be
    // misread, as below a seal.
    bool is_header() const {
        if (has_figures_ || other_title_ || compared_ <= 0) return false;
        if (is_of_known_shape()) return true;
        const bool certain = same_text_ >= kCertainHeader;
        const bool parts = std::ranges::all_of(in_parts_, [&](const auto& whole) {
            return (certain || are_known_labels()) &&
                   models::similarity(models::label_key(whole.first->cell.text), whole.second) >= kSamePart;
        });
        if (!parts) return false;
        if (are_known_labels()) return alike_ >= kMisreadHeader * compared_;
        return misread_ <= (certain ? kMostMisread : 0) && alike_ >= kSameHeader * compared_;
    }

  private:
    // Of many labels, some of them in the last row, one of the two is what a known form prints, and none another.
    bool are_known_labels() const {
        return known_labels_ >= kCertainHeader && known_in_last_row_ >= kInLastRow && !other_label_ &&
               !known_otherwise_;
    }

    // Of the table's own header of a known form, which its corner is as high as, nearly all cells are there again, of
    // which one spans columns. What they say may be unreadable, but a few digits, and nothing else.
    bool is_of_known_shape() const {
        return own_known_ >= kCertainHeader && corner_rows_ == rows_ && spans_columns_ && !known_otherwise_ &&
               !well_read_ && figures_ * kFiguresOf < cells_ && in_parts_.size() <= kMostInParts;
    }

    int rows_;  // that are compared
    const KnownLabels& known_;
    double alike_ = 0, compared_ = 0;
    int misread_ = 0, same_text_ = 0, known_labels_ = 0, known_in_last_row_ = 0, own_known_ = 0;
    int figures_ = 0, cells_ = 0;
    int corner_rows_ = 0;         // of the corner that both have
    bool spans_columns_ = false;  // another cell that both have
    bool has_figures_ = false, other_title_ = false, other_label_ = false, known_otherwise_ = false;
    bool well_read_ = false;                                  // a cell that says something else
    std::map<const FragmentCell*, std::u32string> in_parts_;  // what the parts of a cell say together
};

// Number of rows at the top of `cells` that repeat the table's own first rows.
int repeated_header_rows(std::vector<FragmentCell>& table, int table_rows, const std::vector<FragmentCell>& cells,
                         int rows, const KnownLabels& known) {
    const auto is_repeated = [&](int upto) {
        HeaderLikeness likeness(upto, known);
        for (const FragmentCell& c : cells) {
            if (c.cell.row >= upto) continue;
            if (c.cell.row + c.cell.row_span > upto) return false;  // the cut would run through a cell
            if (const FragmentCell* own = find_cell(table, c.cell))
                likeness.compare(*own, c);
            else if (const FragmentCell* whole = find_whole(table, c.cell))
                likeness.compare_part(*whole, c);
            else if (const auto parts = find_parts(table, c.cell); !parts.empty())
                likeness.compare_parts(parts, c);
            else
                return false;
        }
        return likeness.is_header();
    };
    for (int upto = std::min({kMaxHeaderRows, rows - 1, table_rows}); upto > 0; --upto)
        if (is_repeated(upto)) return upto;
    return 0;
}

// The label among the table's first rows that says the same, wherever it stands.
FragmentCell* find_label(std::vector<FragmentCell>& table, const FragmentCell& like,
                         const std::set<FragmentCell*>& but = {}) {
    const std::u32string label = models::label_key(like.cell.text);
    const auto found = std::ranges::find_if(table, [&](FragmentCell& c) {
        if (c.cell.row >= kMaxHeaderRows || but.contains(&c)) return false;
        const std::u32string other = models::label_key(c.cell.text);
        return same_numbers(label, other) && models::similarity(label, other) >= kSameHeader;
    });
    return found == table.end() ? nullptr : &*found;
}

// The same, where the page's end tore the table's own header: of many labels of a known form nearly all are found in
// it, in other cells.
int repeated_label_rows(std::vector<FragmentCell>& table, const std::vector<FragmentCell>& cells, int rows,
                        const KnownLabels& known) {
    for (int upto = std::min(kMaxHeaderRows, rows - 1); upto > 0; --upto) {
        int same_text = 0, others = 0, in_last_row = 0;
        std::set<FragmentCell*> originals;  // a label that stands there once is repeated once
        const bool same = std::ranges::all_of(cells, [&](const FragmentCell& c) {
            if (c.cell.row >= upto) return true;
            if (c.cell.row + c.cell.row_span > upto || is_figure(c)) return false;
            if (c.cell.text.empty()) return true;
            FragmentCell* original =
                known.contains(models::label_key(c.cell.text)) ? find_label(table, c, originals) : nullptr;
            const bool found = original != nullptr;
            if (found) originals.insert(original);
            same_text += found;
            others += !found;
            in_last_row += c.cell.row + 1 == upto;
            return found || numbering_level(c.cell.text) == 0;
        });
        // One label and blanks are a row of the table's own.
        if (same && same_text >= kCertainHeader && others <= kMostMisread && in_last_row > 1) return upto;
    }
    return 0;
}

void absorb_header(std::vector<FragmentCell>& table, std::vector<FragmentCell>& cells, int header_rows) {
    for (const FragmentCell& c : cells) {
        if (c.cell.row >= header_rows) continue;
        FragmentCell* original = find_cell(table, c.cell);
        if (original == nullptr && !c.cell.text.empty()) original = find_label(table, c);
        if (original != nullptr)
            original->cell.boxes.insert(original->cell.boxes.end(), c.cell.boxes.begin(), c.cell.boxes.end());
    }
    std::erase_if(cells, [&](const FragmentCell& c) { return c.cell.row < header_rows; });
    for (FragmentCell& c : cells) c.cell.row -= header_rows;
}

}  // namespace

int take_repeated_header(std::vector<FragmentCell>& table, int table_rows, std::vector<FragmentCell>& cells, int rows,
                         const KnownLabels& known) {
    int header = repeated_header_rows(table, table_rows, cells, rows, known);
    if (header == 0) header = repeated_label_rows(table, cells, rows, known);
    if (header > 0) absorb_header(table, cells, header);
    return header;
}

}  // namespace biaod::layout
