// A form as its data file ("biaod.form/1") describes it; models/forms/README.md describes the file.
//
// A form has tables; a table is a sequence of blocks, printed one below the other; a block has a tree of column
// labels and a tree of row labels whose leaves cross in the values. A value's pointer is the table's pointer with the
// keys on the way to its row leaf and its column leaf. Everything here is immutable after loading.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/number.hpp"
#include "models/pattern.hpp"

namespace biaod::models {

enum class ValueType {
    count,    // whole, not negative
    signed_,  // whole
    decimal,  // not negative
    amount    // decimal, and a unit may be printed with it
};

// A label and the other wordings that stand for it, as printed and as label_key().
struct Label {
    std::vector<std::string> texts;
    std::vector<std::u32string> keys;
    bool empty() const { return keys.empty(); }
};

// A leaf of a label tree.
struct AxisLeaf {
    std::vector<Label> path;  // from the outermost label to the leaf's own; empty for an unlabelled row
    std::string pointer;      // "/results/denied/state_secret"; empty when no label has a key
    std::optional<ValueType> value;
    std::optional<std::string> unit_key;  // the member beside the value that takes its unit
    bool optional = false;                // may be absent from the print
};

struct FormBlock {
    Label heading;  // a row of its own above the block; may be empty
    Label corner;   // what may be printed in the header above the row labels; may be empty
    std::vector<AxisLeaf> columns, rows;
};

struct FormTable {
    std::string name;
    std::string caption;  // for people; the name when the data file has none
    std::string pointer;
    std::vector<FormBlock> blocks;
};

// One value of the form.
struct ValueSlot {
    std::string pointer;  // below the report: "/requests/received/total"
    int table = 0, block = 0, row = 0, col = 0;
    ValueType type = ValueType::count;
    std::optional<std::string> unit_pointer;
    bool optional = false;
    std::string label;  // for people: the row's and the column's label
};

// left sum = right sum over slots, one instance for each binding of the data file's {name}.
struct Equation {
    std::string rule;
    std::vector<int> left, right;  // indices into FormDefinition::slots
    bool soft = false;
};

struct ZeroCheck {  // soft: the slots are expected to be 0 for issuers that match
    std::string rule;
    std::vector<int> slots;
    std::optional<Pattern> when_issuer;
};

enum class YearSource { document_number, date, text };

struct YearCheck {  // soft: the year in `source` against the report's year
    std::string rule;
    YearSource source = YearSource::text;
    int least_later = 0, most_later = 0;  // years after the reported year that are usual
    std::optional<Pattern> pattern;       // for text: group 1 is a year
};

struct TextFigureCheck {  // soft: a figure in the running text against a slot
    std::string rule;
    std::vector<Pattern> patterns;       // group 1 is the figure
    std::vector<Pattern> none_patterns;  // the text says that there were none
    int slot = 0;
};

// value = last year's + plus − minus, over slots; for the summary, which has both reports.
struct LastYearCheck {
    std::string rule;
    int value = 0, last = 0;  // `last` is looked up by its pointer in the form of last year's report
    std::vector<int> plus, minus;
};

struct MetaPatterns {
    std::vector<Pattern> title, not_title, letterhead;
    std::vector<Pattern> year_in_title, year_in_text;                              // group 1
    std::vector<Pattern> issuer_in_title, issuer_line, signature, issuer_in_text;  // group 1
    std::optional<Pattern> issuer_core_ending;
    std::vector<Pattern> document_number, document_number_doubtful;  // 3 groups; the latter are flagged
    std::string document_number_print;                               // how it is published, with $1, $2 and $3
    std::vector<Pattern> addressee;                                  // group 1
    std::vector<Pattern> date;                                       // groups 1 to 3: year, month, day
};

struct FormDefinition {
    std::string type, form;
    FigureWords figures;
    MetaPatterns meta;
    std::vector<std::string> sections;  // numbered headings; their numbers are 1, 2, ...
    std::vector<FormTable> tables;
    std::vector<ValueSlot> slots;  // in the order of tables, blocks, rows, columns
    std::vector<Equation> equations;
    std::vector<ZeroCheck> zero_checks;
    std::vector<YearCheck> year_checks;
    std::vector<TextFigureCheck> text_figure_checks;
    std::vector<LastYearCheck> last_year_checks;
};

}  // namespace biaod::models
