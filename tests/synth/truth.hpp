// What a synthesised report says: its figures, its texts, its tables' grids as printed.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/synth/wording.hpp"

namespace biaod::synth {

struct TruthOptions {
    std::string form = "2021";      // or "2019"
    double density = 0.25;          // share of the figures above 0
    int largest = 60;               // of a figure in the tables of requests and reviews
    bool blanks_for_zeros = false;  // zeros are left blank but in the totals
    bool wrong_sum = false;         // one printed total of the requests is off by 1 to 9
    bool letterhead = false;        // 红头 with a document number and an addressee
    Wording wording;
};

struct GridCell {
    int row = 0, col = 0, row_span = 1, col_span = 1;
    std::string text;
    bool figure = false;  // a value's place, else a label
};

struct Grid {
    int rows = 0, cols = 0;
    std::vector<GridCell> cells;
};

// Key path → values in column order, printed plainly: digits, a sign, a unit; a figure that is not there is "", "/" or
// "-". The grids have them as they are printed (1,444 or 减4).
using Figures = std::map<std::string, std::vector<std::string>>;

struct Paragraph {
    enum class Kind { letterhead, document_number, title, addressee, heading, body, table } kind;
    std::string text;  // of a table: its name in `grids`
};

struct Truth {
    std::string id, form, issuer, document_number;
    int year = 0;
    Figures proactive, requests, review;
    std::string wrong;  // key and column of the total that is wrong; empty: none
    std::vector<Paragraph> paragraphs;
    std::map<std::string, Grid> grids;  // "proactive", "requests", "review"
};

// The same seed and options give the same truth. The figures obey the form's sums unless wrong_sum is asked for.
Truth make_truth(std::uint32_t seed, const TruthOptions& options);

// The report with these of its tables ("proactive", "requests", "review") and, if wanted, its title and the headings of
// its sections; nothing else.
Truth some_tables(Truth truth, const std::set<std::string>& tables, bool headings);

// In the shape that record scorers read: id, form, issuer, year, doc_number, proactive, requests, review, wrong, text,
// grids.
nlohmann::ordered_json to_json(const Truth& truth);

}  // namespace biaod::synth
