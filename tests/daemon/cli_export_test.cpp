// `biaod export` from the outside.
#include <gtest/gtest.h>

#include "models/record_json.hpp"
#include "queue/sqlite_store.hpp"
#include "tests/daemon/office.hpp"
#include "tests/daemon/program.hpp"
#include "tests/models/form_printer.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

constexpr const char* licenses = "/proactive_disclosure/licenses/decisions";

class CliExport : public testing::Test {
  protected:
    static models::Record report(const std::string& unit, char digit, const std::string& figure, int year = 2022) {
        models::Record record = models::testing::national_report("2021", unit, year, {{licenses, figure}});
        record.id = record.source.sha256 = std::string(64, digit);
        return record;
    }
    static std::string line(const models::Record& record) { return models::dump(models::to_json(record)) + "\n"; }

    int run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {BIAOD_PROGRAM, "export"});
        std::filesystem::remove(folder.path("err"));
        Program program(arguments, folder.path("stdout"), folder.path("err"));
        const int code = program.wait();
        err = read_file(folder.path("err"));
        return code;
    }
    std::string out(const std::string& name = {}) const { return folder.path(name.empty() ? "out" : "out/" + name); }

    // A journal that holds two reports, as the daemon leaves it.
    void make_journal() {
        write_file(folder.path("biaod.toml"), "state = \"state\"\n[intake]\ninbox = \"inbox\"\n");
        std::filesystem::create_directories(folder.path("state"));
        FakeClock clock;
        CountingRandom random;
        auto store = queue::open_sqlite_store({folder.path("state/journal.sqlite"), "1"}, clock, random);
        ASSERT_TRUE(store) << store.error().reason;
        for (const auto& record : {report("三河镇", 'a', "5"), report("宁海县", 'b', "7")}) {
            ASSERT_TRUE((*store)->jobs().accept({record.id, 10}, {record.source.name, {}, record.id, 5}));
            const auto lease = (*store)->jobs().claim(1000);
            ASSERT_TRUE(lease && *lease);
            ASSERT_TRUE((*store)->jobs().finish(**lease, models::to_json(record)));
        }
    }

    TempFolder folder;
    std::string err;
};

TEST_F(CliExport, AWorkbookForEachRecord) {
    write_file(folder.path("records"), line(report("三河镇", 'a', "5")) + "\n" + line(report("宁海县", 'b', "7")));
    EXPECT_EQ(run({"--records", folder.path("records"), "--out", out()}), 0) << err;
    EXPECT_EQ(names_in(out()), "三河镇.xlsx 宁海县.xlsx");
    EXPECT_EQ(read_file(folder.path("stdout")), out("三河镇.xlsx") + "\n" + out("宁海县.xlsx") + "\n");
    const auto sheets = open_in_office(read_file(out("三河镇.xlsx")));
    EXPECT_TRUE(sheets.contains("报告") && sheets.contains("核对") && sheets.contains("出处"));
}

TEST_F(CliExport, TheHighestRevisionCounts) {
    models::Record old = report("三河镇", 'a', "5"), corrected = report("三河镇", 'a', "6");
    corrected.revision = 2;
    write_file(folder.path("records"), line(corrected) + line(old));
    EXPECT_EQ(run({"--records", folder.path("records"), "--format", "csv", "--out", folder.path("a.csv")}), 0) << err;
    EXPECT_NE(read_file(folder.path("a.csv")).find("行政许可,,,,,,6,"), std::string::npos);
}

TEST_F(CliExport, BadLinesDoNotStopTheOthers) {
    write_file(folder.path("records"), "not json\n{\"schema\": \"biaod.failure/1\", \"reason\": \"damaged\"}\n" +
                                           line(report("三河镇", 'a', "5")) + line(models::testing::empty_record()));
    EXPECT_EQ(run({"--records", folder.path("records"), "--out", out()}), 1);
    EXPECT_NE(err.find("records:1: not JSON"), std::string::npos) << err;
    EXPECT_NE(err.find("records:2: damaged"), std::string::npos) << err;
    EXPECT_NE(err.find("report.pdf: the document has no table"), std::string::npos) << err;
    EXPECT_EQ(names_in(out()), "三河镇.xlsx");
}

TEST_F(CliExport, SummaryWithRoster) {
    write_file(folder.path("records"), line(report("三河镇", 'a', "5")) + line(report("宁海县", 'b', "7")) +
                                           line(report("宁海县", 'c', "9", 2021)));
    write_file(folder.path("roster.csv"), "单位\n三河镇人民政府\n东山乡\n");
    const std::vector<std::string> summary{"--records", folder.path("records"), "--summary", "--year", "2022", "--out",
                                           out()};
    auto arguments = summary;
    arguments.insert(arguments.end(), {"--format", "csv", "--roster", folder.path("roster.csv")});
    EXPECT_EQ(run(arguments), 0) << err;
    EXPECT_NE(read_file(out("summary-2022-汇总.csv")).find("行政许可,,,,,,12,"), std::string::npos);
    EXPECT_NE(read_file(out("summary-2022-报送情况.csv")).find("东山乡,未报,"), std::string::npos);
    arguments = summary;
    arguments.insert(arguments.end(), {"--unit", "宁海县人民政府"});
    EXPECT_EQ(run(arguments), 0) << err;
    EXPECT_FALSE(read_file(out("summary-2022.xlsx")).empty());
}

TEST_F(CliExport, UsageAndConfiguration) {
    write_file(folder.path("records"), line(report("三河镇", 'a', "5")) + line(report("宁海县", 'b', "7")));
    EXPECT_EQ(run({"--records", folder.path("records")}), 2);
    EXPECT_EQ(run({"--records", folder.path("records"), "--out", folder.path("a.xlsx")}), 2);
    EXPECT_EQ(run({"--records", folder.path("records"), "--out", out(), "--summary"}), 2);
    EXPECT_EQ(
        run({"--records", folder.path("records"), "--out", out(), "--summary", "--year", "2022", "--form", "1999"}), 2);
    write_file(folder.path("roster.csv"), "单位,期限\n三河镇,尽快\n");
    EXPECT_EQ(run({"--records", folder.path("records"), "--out", out(), "--summary", "--year", "2022", "--roster",
                   folder.path("roster.csv")}),
              2);
    EXPECT_NE(err.find("roster.csv: line 2: '尽快' is no date"), std::string::npos) << err;
    EXPECT_EQ(run({"--config", folder.path("missing.toml"), "--out", out()}), 2);
    EXPECT_EQ(run({"--records", folder.path("missing"), "--out", out()}), 1);
    EXPECT_EQ(run({"--records", folder.path("records"), "--out", out(), "--summary", "--year", "1999"}), 1);
}

TEST_F(CliExport, FromTheJournal) {
    make_journal();
    const std::string config = folder.path("biaod.toml");
    EXPECT_EQ(run({"--config", config, "--out", out(), "--year", "2022"}), 0) << err;
    EXPECT_EQ(names_in(out()), "三河镇.xlsx 宁海县.xlsx");
    EXPECT_EQ(run({"--config", config, "--out", folder.path("one"), "bbbbbbbb"}), 0) << err;
    EXPECT_EQ(names_in(folder.path("one")), "宁海县.xlsx");
    EXPECT_EQ(run({"--config", config, "--out", folder.path("two"), "1", "999"}), 1);
    EXPECT_EQ(names_in(folder.path("two")), "三河镇.xlsx");
    EXPECT_EQ(run({"--config", config, "--out", folder.path("three"), "--year", "2021"}), 0);
}

}  // namespace
}  // namespace biaod::tests
