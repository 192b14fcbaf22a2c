// The real daemon dies at each crash point, is started again, and every promise still holds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <signal.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "queue/crash_point.hpp"
#include "tests/daemon/never_lost.hpp"
#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

class CrashTest : public testing::TestWithParam<std::string_view> {
  protected:
    void SetUp() override {
        write_file(folder.path("biaod.toml"), quick_configuration(BIAOD_FAKE));
        drop("a.pdf", "annual");
        drop("县/again.pdf", "annual");
        drop("b.pdf", "bad");
        drop("c.pdf", "pages 3");
        drop("d.pdf", "crash_once " + folder.path("marker"));
        drop("large.pdf", std::string((1 << 20) + 1, 'x'));
    }
    void drop(const std::string& path, const std::string& content) {
        write_file(folder.path("inbox/" + path), content);
        dropped.push_back({path, content});
    }
    std::unique_ptr<Program> start(const std::vector<std::string>& environment = {}) {
        return std::make_unique<Program>(
            std::vector<std::string>{BIAOD_PROGRAM, "run", "--config", folder.path("biaod.toml")}, folder.path("out"),
            folder.path("log"), environment);
    }
    // Starts, lets it come to rest, and looks.
    void finish(CarefulConsumer::Memory& seen, std::unique_ptr<CarefulConsumer> consumer, int revisions = 1) {
        const auto daemon = start();
        EXPECT_TRUE(eventually([&] { return is_at_rest(folder.path(), dropped.size()); }))
            << read_file(folder.path("log"));
        EXPECT_TRUE(eventually([&] { return consumer->through() == head_of(folder.path()); }));
        EXPECT_EQ(consumer->end(), std::vector<std::string>{});
        daemon->signal(SIGTERM);
        // A SIGTERM in the first milliseconds meets a program that is not ready for it.
        EXPECT_THAT(daemon->wait(), testing::AnyOf(0, 128 + SIGTERM));
        for (const std::string& fault : judge(folder.path(), dropped, seen, revisions).faults) ADD_FAILURE() << fault;
    }
    TempFolder folder;
    std::vector<Dropped> dropped;
};

TEST_P(CrashTest, NothingIsLostOrDoneTwice) {
    const std::string point(GetParam());
    CarefulConsumer::Memory seen;
    auto consumer = std::make_unique<CarefulConsumer>(folder.path(), "archive", seen);
    {
        const auto daemon = start({"BIAOD_CRASH_AT=" + point});
        ASSERT_EQ(daemon->wait(), 128 + SIGKILL) << "the point is never passed\n" << read_file(folder.path("log"));
    }
    finish(seen, std::move(consumer));
}

std::string name_of_point(const testing::TestParamInfo<std::string_view>& point) {
    std::string name(point.param);
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Points, CrashTest, testing::ValuesIn(queue::crash_points), name_of_point);

// A clerk corrects a figure, and the daemon dies: there is a whole new revision or none, and the clerk tries again.
class CorrectionCrashTest : public CrashTest {
  protected:
    void SetUp() override {
        write_file(folder.path("biaod.toml"),
                   quick_configuration(BIAOD_FAKE) + "[web]\nlisten = \"127.0.0.1:" + std::to_string(port) + "\"\n");
        drop("r.pdf", "report");
    }
    httplib::Client clerk() const { return httplib::Client("127.0.0.1", port); }
    // The document's view, once it can be had.
    nlohmann::json view() const {
        nlohmann::json seen;
        const bool came = eventually([&] {
            const auto list = clerk().Get("/api/documents");
            const auto rows = list ? nlohmann::json::parse(list->body)["rows"] : nlohmann::json::array();
            if (rows.empty() || rows[0]["state"] != "done") return false;
            const auto answer = clerk().Get("/api/documents/" + rows[0]["id"].get<std::string>());
            if (answer) seen = nlohmann::json::parse(answer->body)["record"];
            return answer && answer->status == 200;
        });
        EXPECT_TRUE(came) << read_file(folder.path("log"));
        return seen;
    }
    httplib::Result correct(const nlohmann::json& record) const {
        const auto asked = clerk().Get("/api/session");
        const auto session = nlohmann::json::parse(asked ? asked->body : R"({"csrf": ""})");
        const nlohmann::json change{{"revision", record["revision"]},
                                    {"action", "correct"},
                                    {"field", "/report/requests/received/total"},
                                    {"value", "9"},
                                    {"by", "王芳"}};
        return clerk().Post("/api/documents/" + record["id"].get<std::string>() + "/corrections",
                            {{"X-Biaod-Csrf", session["csrf"].get<std::string>()}}, change.dump(), "application/json");
    }
    int port = free_port();
};

TEST_P(CorrectionCrashTest, ThereIsAWholeRevisionOrNone) {
    CarefulConsumer::Memory seen;
    auto consumer = std::make_unique<CarefulConsumer>(folder.path(), "archive", seen);
    {
        const auto daemon = start({"BIAOD_CRASH_AT=" + std::string(GetParam())});
        const nlohmann::json record = view();
        ASSERT_TRUE(record.is_object());
        EXPECT_FALSE(correct(record)) << "an answer came";
        ASSERT_EQ(daemon->wait(), 128 + SIGKILL) << "the point is never passed\n" << read_file(folder.path("log"));
    }
    {
        const auto daemon = start();
        nlohmann::json record = view();
        ASSERT_TRUE(record.is_object());
        EXPECT_EQ(record["revision"], GetParam() == "corrections.committed" ? 2 : 1);
        if (record["revision"] == 1) {
            EXPECT_EQ(record["report"]["requests"]["received"]["total"], 8);
            const auto answer = correct(record);
            ASSERT_TRUE(answer);
            EXPECT_EQ(answer->status, 200);
            record = view();
            ASSERT_TRUE(record.is_object());
        }
        EXPECT_EQ(record["revision"], 2);
        EXPECT_EQ(record["report"]["requests"]["received"]["total"], 9);
        EXPECT_EQ(record["corrections"].size(), 1u);
        daemon->signal(SIGTERM);
        EXPECT_EQ(daemon->wait(), 0);
    }
    finish(seen, std::move(consumer), 2);
    EXPECT_EQ(seen.size(), 2u);
}

INSTANTIATE_TEST_SUITE_P(Points, CorrectionCrashTest, testing::ValuesIn(queue::correction_crash_points), name_of_point);

// The second time within one recovery, too: each start dies at the next point.
class CrashesInARow : public CrashTest {};

TEST_F(CrashesInARow, EachStartDiesSomewhereElse) {
    CarefulConsumer::Memory seen;
    auto consumer = std::make_unique<CarefulConsumer>(folder.path(), "archive", seen);
    for (const std::string_view point : queue::crash_points) {
        const auto daemon = start({"BIAOD_CRASH_AT=" + std::string(point)});
        // A point that has nothing to do any more is not passed; then the work is done or goes on meanwhile.
        for (int i = 0; i < 60 && !daemon->ended(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    finish(seen, std::move(consumer));
}

}  // namespace
}  // namespace biaod::tests
