// A journal or its log that was cut short: opened with what is whole, or refused with a sentence; never a crash.
//
// CTest looks at every 809th length and at the neighbourhood of each page and frame; with BIAOD_EVERY_OFFSET=1 in the
// environment at each one.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>

#include "queue/sqlite_store.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace queue;
using models::ErrorKind;

class JournalDamage : public testing::Test {
  protected:
    void SetUp() override {
        auto store = open_sqlite_store({path(), "1"}, clock, random);
        for (int n = 1; n <= 4; ++n) {
            ASSERT_TRUE((*store)->jobs().accept({hash_of(n), 10}, {"a.pdf", {}, "c" + std::to_string(n), 5}));
            const auto lease = (*store)->jobs().claim(1000);
            ASSERT_TRUE((*store)->jobs().finish(**lease, small_record(hash_of(n))).value());
        }
        // As after a crash: the log stays.
        log = read_file(path() + "-wal");
        journal = read_file(path());
        store = nullptr;
        closed = read_file(path());
        ASSERT_GT(log.size(), 20'000u);
        ASSERT_GT(closed.size(), 20'000u);
    }
    std::string path() const { return folder.path("journal.sqlite"); }

    void put(const std::string& main, const std::string& wal) {
        std::filesystem::remove(path() + "-shm");
        std::filesystem::remove(path() + "-wal");
        write_file(path(), main);
        if (!wal.empty()) write_file(path() + "-wal", wal);
    }
    // How many messages it has, -1 when it was refused.
    int looked_at() {
        const auto store = open_sqlite_store({path(), "1", true}, clock, random);
        if (!store) {
            EXPECT_FALSE(store.error().reason.empty());
            EXPECT_EQ(store.error().kind, ErrorKind::config) << store.error().reason;
            return -1;
        }
        const auto window = (*store)->outbox().fetch(1, 100, 1 << 20, "");
        EXPECT_TRUE(window) << "it was opened, and then damage showed: " << window.error().reason;
        if (!window) return -1;
        for (std::size_t i = 0; i < window->messages.size(); ++i) EXPECT_EQ(window->messages[i].sequence, i + 1);
        EXPECT_EQ(window->head.head, window->messages.size());
        const auto counts = (*store)->catalogue().counts();
        EXPECT_TRUE(counts);
        return static_cast<int>(window->messages.size());
    }
    static bool is_looked_at(std::size_t length, std::size_t unit, std::size_t header) {
        static const bool every = std::getenv("BIAOD_EVERY_OFFSET") != nullptr;
        const std::size_t in_unit = length < header ? 0 : (length - header) % unit;
        return every || length % 809 == 0 || in_unit < 2 || in_unit + 2 > unit || length < 40;
    }
    TempFolder folder;
    FakeClock clock;
    CountingRandom random;
    std::string log, journal, closed;
};

TEST_F(JournalDamage, ALogOfAnyLengthGivesAWholeNumberOfTransactions) {
    int last = 0;
    for (std::size_t length = 0; length <= log.size(); ++length) {
        if (!is_looked_at(length, 4096 + 24, 32) && length != log.size()) continue;
        SCOPED_TRACE(length);
        put(journal, log.substr(0, length));
        const int messages = looked_at();
        EXPECT_GE(messages, last) << "a longer log never knows less";
        last = std::max(last, messages);
    }
    EXPECT_EQ(last, 4);
}

TEST_F(JournalDamage, AJournalOfAnyLengthIsRefusedOrWhole) {
    int refused = 0;
    for (std::size_t length = 1; length < closed.size(); ++length) {
        if (!is_looked_at(length, 4096, 0)) continue;
        SCOPED_TRACE(length);
        put(closed.substr(0, length), "");
        refused += looked_at() < 0;
    }
    EXPECT_GT(refused, 10);
    put(closed, "");
    EXPECT_EQ(looked_at(), 4);
}

}  // namespace
}  // namespace biaod::tests
