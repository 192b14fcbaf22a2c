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

}  // namespace biaod::tests
