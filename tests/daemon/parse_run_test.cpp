#include "daemon/cli/parse_run.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using daemon::ParseOptions;

class ParseTest : public testing::Test {
  protected:
    int run(const std::vector<std::string>& names) {
        options.files.clear();
        for (const std::string& name : names) options.files.push_back(folder.path(name));
        std::ostringstream out, err;
        const int code = daemon::run_parse(options, {BIAOD_FAKE, "worker"}, out, err);
        lines.clear();
        std::istringstream all(out.str());
        for (std::string line; std::getline(all, line);) lines.push_back(nlohmann::json::parse(line));
        errors = err.str();
        return code;
    }
    TempFolder folder;
    ParseOptions options;
    std::vector<nlohmann::json> lines;
    std::string errors;
};

TEST_F(ParseTest, RecordsComeInTheOrderOfTheFiles) {
    options.jobs = 3;
    write_file(folder.path("slow"), "pages 10");
    for (const char* name : {"a", "b", "c"}) write_file(folder.path(name), name);
    EXPECT_EQ(run({"slow", "a", "b", "c"}), 0);
    ASSERT_EQ(lines.size(), 4u);
    const std::vector<std::string> expected{"slow", "a", "b", "c"};
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(lines[i]["source"]["name"], expected[i]);
    EXPECT_EQ(errors, "");
}

TEST_F(ParseTest, OneFailureDoesNotStopTheOthers) {
    options.jobs = 2;
    options.failures = true;
    write_file(folder.path("good"), "good");
    write_file(folder.path("bad"), "bad");
    write_file(folder.path("crash"), "crash");
    write_file(folder.path("empty"), "");
    std::filesystem::create_directory(folder.path("folder"));
    EXPECT_EQ(run({"bad", "crash", "missing", "folder", "empty", "good"}), 1);
    ASSERT_EQ(lines.size(), 6u);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(lines[i]["schema"], "biaod.failure/1");
    EXPECT_EQ(lines[0]["page"], 3);
    EXPECT_EQ(lines[0]["source"]["bytes"], 3);
    EXPECT_FALSE(lines[2]["source"].contains("sha256"));
    EXPECT_EQ(lines[1]["kind"], "internal");
    EXPECT_EQ(lines[4]["reason"], "the file is empty");
    EXPECT_EQ(lines[5]["schema"], "biaod.record/1");
    EXPECT_NE(errors.find(folder.path("bad") + ": page 3: the page is damaged (render, bad_input)\n"),
              std::string::npos);
    options.failures = false;
    EXPECT_EQ(run({"bad", "good"}), 1);
    EXPECT_EQ(lines.size(), 1u);
}

}  // namespace
}  // namespace biaod::tests
