// The real daemon dies at each crash point, is started again, and every promise still holds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

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
    void finish(CarefulConsumer::Memory& seen, std::unique_ptr<CarefulConsumer> consumer) {
        const auto daemon = start();
        EXPECT_TRUE(eventually([&] { return is_at_rest(folder.path(), dropped.size()); }))
            << read_file(folder.path("log"));
        EXPECT_TRUE(eventually([&] { return consumer->through() == head_of(folder.path()); }));
        EXPECT_EQ(consumer->end(), std::vector<std::string>{});
        daemon->signal(SIGTERM);
        // A SIGTERM in the first milliseconds meets a program that is not ready for it.
        EXPECT_THAT(daemon->wait(), testing::AnyOf(0, 128 + SIGTERM));
        for (const std::string& fault : judge(folder.path(), dropped, seen).faults) ADD_FAILURE() << fault;
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

INSTANTIATE_TEST_SUITE_P(Points, CrashTest, testing::ValuesIn(queue::crash_points), [](const auto& point) {
    std::string name(point.param);
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
});

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
