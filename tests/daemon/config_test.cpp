#include "daemon/config.hpp"

#include <gtest/gtest.h>

#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using daemon::load_config;

class ConfigTest : public testing::Test {
  protected:
    models::Result<daemon::Config> load(const std::string& text) {
        write_file(folder.path("etc/biaod.toml"), text);
        return load_config(folder.path("etc/biaod.toml"));
    }
    // What is said about a file, without its path.
    std::string mistake(const std::string& text) {
        const auto config = load(text);
        if (config) return "no mistake";
        EXPECT_EQ(config.error().kind, models::ErrorKind::config);
        const std::string prefix = folder.path("etc/biaod.toml") + ":";
        EXPECT_TRUE(config.error().reason.starts_with(prefix)) << config.error().reason;
        return config.error().reason.substr(prefix.size());
    }
    TempFolder folder;
};

TEST_F(ConfigTest, TheSampleShowsTheDefaults) {
    const auto sample = load_config(BIAOD_SAMPLE_CONFIG);
    ASSERT_TRUE(sample) << sample.error().reason;
    const auto defaults = load("");
    ASSERT_TRUE(defaults);
    EXPECT_EQ(sample->state, defaults->state);
    EXPECT_EQ(sample->stop_ms, defaults->stop_ms);
    EXPECT_EQ(sample->intake.settle_ms, defaults->intake.settle_ms);
    EXPECT_EQ(sample->intake.empty_ms, defaults->intake.empty_ms);
    EXPECT_EQ(sample->intake.rescan_network_ms, defaults->intake.rescan_network_ms);
    EXPECT_EQ(sample->intake.min_free_bytes, defaults->intake.min_free_bytes);
    EXPECT_EQ(sample->limits.file_bytes, defaults->limits.file_bytes);
    EXPECT_EQ(sample->limits.pixels_per_page, defaults->limits.pixels_per_page);
    EXPECT_EQ(sample->limits.memory_bytes, defaults->limits.memory_bytes);
    EXPECT_EQ(sample->limits.result_bytes, defaults->limits.result_bytes);
    EXPECT_EQ(sample->worker.per_page_ms, defaults->worker.per_page_ms);
    EXPECT_EQ(sample->retry.longest_ms, defaults->retry.longest_ms);
    EXPECT_EQ(sample->bus.pull, defaults->bus.pull);
    EXPECT_EQ(sample->retention.unacknowledged_ms, defaults->retention.unacknowledged_ms);
    EXPECT_EQ(sample->intake.done, "/srv/biaod/inbox/done");
}

TEST_F(ConfigTest, RelativePathsStartAtTheFile) {
    const auto config = load("state = \"../var\"\n[intake]\ninbox = \"in/\"\n[bus]\npull = \"ipc://run/pull\"\n");
    ASSERT_TRUE(config) << config.error().reason;
    EXPECT_EQ(config->state, folder.path("var"));
    EXPECT_EQ(config->intake.inbox, folder.path("etc/in"));
    EXPECT_EQ(config->intake.failed, folder.path("etc/in/failed"));
    EXPECT_EQ(config->bus.pull, "ipc://" + folder.path("etc/run/pull"));
}

TEST_F(ConfigTest, MistakesNameTheLine) {
    EXPECT_EQ(mistake("stat = \"x\"\n"), "1: stat is not a key of biaod");
    EXPECT_EQ(mistake("\n[intake]\nsettle_secs = 2\n"), "3: intake.settle_secs is not a key of biaod");
    EXPECT_EQ(mistake("[intakes]\n"), "1: intakes is not a key of biaod");
    EXPECT_EQ(mistake("[worker]\ncount = 1.5\n"), "2: worker.count must be a whole number");
    EXPECT_EQ(mistake("[worker]\ncount = 1000\n"), "2: worker.count must be between 0 and 256");
    EXPECT_EQ(mistake("[worker]\ncommand = \"x\"\n"), "2: worker.command must be a list of texts");
    EXPECT_EQ(mistake("[worker]\ncommand = [\"x\", 1]\n"), "2: worker.command must be a list of texts");
    EXPECT_EQ(mistake("[intake]\nsettle_seconds = nan\n"), "2: intake.settle_seconds must be between 0.05 and 3600");
    EXPECT_EQ(mistake("log_level = \"loud\"\n"), "1: log_level must be one of: debug, info, warn, error");
    EXPECT_EQ(mistake("intake = 1\n"), "1: intake must be a section: [intake]");
    EXPECT_EQ(mistake("state = 1\n"), "1: state must be a text in quotes");
    EXPECT_EQ(mistake("x = \n").substr(0, 2), "1:");
    EXPECT_NE(mistake("[bus]\n\npull = \"tcp://0.0.0.0:1\"\n").find("3: bus.pull: tcp://0.0.0.0:1 can be reached"),
              std::string::npos);
}

TEST_F(ConfigTest, ThePageIsForThisHostUnlessATokenAndTlsAreThere) {
    const auto page = [&](const std::string& keys) { return mistake("[web]\n" + keys); };
    EXPECT_EQ(page("listen = \"127.0.0.1:8080\"\n"), "no mistake");
    EXPECT_EQ(page("listen = \"[::1]:8080\"\n"), "no mistake");
    EXPECT_NE(page("listen = \"0.0.0.0:8080\"\n").find("2: web.listen: other hosts can reach"), std::string::npos);
    EXPECT_NE(page("listen = \"0.0.0.0:8080\"\ntoken_file = \"t\"\n").find("set certificate"), std::string::npos);
    EXPECT_EQ(page("listen = \"0.0.0.0:8080\"\ntoken_file = \"t\"\nbehind_tls_proxy = true\n"), "no mistake");
    EXPECT_EQ(page("listen = \"0.0.0.0:8080\"\ntoken_file = \"t\"\ncertificate = \"c\"\nprivate_key = \"k\"\n"),
              "no mistake");
    EXPECT_NE(page("listen = \"127.0.0.1:1\"\nbehind_tls_proxy = true\n").find("set token_file"), std::string::npos);
    EXPECT_NE(page("certificate = \"c\"\n").find("private_key belongs"), std::string::npos);
    for (const char* address : {"8080", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:99999", "127.0.0.1:80x"}) {
        EXPECT_NE(page("listen = \"" + std::string(address) + "\"\n").find("must be an address"), std::string::npos);
    }
    EXPECT_EQ(page("port = 1\n"), "2: web.port is not a key of biaod");
}

TEST_F(ConfigTest, AMissingFileIsAConfigError) {
    const auto config = load_config(folder.path("nothing.toml"));
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().kind, models::ErrorKind::config);
}

}  // namespace
}  // namespace biaod::tests
