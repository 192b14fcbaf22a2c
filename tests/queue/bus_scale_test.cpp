// A million messages, stalled peers, and retention: costs are counted in reads of the disk, not in time.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <zmq.h>

#include "queue/bus.hpp"
#include "queue/bus_client.hpp"
#include "queue/bus_protocol.hpp"
#include "queue/sqlite_store.hpp"
#include "queue/zmq_socket.hpp"
#include "tests/queue/power_cut.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace queue;
using Kind = BusEvent::Kind;

class BusScale : public testing::Test {
  protected:
    std::unique_ptr<Store> open() {
        return std::move(*open_sqlite_store({folder.path("journal"), "1"}, clock, system_random()));
    }
    // Messages as the store would have written them, a second apart; straight into the tables, for speed.
    void fill(int n, int body_bytes) {
        open();
        sqlite3* raw = nullptr;
        ASSERT_EQ(sqlite3_open(folder.path("journal").c_str(), &raw), SQLITE_OK);
        const std::string sql =
            "PRAGMA synchronous = OFF; BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i "
            "< " +
            std::to_string(n) +
            ") INSERT INTO outbox(sequence, topic, created_ms, meta, body) SELECT i, CASE i % 1000 WHEN 0 THEN "
            "'v1/failed/' ELSE 'v1/record/document/' END, " +
            std::to_string(clock.unix_ms()) + " + i * 1000, '{}', '\"' || printf('%.*c', " +
            std::to_string(body_bytes) + ", 'x') || '\"' FROM n; UPDATE stream SET head = " + std::to_string(n) +
            "; COMMIT; PRAGMA wal_checkpoint(TRUNCATE);";
        ASSERT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
        sqlite3_close(raw);
    }
    TempFolder folder;
    FakeClock clock;
};

TEST_F(BusScale, AWindowOfAMillionCostsTheSameEverywhere) {
    fill(1'000'000, 20);
    PowerCutDatabase disk;
    std::vector<std::uint64_t> costs;
    for (const std::uint64_t from : {1u, 1000u, 250'000u, 500'000u, 999'000u, 999'901u}) {
        const auto store = open();  // with an empty cache
        const std::uint64_t before = disk.reads();
        const auto window = store->outbox().fetch(from, 100, 1 << 20, "");
        ASSERT_EQ(window->messages.size(), 100u);
        EXPECT_EQ(window->messages[0].sequence, from);
        EXPECT_EQ(window->head.first, 1u);
        costs.push_back(disk.reads() - before);
    }
    const auto [least, most] = std::minmax_element(costs.begin(), costs.end());
    EXPECT_LE(*most, 40u) << "pages for a hundred messages of a hundred bytes, and the way down two trees";
    EXPECT_LE(*most, *least + 20);

    const auto store = open();
    const std::uint64_t before = disk.reads();
    const auto rare = store->outbox().fetch(1, 5, 1 << 20, "v1/failed/");
    EXPECT_EQ(rare->messages.size(), 5u);
    EXPECT_LE(disk.reads() - before, 400u) << "five thousand rows are passed over, not a million";
}

TEST_F(BusScale, RetentionByAgeAndAcknowledgementAndStaleConsumersOfAMillion) {
    fill(1'000'000, 20);
    const auto store = open();
    auto& outbox = store->outbox();
    const auto fast = outbox.attach("fast", "", 0), slow = outbox.attach("slow", "", 0);
    EXPECT_TRUE(*outbox.acknowledge("fast", (*fast)->epoch, 1'000'000));
    EXPECT_TRUE(*outbox.acknowledge("slow", (*slow)->epoch, 100));
    clock.advance(1'000'000'000);
    // Acknowledged by both and older than 10,000 s: 1..100. Older than 990,000 s: up to 9,999.
    EXPECT_EQ(*outbox.retain({10'000'000, 10'000'000'000}), 100u);
    EXPECT_FALSE(outbox.consumers()->back().stale);
    EXPECT_EQ(*outbox.retain({10'000'000, 990'000'000}), 9'899u);
    EXPECT_EQ(outbox.head()->first, 10'000u);
    const auto consumers = outbox.consumers();
    EXPECT_FALSE(consumers->front().stale);
    EXPECT_TRUE(consumers->back().stale) << "slow lost 101..9,999";
    EXPECT_EQ(*outbox.retain({10'000'000, 990'000'000}), 980'000u) << "who is stale holds nothing back";
    EXPECT_EQ(outbox.head()->first, 990'000u);
    EXPECT_TRUE(*outbox.acknowledge("slow", (*slow)->epoch, 989'999)) << "it took notice of GONE";
    EXPECT_FALSE(outbox.consumers()->back().stale);
    PowerCutDatabase disk;
    const auto again = open();
    const std::uint64_t before = disk.reads();
    EXPECT_EQ(again->outbox().fetch(990'000, 100, 1 << 20, "")->messages.size(), 100u);
    EXPECT_LE(disk.reads() - before, 40u) << "what was removed costs a fetch nothing";
}

// One peer asks and asks and never reads; one subscribes and never reads. Nobody else notices.
TEST_F(BusScale, StalledPeersDelayNobody) {
    constexpr std::uint64_t messages = 300;
    fill(messages, 50'000);
    const std::string publish = "ipc://" + folder.path("pub"), pull = "ipc://" + folder.path("pull");
    auto bus = std::move(*Bus::start({publish, pull, 50, {}, {}}, open(), system_clock()));
    ZmqContext context;
    ZmqSocket greedy(context, ZMQ_DEALER), deaf(context, ZMQ_SUB);
    for (ZmqSocket* socket : {&greedy, &deaf}) socket->set(ZMQ_RCVHWM, 1);
    deaf.set(ZMQ_SUBSCRIBE, std::string());
    ASSERT_TRUE(greedy.connect(pull) && deaf.connect(publish));
    ASSERT_TRUE(greedy.send({"HELLO", "greedy", "", "", integer_frame(0)}));
    for (int i = 0; i < 200; ++i) {
        greedy.send({"FETCH", integer_frame(1), integer_frame(1000), integer_frame(fetch_at_most_bytes)});
    }
    BusClientOptions options;
    options.publish = publish;
    options.pull = pull;
    options.name = "reader";
    auto reader = std::move(*BusClient::connect(options));
    std::uint64_t expected = 1;
    const auto take_until = [&](std::uint64_t last) {
        for (; expected <= last; ++expected) {
            BusEvent event;
            ASSERT_TRUE(eventually([&] { return (event = reader->next(100)).kind == Kind::message; })) << expected;
            ASSERT_EQ(event.message.sequence, expected);
        }
        EXPECT_TRUE(reader->acknowledge(last));
    };
    take_until(messages / 2);
    reader = nullptr;  // restarts half-way
    reader = std::move(*BusClient::connect(options));
    take_until(messages);
}

}  // namespace
}  // namespace biaod::tests
