// Server and client over real sockets: durable consumers, restarts, gaps, and the errors of the protocol.
#include "queue/bus.hpp"

#include <gtest/gtest.h>
#include <zmq.h>

#include "queue/bus_client.hpp"
#include "queue/bus_protocol.hpp"
#include "queue/pull_sessions.hpp"
#include "queue/sqlite_store.hpp"
#include "queue/zmq_socket.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace queue;
using models::ErrorKind;
using Kind = BusEvent::Kind;

class BusTest : public testing::Test {
  protected:
    void SetUp() override { use_journal("journal"); }

    std::unique_ptr<Store> open_store() {
        return std::move(*open_sqlite_store({folder.path(journal), "1"}, clock, system_random()));
    }
    void use_journal(const std::string& name) {
        journal = name;
        store = open_store();
    }
    void start() {
        auto started = Bus::start({publish(), pull(), 50, {}, {}}, open_store(), system_clock());
        ASSERT_TRUE(started) << started.error().reason;
        bus = std::move(*started);
    }
    std::string publish() const { return "ipc://" + folder.path("pub"); }
    std::string pull() const { return "ipc://" + folder.path("pull"); }

    void add(int n, bool bad = false) {
        for (int i = 0; i < n; ++i) {
            const std::string hash = hash_of(++content);
            ASSERT_TRUE(store->jobs().accept({hash, 1}, {"a.pdf", {}, hash, 5}));
            const auto lease = store->jobs().claim(1000);
            ASSERT_TRUE(lease && *lease);
            if (bad) {
                ASSERT_TRUE(*store->jobs().fail(**lease, {{ErrorKind::bad_input, "open", 0, "bad"}, ""}));
            } else {
                ASSERT_TRUE(*store->jobs().finish(**lease, small_record(hash)));
            }
        }
        if (bus) bus->notify();
    }
    std::unique_ptr<BusClient> connect(const std::string& name, std::uint64_t from = 0,
                                       const std::string& filter = "") {
        return std::move(*BusClient::connect({publish(), pull(), name, filter, from, false, {}, {}, {}}));
    }
    static BusEvent wait(BusClient& client) {
        BusEvent event;
        eventually([&] { return (event = client.next(50)).kind != Kind::none; });
        return event;
    }
    static std::vector<std::uint64_t> take(BusClient& client, std::size_t n, bool acknowledge = true) {
        std::vector<std::uint64_t> got;
        while (got.size() < n) {
            const BusEvent event = wait(client);
            if (event.kind != Kind::message) break;
            got.push_back(event.message.sequence);
            EXPECT_TRUE(!acknowledge || client.acknowledge(event.message.sequence));
        }
        return got;
    }
    static std::vector<std::uint64_t> range(std::uint64_t from, std::uint64_t to) {
        std::vector<std::uint64_t> all;
        for (; from <= to; ++from) all.push_back(from);
        return all;
    }

    TempFolder folder;
    FakeClock clock;
    std::string journal;
    std::unique_ptr<Store> store;
    std::unique_ptr<Bus> bus;
    int content = 0;
};

TEST_F(BusTest, TwoConsumersAtTheirOwnSpeedAndRestarts) {
    start();
    add(5);
    auto fast = connect("fast");
    auto slow = connect("slow");
    EXPECT_EQ(take(*fast, 5), range(1, 5));
    EXPECT_EQ(take(*slow, 2), range(1, 2));
    bus.reset();
    add(3);  // committed while nobody serves
    start();
    add(2);
    EXPECT_EQ(take(*fast, 5), range(6, 10));
    slow.reset();
    slow = connect("slow");
    EXPECT_EQ(take(*slow, 8), range(3, 10)) << "goes on after what was acknowledged";
}

TEST_F(BusTest, WhatWasNotAcknowledgedComesAgain) {
    start();
    add(3);
    auto client = connect("archive");
    EXPECT_EQ(take(*client, 3, false), range(1, 3));
    client = connect("archive");
    EXPECT_EQ(take(*client, 3), range(1, 3));
    client = connect("archive");
    add(1);
    EXPECT_EQ(take(*client, 1), range(4, 4));
}

