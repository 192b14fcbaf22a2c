// Some hundreds of small digital documents, the tables of a form in a layout and with deviations that the seed chooses:
// every figure of each is compared. They share what is known of their fonts, or half of the time would go into that.
#include <gtest/gtest.h>

#include "layout/assemble.hpp"
#include "models/record_json.hpp"
#include "ocr/page_reader.hpp"
#include "tests/models/schema_validator.hpp"
#include "tests/ocr/agreement.hpp"
#include "tests/ocr/reading.hpp"
#include "tests/synth/deviations.hpp"
#include "tests/synth/scanning.hpp"

namespace biaod::ocr {
namespace {

class SmallDocuments : public testing::TestWithParam<std::string> {
  protected:
    models::Record read(const std::string& bytes) {
        models::Record record;
        auto document = layout::Document::open(bytes, {});
        if (!document) return record;
        PageReader::Shared alone;
        PageReader reader(**document, "chi_sim", trust, vocabulary, alone);
        std::vector<layout::PageText> texts;
        for (int number = 1; number <= (*document)->page_count(); ++number) {
            auto page = reader.read(number);
            if (!page) return (ADD_FAILURE() << page.error().reason), record;
            record.pages.push_back(page->page);
            texts.push_back(std::move(page->text));
        }
        layout::Assembled assembled =
            layout::assemble(texts, tests::forms().label_keys(), tests::forms().heading_keys());
        record.blocks = std::move(assembled.blocks);
        record.tables = std::move(assembled.tables);
        models::apply_forms(tests::forms(), record);
        return record;
    }

    void expect_read(std::uint32_t seed, const std::vector<std::string>& deviations) {
        synth::TruthOptions options;
        options.form = GetParam();
        options.density = seed % 5 == 0 ? 0 : seed % 3 == 0 ? 0.8 : 0.3;
        options.largest = seed % 2 == 0 ? 60 : 150;  // the sums of larger ones do not fit into their columns
        synth::LayoutOptions layout = synth::random_layout(seed);
        for (const std::string& name : deviations) deviate(name, options, layout);
        const synth::Truth truth =
            synth::some_tables(make_truth(seed, options), {"proactive", "requests", "review"}, true);
        const models::Record record = read(make_document(truth, layout, synth::variant("digital", seed), seed));
        const tests::Agreement a = tests::compare(record, truth);
        const std::string which = "seed " + std::to_string(seed) + ", deviations" + tests::listed(deviations) +
                                  "\nfaults" + tests::listed(a.faults);
        EXPECT_EQ(a.silent, 0) << which;
        EXPECT_EQ(tests::text_of(record, "form"), truth.form) << which;
        EXPECT_EQ(tests::text_of(record, "issuer"), truth.issuer) << which;
        if (deviations.empty()) {
            EXPECT_EQ(a.wrong, 0) << which;
            EXPECT_EQ(a.flagged_though_right, 0) << which;
            EXPECT_EQ(tests::structure_f1(a), 1) << which;
        }
        sum.values += a.values;
        sum.wrong += a.wrong;
        sum.flagged_though_right += a.flagged_though_right;
    }

    LayerTrust trust{"chi_sim"};
    const Vocabulary vocabulary{tests::forms().phrases()};
    tests::Agreement sum;
};

INSTANTIATE_TEST_SUITE_P(Forms, SmallDocuments, testing::Values("2021", "2019"),
                         [](const auto& version) { return version.param; });

TEST_P(SmallDocuments, EveryFigureOfTheFormAsItIs) {
    for (std::uint32_t seed = 1000; seed < 1040; ++seed) expect_read(seed, {});
}

// A middle page of such a table shows nothing of its first column but a part of its text.
TEST_P(SmallDocuments, EveryFigureOfATableThatIsOpenAtItsSidesAndBreaksAnywhere) {
    for (std::uint32_t seed = 3000; seed < 3020; ++seed) expect_read(seed, {"open_sides", "open_breaks"});
    EXPECT_EQ(sum.wrong, 0);
}

// A page break through the header of a table may cost a column or a row, or, where its writing is at the top of its
// cells, those of the table: the figures are missing then, and flagged.
TEST_P(SmallDocuments, EveryFigureOfFormsThatDeviate) {
    for (std::uint32_t seed = 2000; seed < 2080; ++seed) {
        std::vector<std::string> names = synth::random_deviations(seed);
        expect_read(seed, names);
    }
    EXPECT_LE(sum.wrong, sum.values / 100);
    EXPECT_LE(sum.flagged_though_right, sum.values / 100);
}

}  // namespace
}  // namespace biaod::ocr
