// A roster of any content is read, or refused with a sentence that names the line; what is read can be written and read
// again.
#include "models/csv.hpp"
#include "models/roster.hpp"
#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace biaod;
    const std::string_view text = tests::FuzzInput(data, size).rest();
    const auto roster = models::parse_roster(text);
    if (!roster) {
        tests::require(roster.error().kind == models::ErrorKind::bad_input, "another kind of error");
        tests::require(roster.error().reason.starts_with("line "), "the line is not named");
    } else {
        for (const models::RosterUnit& unit : *roster)
            tests::require(!unit.name.empty() && unit.line > 1, "a unit without a name");
    }
    const auto rows = models::parse_csv(text);
    if (!rows) return 0;
    std::string written = "\xEF\xBB\xBF";  // or a mark in the first field would be taken for one
    for (const models::CsvRow& row : *rows) written += models::csv_line(row.fields);
    const auto again = models::parse_csv(written);
    tests::require(again && again->size() == rows->size(), "what was written is not read");
    for (std::size_t i = 0; i < rows->size(); ++i)
        tests::require((*again)[i].fields == (*rows)[i].fields, "a field is another one");
    return 0;
}