TEST_F(BusTest, LiveMessagesComeWithoutAskingAndAMissedOneIsPulled) {
    start();
    auto client = connect("", 1);
    add(1);
    EXPECT_EQ(take(*client, 1, false), range(1, 1));
    bus.reset();
    add(2);  // never published live
    start();
    EXPECT_EQ(take(*client, 2, false), range(2, 3)) << "the head message showed the gap";
}

TEST_F(BusTest, AFilterGivesOnlyItsTopic) {
    start();
    add(2);
    add(1, true);
    add(2);
    add(1, true);
    auto client = connect("alarm", 0, "v1/failed/");
    EXPECT_EQ(take(*client, 2), (std::vector<std::uint64_t>{3, 6}));
    add(3);
    add(1, true);
    EXPECT_EQ(take(*client, 1), range(10, 10));
}

TEST_F(BusTest, ASecondSessionOfTheNameFencesTheFirst) {
    start();
    add(2);
    auto first = connect("archive");
    EXPECT_EQ(take(*first, 1), range(1, 1));
    auto second = connect("archive");
    EXPECT_EQ(take(*second, 1), range(2, 2));
    EXPECT_FALSE(first->acknowledge(2));
    EXPECT_TRUE(eventually([&] { return first->next(20).kind == Kind::fenced; }));
    bus.reset();
    start();
    add(1);
    EXPECT_EQ(take(*second, 1), range(3, 3)) << "the newer session lives on over a restart";
}

// Two greetings would be two sessions, of which the server may hear the first one last.
TEST_F(BusTest, AServerThatIsSlowToAnswerIsGreetedOnce) {
    ZmqContext context;
    ZmqSocket server(context, ZMQ_ROUTER);
    ASSERT_TRUE(server.bind(pull()));
    auto client = connect("archive");
    int greetings = 0;
    Frames last;
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(client->next(10).kind, Kind::none);
        while (auto frames = server.receive()) {
            last = *frames;
            ++greetings;
        }
    }
    ASSERT_EQ(greetings, 1);
    EXPECT_EQ(last[1], "HELLO");
    const std::string stream(stream_id_bytes, 's');
    ASSERT_TRUE(server.send(
        {last[0], "WELCOME", stream, integer_frame(1), integer_frame(0), integer_frame(0), integer_frame(1)}));
    client->next(50);
    EXPECT_FALSE(client->acknowledge(1, 50)) << "nobody answers; but it is asked in the session";
    ASSERT_TRUE(eventually([&] {
        const auto frames = server.receive();
        return frames && (*frames)[1] == "ACK";
    }));
}

TEST_F(BusTest, WhatIsNoLongerKeptIsReportedAsGone) {
    add(4);
    clock.advance(1000);
    add(1);
    ASSERT_EQ(*store->outbox().retain({500, 500}), 4u);
    start();
    auto client = connect("", 2);
    const BusEvent event = wait(*client);
    EXPECT_EQ(event.kind, Kind::gone);
    EXPECT_EQ(event.from, 2u);
    EXPECT_EQ(event.until, 4u);
    EXPECT_EQ(take(*client, 1, false), range(5, 5));
}

TEST_F(BusTest, ANewJournalIsReportedAndReadFromItsStart) {
    start();
    add(3);
    auto client = connect("archive");
    EXPECT_EQ(take(*client, 3), range(1, 3));
    bus.reset();
    use_journal("another");
    start();
    add(2);
    EXPECT_EQ(wait(*client).kind, Kind::stream_changed);
    EXPECT_EQ(take(*client, 2), range(1, 2));
}

TEST_F(BusTest, AnAddressForOtherHostsIsRefused) {
    for (const char* endpoint :
         {"tcp://0.0.0.0:5555", "tcp://*:5555", "tcp://192.168.1.2:5555", "tcp://eth0:5555", "tcp://127.0.0.1",
          "ipc://relative", "udp://127.0.0.1:1", "tcp://127.0.0.1.evil.org:1"}) {
        const auto checked = check_endpoint(endpoint, false);
        ASSERT_FALSE(checked) << endpoint;
        EXPECT_EQ(checked.error().kind, ErrorKind::config);
    }
    EXPECT_TRUE(check_endpoint("tcp://127.0.0.1:5555", false));
    EXPECT_TRUE(check_endpoint("tcp://[::1]:5555", false));
    EXPECT_FALSE(Bus::start({"tcp://0.0.0.0:5555", pull(), 50, {}, {}}, open_store(), system_clock()));
    EXPECT_TRUE(check_endpoint("tcp://0.0.0.0:5555", true));
    EXPECT_FALSE(check_endpoint("tcp://:5555", true));
    EXPECT_FALSE(check_endpoint("udp://10.0.0.1:1", true));
}

