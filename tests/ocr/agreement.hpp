// Compares a record with the truth of the document that it was read from.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/record.hpp"
#include "tests/synth/truth.hpp"

namespace biaod::tests {

// What was published with a confidence, and whether it is right.
struct Published {
    double confidence = 0;
    bool right = false;
};

struct Flagged {
    int count = 0, right = 0;
};

struct Agreement {
    int values = 0;
    int wrong = 0;   // wrong or missing
    int silent = 0;  // published wrong and not in review[]
    int flagged_though_right = 0;
    int cells = 0, cells_found = 0;                   // of the truth's grids: by place and span
    int cells_published = 0;                          // of the record's tables that have most of these grids' labels
    std::vector<std::string> faults;                  // "/report/…: got …, printed …[, SILENT]"
    std::vector<Published> figures;                   // of the report
    std::map<models::ReviewReason, Flagged> flagged;  // values, by the first reason that they are in review[] for
    int characters = 0, character_errors = 0;         // of the running text: edits that make it what was printed
    std::vector<Published> labels;                    // the text of cells that are no figures, of cells found
    std::vector<Published> text;                      // the characters of the running text, each as sure as its block
    int numbers = 0, numbers_wrong = 0;               // of the running text
    int numbers_silent = 0;                           // wrong, and no block there is in review[]
};

// The harmonic mean of the shares of the truth's cells that were found and of the published cells that are right; 0..1.
double structure_f1(const Agreement& agreement);

Agreement compare(const models::Record& record, const synth::Truth& truth);

}  // namespace biaod::tests
