// Who is let in, over real CURVE connections, and the files of keys.
#include "queue/bus_keys.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <zmq.h>

#include "queue/bus.hpp"
#include "queue/bus_client.hpp"
#include "queue/sqlite_store.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace queue;
using Kind = BusEvent::Kind;

class BusKeys : public testing::Test {
  protected:
    void SetUp() override {
        if (!zmq_has("curve")) GTEST_SKIP() << "ZeroMQ without CURVE";
        store = open_store();
        ASSERT_TRUE(store->jobs().accept({hash_of(1), 1}, {"a.pdf", {}, "c1", 5}));
        const auto lease = store->jobs().claim(1000);
        ASSERT_TRUE(*store->jobs().finish(**lease, small_record(hash_of(1))));
        server = *make_keys();
        archive = *make_keys();
        stranger = *make_keys();
        BusOptions options{"ipc://" + folder.path("pub"), "ipc://" + folder.path("pull"), 50, server, {}};
        options.consumers.allow(archive.public_key, "");
        options.consumers.allow(archive.public_key, "archive");
        bus = std::move(*Bus::start(options, open_store(), system_clock()));
    }
    std::unique_ptr<Store> open_store() {
        return std::move(*open_sqlite_store({folder.path("journal"), "1"}, system_clock(), system_random()));
    }
    std::unique_ptr<BusClient> connect(const std::string& name, const std::string& server_key, const KeyPair& own) {
        BusClientOptions options;
        options.publish = "ipc://" + folder.path("pub");
        options.pull = "ipc://" + folder.path("pull");
        options.name = name;
        options.from = name.empty() ? 1 : 0;
        options.server_key = server_key;
        options.public_key = own.public_key;
        options.secret_key = own.secret_key;
        return std::move(*BusClient::connect(options));
    }
    static BusEvent wait(BusClient& client) {
        BusEvent event;
        eventually([&] { return (event = client.next(50)).kind != Kind::none; });
        return event;
    }
    // A good client is served meanwhile: that nothing came is no accident of timing.
    void expect_nothing_for(const std::unique_ptr<BusClient>& refused) {
        for (int i = 0; i < 3; ++i) {
            EXPECT_EQ(refused->next(100).kind, Kind::none);
            EXPECT_EQ(wait(*connect("", server.public_key, archive)).kind, Kind::message);
        }
        EXPECT_EQ(refused->next(100).kind, Kind::none);
    }
    TempFolder folder;
    std::unique_ptr<Store> store;
    KeyPair server, archive, stranger;
    std::unique_ptr<Bus> bus;
};

TEST_F(BusKeys, APermittedKeyAndName) {
    const auto client = connect("archive", server.public_key, archive);
    EXPECT_EQ(wait(*client).kind, Kind::message);
    EXPECT_TRUE(client->acknowledge(1));
    EXPECT_EQ(wait(*connect("anything", server.public_key, server)).kind, Kind::message) << "the administrator";
}

TEST_F(BusKeys, AnUnknownKeyIsRefused) { expect_nothing_for(connect("archive", server.public_key, stranger)); }

TEST_F(BusKeys, NoKeyIsRefused) { expect_nothing_for(connect("archive", "", {})); }

TEST_F(BusKeys, AWrongServerKeyIsRefused) { expect_nothing_for(connect("archive", stranger.public_key, archive)); }

TEST_F(BusKeys, ANameThatTheKeyMayNotTakeIsDenied) {
    const auto client = connect("statistics", server.public_key, archive);
    const BusEvent event = wait(*client);
    EXPECT_EQ(event.kind, Kind::denied);
    EXPECT_NE(event.detail.find("name"), std::string::npos);
}

TEST_F(BusKeys, OfTwoSessionsOfOneNameTheOlderIsRefused) {
    const auto first = connect("archive", server.public_key, archive);
    EXPECT_EQ(wait(*first).kind, Kind::message);
    const auto second = connect("archive", server.public_key, archive);
    EXPECT_EQ(wait(*second).kind, Kind::message);
    EXPECT_FALSE(first->acknowledge(1));
    EXPECT_EQ(wait(*first).kind, Kind::fenced);
    EXPECT_TRUE(second->acknowledge(1));
}

TEST_F(BusKeys, TheConsumersCanBeChangedWhileItRuns) {
    Consumers consumers;
    consumers.allow(stranger.public_key, "*");
    bus->set_consumers(consumers);
    EXPECT_EQ(wait(*connect("statistics", server.public_key, stranger)).kind, Kind::message);
}

TEST_F(BusKeys, FilesOfKeys) {
    const std::string name = folder.path("bus");
    ASSERT_TRUE(write_keys(server, name));
    EXPECT_FALSE(write_keys(stranger, name)) << "never over another one";
    EXPECT_EQ(read_secret(name + ".secret")->secret_key, server.secret_key);
    EXPECT_EQ(*read_public(name + ".public"), server.public_key);
    EXPECT_EQ(read_file(name + ".public").find("secret"), std::string::npos);
    EXPECT_FALSE(read_secret(name + ".public"));
    ::chmod((name + ".secret").c_str(), 0644);
    const auto open = read_secret(name + ".secret");
    ASSERT_FALSE(open);
    EXPECT_NE(open.error().reason.find("chmod 600"), std::string::npos);
}

TEST_F(BusKeys, TheConsumersFile) {
    const auto consumers = Consumers::parse("# comment\n\n" + archive.public_key + " archive statistics # two names\n" +
                                            stranger.public_key + "\n" + server.public_key + " *\n");
    ASSERT_TRUE(consumers) << consumers.error().reason;
    EXPECT_TRUE(consumers->may(archive.public_key, "statistics"));
    EXPECT_TRUE(consumers->may(archive.public_key, ""));
    EXPECT_FALSE(consumers->may(archive.public_key, "two"));
    EXPECT_TRUE(consumers->may(stranger.public_key, ""));
    EXPECT_FALSE(consumers->may(stranger.public_key, "archive"));
    EXPECT_TRUE(consumers->may(server.public_key, "archive"));
    EXPECT_FALSE(consumers->may("", ""));
    const auto mistake = Consumers::parse("# x\nnot-a-key archive\n");
    ASSERT_FALSE(mistake);
    EXPECT_TRUE(mistake.error().reason.starts_with("line 2:")) << mistake.error().reason;
}

TEST_F(BusKeys, AuthenticationIsDeniedByDefault) {
    const Consumers nobody;
    EXPECT_EQ(answer_zap({}, nobody)[2], "400");
    EXPECT_EQ(answer_zap({"1.0", "1", "biaod", "", "", "NULL"}, nobody)[2], "400");
    EXPECT_EQ(answer_zap({"1.0", "1", "biaod", "", "", "CURVE", std::string(32, 'k')}, nobody)[2], "400");
    EXPECT_EQ(answer_zap({"1.0", "1", "biaod", "", "", "CURVE", "short"}, nobody)[2], "400");
}

}  // namespace
}  // namespace biaod::tests