// The protocol itself, without sockets.
class PullProtocol : public BusTest {
  protected:
    std::vector<Frames> ask(const Frames& request, const std::string& peer = "peer") {
        std::vector<Frames> answers;
        sessions.answer({peer, user}, request, [&](const Frames& answer) {
            answers.push_back(answer);
            return true;
        });
        return answers;
    }
    std::string code(const Frames& request) {
        const auto answers = ask(request);
        return answers.size() == 1 && answers[0][0] == "ERROR" ? answers[0][1] : "no error";
    }
    Frames hello(const std::string& name, const std::string& stream = "", std::uint64_t epoch = 0) {
        return {"HELLO", name, "", stream, integer_frame(epoch)};
    }
    std::unique_ptr<Store> own = open_sqlite_store({folder.path("journal"), "1"}, clock, system_random()).value();
    PullSessions sessions{own->outbox()};
    std::string user;
};

TEST_F(PullProtocol, NothingWithoutHello) {
    EXPECT_EQ(code({"FETCH", integer_frame(1), integer_frame(1), integer_frame(1)}), "DENIED");
    EXPECT_EQ(code({}), "DENIED");
    EXPECT_EQ(code({"HELLO"}), "DENIED");
    EXPECT_EQ(code({"HELLO", std::string(200, 'n'), "", "", integer_frame(0)}), "DENIED");
    EXPECT_EQ(code({"HELLO", "\xFF", "", "", integer_frame(0)}), "DENIED");
    EXPECT_EQ(code({"HELLO", "n", "", "short", integer_frame(0)}), "DENIED");
    EXPECT_EQ(code(hello("n", std::string(16, 'x'))), "STREAM_CHANGED");
}

TEST_F(PullProtocol, MalformedRequestsAreDenied) {
    ASSERT_EQ(ask(hello("n"))[0][0], "WELCOME");
    EXPECT_EQ(code({"FETCH", "1", "1", "1"}), "DENIED");
    EXPECT_EQ(code({"FETCH", integer_frame(0), integer_frame(1), integer_frame(1)}), "DENIED");
    EXPECT_EQ(code({"ACK", integer_frame(1)}), "DENIED");
    EXPECT_EQ(code({"ACK", integer_frame(99), integer_frame(1)}), "DENIED") << "beyond the head";
    EXPECT_EQ(code({"NONSENSE"}), "DENIED");
    ASSERT_EQ(ask(hello(""))[0][0], "WELCOME");
    EXPECT_EQ(code({"ACK", integer_frame(0), integer_frame(0)}), "DENIED") << "anonymous";
}

TEST_F(PullProtocol, AnswersAreBounded) {
    add(5);
    ask(hello(""));
    const auto most = integer_frame(~0ull);
    EXPECT_EQ(ask({"FETCH", integer_frame(1), most, most}).size(), 6u);
    EXPECT_EQ(ask({"FETCH", integer_frame(1), integer_frame(2), most}).size(), 3u);
    EXPECT_EQ(ask({"FETCH", most, most, most}).size(), 1u);
}

TEST_F(PullProtocol, ASessionBelongsToTheKeyThatBeganIt) {
    user = "key one";
    ask(hello("archive"));
    user = "key two";
    const Frames fetch{"FETCH", integer_frame(1), integer_frame(1), integer_frame(1)};
    EXPECT_EQ(code(fetch), "DENIED") << "another key with the address of that connection";
    user = "key one";
    EXPECT_EQ(ask(fetch)[0][0], "END");
}

TEST_F(PullProtocol, PeersAreForgottenFromTheOldest) {
    for (std::size_t i = 0; i <= PullSessions::sessions_at_most; ++i) ask(hello(""), "peer" + std::to_string(i));
    const Frames fetch{"FETCH", integer_frame(1), integer_frame(1), integer_frame(1)};
    EXPECT_EQ(ask(fetch, "peer0")[0][0], "ERROR");
    EXPECT_EQ(ask(fetch, "peer1")[0][0], "END");
}

}  // namespace
}  // namespace biaod::tests
