// What the store on SQLite does beyond the contract of queue::Store.
#include "queue/sqlite_store.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace queue;
using models::ErrorKind;

class SqliteStoreTest : public testing::Test {
  protected:
    std::unique_ptr<Store> open() {
        auto store = open_sqlite_store({journal, "1"}, clock, random);
        EXPECT_TRUE(store) << store.error().reason;
        return store ? std::move(*store) : nullptr;
    }

    TempFolder folder;
    FakeClock clock;
    CountingRandom random;
    const std::string journal = folder.path("journal.sqlite");
};

TEST_F(SqliteStoreTest, AJournalOfANewerProgramOrOfNoVersionIsRefused) {
    open();
    const std::pair<const char*, const char*> versions[] = {{"99", "newer"}, {"-5", "damaged"}};
    for (const auto& [version, reason] : versions) {
        sqlite3* raw = nullptr;
        ASSERT_EQ(sqlite3_open(journal.c_str(), &raw), SQLITE_OK);
        sqlite3_exec(raw, (std::string("PRAGMA user_version = ") + version).c_str(), nullptr, nullptr, nullptr);
        sqlite3_close(raw);
        for (const auto& store :
             {open_sqlite_store({journal, "1"}, clock, random), open_sqlite_store_read_only(journal, clock)}) {
            ASSERT_FALSE(store);
            EXPECT_EQ(store.error().kind, ErrorKind::config);
            EXPECT_NE(store.error().reason.find(reason), std::string::npos) << store.error().reason;
        }
    }
}

TEST_F(SqliteStoreTest, AJournalOfTheFirstVersionIsBroughtUpToDateWithItsRecords) {
    {
        const auto store = open();
        ASSERT_TRUE(store->jobs().accept({hash_of(1), 10}, {"a.pdf", {}, "c1", 5}));
        EXPECT_TRUE(*store->jobs().finish(**store->jobs().claim(1000), report_of(1, "甲镇", 3)));
    }
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(journal.c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw,
                           "DROP TRIGGER document_of_record; DROP TABLE document; INSERT INTO record VALUES('x', 1, "
                           "'no JSON'); PRAGMA user_version = 1",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(raw);
    const auto store = open();
    ASSERT_TRUE(store);
    const auto page = store->overview().documents({});
    ASSERT_EQ(page->rows.size(), 1u);
    EXPECT_EQ(page->rows[0].unit, "甲镇");
    EXPECT_EQ(page->rows[0].flags, 3);
}

TEST_F(SqliteStoreTest, AnotherFileIsRefused) {
    write_file(folder.path("x"), std::string(5000, 'x'));
    EXPECT_EQ(open_sqlite_store({folder.path("x"), "1"}, clock, random).error().kind, ErrorKind::config);
    EXPECT_EQ(open_sqlite_store_read_only(folder.path("nothing"), clock).error().kind, ErrorKind::config);
}

TEST_F(SqliteStoreTest, ReadOnlyReadsAndDoesNotWrite) {
    const auto writer = open();
    ASSERT_TRUE(writer->jobs().accept({hash_of(1), 10}, {"a.pdf", {}, "c1", 5}));
    const auto reader = open_sqlite_store_read_only(journal, clock);
    ASSERT_TRUE(reader) << reader.error().reason;
    EXPECT_EQ((*reader)->catalogue().counts()->waiting, 1u);
    EXPECT_EQ((*reader)->catalogue().by_sha256("0000000000")->size(), 1u);
    EXPECT_FALSE((*reader)->jobs().requeue(1));
}

}  // namespace
}  // namespace biaod::tests
