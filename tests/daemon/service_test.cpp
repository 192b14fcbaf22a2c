// What systemd and monitoring are told.
#include "daemon/service.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "daemon/metrics.hpp"
#include "queue/fd.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace daemon;

class ServiceTest : public testing::Test {
  protected:
    void SetUp() override {
        socket = queue::Fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, folder.path("notify").c_str(), sizeof address.sun_path - 1);
        ASSERT_EQ(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        ::setenv("NOTIFY_SOCKET", folder.path("notify").c_str(), 1);
        ::setenv("WATCHDOG_USEC", "90000000", 1);
        ::unsetenv("WATCHDOG_PID");
    }
    void TearDown() override {
        ::unsetenv("NOTIFY_SOCKET");
        ::unsetenv("WATCHDOG_USEC");
    }
    std::string told() {
        std::string all;
        char buffer[512];
        for (;;) {
            const ssize_t got = ::recv(socket.get(), buffer, sizeof buffer, 0);
            if (got <= 0) return all;
            all += std::string(buffer, static_cast<std::size_t>(got)) + "|";
        }
    }
    TempFolder folder;
    FakeClock clock;
    queue::Fd socket;
};

TEST_F(ServiceTest, TheWatchdogIsFedByProgressOfEveryThread) {
    Service service(clock);
    clock.advance(30'000);
    service.alive(1, 1);
    EXPECT_EQ(told(), "WATCHDOG=1|");
    service.alive(2, 2);
    EXPECT_EQ(told(), "") << "a third of its time has not passed";
    clock.advance(30'000);
    service.alive(2, 1);
    EXPECT_EQ(told(), "") << "the bus hangs";
    service.alive(1, 2);
    EXPECT_EQ(told(), "") << "the supervisor hangs";
    service.alive(2, 2);
    EXPECT_EQ(told(), "WATCHDOG=1|");
}

TEST_F(ServiceTest, StatesAndStatus) {
    Service service(clock);
    service.ready();
    service.status("2 being read");
    service.status("2 being read");
    service.reloading();
    service.stopping();
    EXPECT_EQ(told(), "READY=1|STATUS=2 being read|RELOADING=1|STOPPING=1\nSTATUS=Finishing documents|");
}

TEST(Metrics, AreWhatPrometheusReads) {
    FakeClock clock;
    WorkCounters work;
    work.complete = 3;
    work.needs_review = 1;
    work.read_ms = 2500;
    work.ends = 4;
    JournalState state;
    state.counts.waiting = 7;
    state.counts.oldest_waiting_ms = clock.unix_ms() - 90'000;
    state.head = {"", 5, 20};
    queue::Consumer consumer;
    consumer.name = "a\"b\\c\nd";
    consumer.acked = 15;
    consumer.stale = true;
    state.consumers = {consumer};
    const std::string text = metrics_text(work, state, 12, "low disk", clock);
    for (const char* line :
         {"biaod_records_total{status=\"complete\"} 3\n", "biaod_flagged_share 0.25\n",
          "biaod_stage_seconds_sum{stage=\"read\"} 2.5\n", "biaod_stage_seconds_count{stage=\"read\"} 4\n",
          "biaod_documents{state=\"waiting\"} 7\n", "biaod_oldest_waiting_seconds 90\n", "biaod_outbox_head 20\n",
          "biaod_consumer_lag{consumer=\"a\\\"b\\\\c\\nd\"} 5\n", "biaod_inbox_waiting 12\n",
          "biaod_intake_stopped 1\n", "# TYPE biaod_documents gauge\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
}

}  // namespace
}  // namespace biaod::tests
