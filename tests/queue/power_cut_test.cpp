// Power cuts, full disks and failing fsyncs under the spool and under the journal: at each operation, at each byte.
#include "tests/queue/power_cut.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "queue/spool.hpp"
#include "queue/sqlite_store.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace queue;
using models::ErrorKind;

constexpr Unsynced all_outcomes[] = {Unsynced::lost, Unsynced::torn, Unsynced::kept};

class SpoolPower : public testing::Test {
  protected:
    Fd source() {
        write_file(folder.path("in/file"), content);
        auto below = files.open_folder(folder.path("in"));
        return std::move(*files.open_file(below->get(), "file"));
    }
    Spool open() { return std::move(*Spool::open(files, random, folder.path("spool"), 1000)); }
    // No name of a hash holds anything else.
    void nothing_wrong_is_kept(Spool& spool) {
        const auto kept = spool.list();
        ASSERT_TRUE(kept);
        for (const std::string& name : *kept) {
            EXPECT_EQ(*sha256_of(files, spool.get(name)->get()), name);
        }
    }
    TempFolder folder;
    CountingRandom random;
    PowerCutFiles files;
    std::string content = "a small file";
};

TEST_F(SpoolPower, ACopyThatWasPromisedIsThereAfterAnyCut) {
    for (const Unsynced outcome : all_outcomes) {
        bool finished = false;
        for (int at = 1; !finished; ++at) {
            content = "small file " + std::to_string(at) + std::to_string(static_cast<int>(outcome));
            const Fd file = source();
            Spool spool = open();
            files.cut_at = at;
            const auto spooled = spool.put(file.get());
            finished = !files.is_cut();
            files.restore(outcome);
            Spool again = open();
            if (spooled) {
                ASSERT_TRUE(again.get(spooled->sha256)) << "promised, and gone";
            }
            nothing_wrong_is_kept(again);
            EXPECT_TRUE(again.put(file.get())) << "a second try works";
            EXPECT_EQ(read_file(folder.path("in/file")), content);
        }
    }
}

TEST_F(SpoolPower, ADiskThatFillsUpAtAnyByte) {
    for (std::uint64_t room = 0; room < content.size(); ++room) {
        Spool spool = open();
        const Fd file = source();
        files.room = room;
        const auto spooled = spool.put(file.get());
        ASSERT_FALSE(spooled);
        EXPECT_EQ(spooled.error().kind, ErrorKind::temporary);
        EXPECT_EQ(names_in(folder.path("spool")), "tmp/");
        EXPECT_EQ(names_in(folder.path("spool/tmp")), "");
        files.room = PowerCutFiles::endless;
    }
}

// A short life of three documents and a consumer. Remembers what the journal said was done.
class JournalPower : public testing::Test {
  protected:
    std::unique_ptr<Store> open() {
        auto store = open_sqlite_store({folder->path("journal.sqlite"), "1"}, clock, random);
        return store ? std::move(*store) : nullptr;
    }
    // Every call either works or returns an error; after the first error the rest is tried all the same.
    void live() {
        promised = {};
        const auto store = open();
        if (!store) return;
        for (int n = 1; n <= 3; ++n) {
            const auto accepted = store->jobs().accept({hash_of(n), 10}, {"a.pdf", {}, "c" + std::to_string(n), 5});
            promised.accepted += accepted.has_value();
            const auto lease = store->jobs().claim(1000);
            if (!lease || !*lease) continue;
            const auto ended = n == 2 ? store->jobs().fail(**lease, {{ErrorKind::bad_input, "open", 0, "bad"}, ""})
                                      : store->jobs().finish(**lease, small_record((*lease)->content.sha256));
            promised.ended += ended && *ended;
        }
        const auto consumer = store->outbox().attach("archive", "", 0);
        if (consumer && *consumer) {
            const auto acked = store->outbox().acknowledge("archive", (*consumer)->epoch, 1);
            promised.acked = acked && *acked;
        }
    }
    void judge(bool everything_survived) {
        const auto store = open();
        ASSERT_TRUE(store);
        const auto counts = store->catalogue().counts();
        ASSERT_TRUE(counts);
        EXPECT_GE(static_cast<int>(counts->waiting + counts->running + counts->done + counts->failed),
                  promised.accepted);
        EXPECT_GE(static_cast<int>(counts->done + counts->failed), promised.ended);
        const auto window = store->outbox().fetch(1, 100, 1 << 20, "");
        ASSERT_TRUE(window);
        EXPECT_EQ(window->messages.size(), counts->done + counts->failed) << "a message for each end, and no other";
        for (std::size_t i = 0; i < window->messages.size(); ++i) EXPECT_EQ(window->messages[i].sequence, i + 1);
        EXPECT_EQ(window->head.head, window->messages.size());
        const auto consumers = store->outbox().consumers();
        ASSERT_TRUE(consumers);
        if (promised.acked) {
            ASSERT_EQ(consumers->size(), 1u);
            EXPECT_EQ(consumers->front().acked, 1u);
        }
        if (everything_survived) live();  // and it can be worked with
    }
    void fresh() { folder = std::make_unique<TempFolder>(); }

    struct Promised {
        int accepted = 0, ended = 0;
        bool acked = false;
    } promised;
    std::unique_ptr<TempFolder> folder;
    FakeClock clock;
    CountingRandom random;
};

TEST_F(JournalPower, WhatWasCommittedSurvivesACutAtAnyOperation) {
    fresh();
    PowerCutDatabase disk;
    live();
    const int operations = disk.operations();
    disk.restore(Unsynced::kept);
    ASSERT_GT(operations, 20);
    for (const Unsynced outcome : all_outcomes) {
        for (int at = 1; at <= operations + 1; ++at) {
            SCOPED_TRACE("operation " + std::to_string(at) + ", outcome " + std::to_string(static_cast<int>(outcome)));
            fresh();
            disk.cut_at(at);
            live();
            disk.restore(outcome);
            judge(false);
            disk.restore(Unsynced::kept);
        }
    }
}

TEST_F(JournalPower, AFullDiskIsTemporaryAndNothingIsHalfDone) {
    PowerCutDatabase disk;
    for (std::int64_t room = 0; room < 150'000; room += 1999) {
        SCOPED_TRACE("room for " + std::to_string(room) + " bytes");
        fresh();
        disk.set_room(room);
        auto refused = open_sqlite_store({folder->path("journal.sqlite"), "1"}, clock, random);
        if (refused) {
            const auto accepted = (*refused)->jobs().accept({hash_of(9), 1}, {"a.pdf", {}, "c9", 5});
            EXPECT_TRUE(accepted || accepted.error().kind == ErrorKind::temporary) << accepted.error().reason;
        } else {
            EXPECT_EQ(refused.error().kind, ErrorKind::temporary) << refused.error().reason;
        }
        refused = nullptr;
        live();
        disk.set_room(-1);
        judge(true);
        disk.restore(Unsynced::kept);
    }
}

TEST_F(JournalPower, AFailedSyncIsNoSuccess) {
    fresh();
    PowerCutDatabase disk;
    live();
    disk.fail_syncs(true);
    {
        const auto store = open();
        ASSERT_TRUE(store);
        const auto accepted = store->jobs().accept({hash_of(7), 1}, {"a.pdf", {}, "c7", 5});
        ASSERT_FALSE(accepted);
        EXPECT_EQ(accepted.error().kind, ErrorKind::temporary);
    }
    disk.fail_syncs(false);
    judge(true);
    disk.restore(Unsynced::kept);
}

}  // namespace
}  // namespace biaod::tests
