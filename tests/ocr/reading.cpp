#include "tests/ocr/reading.hpp"

#include <gtest/gtest.h>

#include "models/record_json.hpp"
#include "ocr/document_reader.hpp"
#include "tests/models/schema_validator.hpp"

namespace biaod::tests {

const models::FormSet& forms() {
    static const models::FormSet set = std::move(*models::FormSet::builtin());
    return set;
}

models::Record read(const std::string& bytes) {
    auto record = ocr::read_document({"test", bytes, "2024-01-01T00:00:00Z"}, forms(), {});
    if (!record) {
        ADD_FAILURE() << record.error().reason;
        return {};
    }
    const std::string errors = models::testing::record_errors(models::to_json(*record));
    EXPECT_TRUE(errors.empty()) << errors;
    return std::move(*record);
}

std::string text_of(const models::Record& record, const char* member) {
    const auto& value = record.report.is_object() ? record.report.at(member) : record.report;
    return value.is_string() ? value.get<std::string>() : "none";
}

std::string listed(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += "\n  " + line;
    return all;
}

synth::Truth some_tables(synth::Truth truth, const std::set<std::string>& tables, bool headings) {
    using Kind = synth::Paragraph::Kind;
    std::erase_if(truth.paragraphs, [&](const synth::Paragraph& p) {
        if (p.kind == Kind::table) return !tables.contains(p.text);
        return !headings || (p.kind != Kind::title && p.kind != Kind::heading);
    });
    std::erase_if(truth.grids, [&](const auto& grid) { return !tables.contains(grid.first); });
    if (!tables.contains("proactive")) truth.proactive.clear();
    if (!tables.contains("requests")) truth.requests.clear();
    if (!tables.contains("review")) truth.review.clear();
    return truth;
}

}  // namespace biaod::tests
