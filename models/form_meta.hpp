// Title, issuer, year, document number, addressee, date and sections, from the blocks of text around the tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/form_definition.hpp"
#include "models/record.hpp"

namespace biaod::models {

struct Section {
    int number = 0;
    std::string title;
    std::string text;  // paragraphs parted by line feeds
};

struct Meta {
    std::optional<std::string> title, issuer, document_number, addressee;
    std::optional<std::string> date;  // "2022-01-08"
    std::optional<int> year;          // the year that is reported on
    std::vector<Section> sections;
    std::vector<ReviewItem> review;  // what is missing or doubtful; fields "/report/..."
};

// `form` decides by its patterns. Years may also be printed in Chinese digits.
Meta read_meta(const FormDefinition& form, const Record& record);

// `issuer` without the ending that reports use at will.
std::string issuer_core(const FormDefinition& form, const std::string& issuer);

}  // namespace biaod::models
