// The contract of queue::Store, run against each implementation.
#include "queue/store.hpp"

#include <gtest/gtest.h>

#include "queue/sqlite_store.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using namespace queue;
using models::Error;
using models::ErrorKind;

// Makes stores on one and the same fresh journal.
class Backend {
  public:
    virtual ~Backend() = default;
    virtual std::unique_ptr<Store> open(const std::string& pipeline = "1") = 0;
    FakeClock clock;
};

class SqliteBackend : public Backend {
  public:
    std::unique_ptr<Store> open(const std::string& pipeline) override {
        auto store = open_sqlite_store({folder.path("journal.sqlite"), pipeline}, clock, random);
        EXPECT_TRUE(store) << store.error().reason;
        return store ? std::move(*store) : nullptr;
    }
    TempFolder folder;
    CountingRandom random;
};

class StoreContract : public testing::TestWithParam<std::unique_ptr<Backend> (*)()> {
  protected:
    void SetUp() override {
        backend = GetParam()();
        store = backend->open();
    }
    Accepted accept(int content, const std::string& claim, const std::string& name = "a.pdf") {
        const auto accepted = store->jobs().accept({hash_of(content), 10}, {name, {"县", "乡"}, claim, 5});
        EXPECT_TRUE(accepted);
        return *accepted;
    }
    Lease claim(Store& from) {
        const auto lease = from.jobs().claim(1000);
        EXPECT_TRUE(lease && *lease);
        return **lease;
    }
    std::unique_ptr<Backend> backend;
    std::unique_ptr<Store> store;
};

const Failure broken{{ErrorKind::bad_input, "render", 2, "broken"}, "file_size"};

TEST_P(StoreContract, SameContentTwiceIsOneJobAndTwoArrivals) {
    const Accepted first = accept(1, "c1");
    const Accepted second = accept(1, "c2", "b.pdf");
    EXPECT_EQ(first.job, second.job);
    EXPECT_EQ(store->catalogue().arrivals(first.job)->size(), 2u);
    EXPECT_EQ(store->catalogue().counts()->waiting, 1u);
    EXPECT_NE(accept(2, "c3").job, first.job);
}

TEST_P(StoreContract, AcceptingTheSameClaimAgainChangesNothing) {
    const Accepted first = accept(1, "c1");
    EXPECT_EQ(accept(1, "c1").job, first.job);
    EXPECT_EQ(store->catalogue().arrivals(first.job)->size(), 1u);
    const auto found = store->catalogue().arrival("c1");
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->arrival.labels, (std::vector<std::string>{"县", "乡"}));
}

TEST_P(StoreContract, AnotherPipelineVersionReadsTheSameContentAgain) {
    const Accepted first = accept(1, "c1");
    const auto newer = backend->open("2");
    const auto second = newer->jobs().accept({hash_of(1), 10}, {"a.pdf", {}, "c2", 5});
    ASSERT_TRUE(second);
    EXPECT_NE(second->job, first.job);
}

TEST_P(StoreContract, FinishWritesRecordSequenceAndStateAtOnce) {
    const Accepted accepted = accept(1, "c1");
    const Lease lease = claim(*store);
    EXPECT_EQ(lease.job, accepted.job);
    EXPECT_EQ(lease.arrival.name, "a.pdf");
    EXPECT_TRUE(*store->jobs().finish(lease, small_record(hash_of(1))));
    EXPECT_EQ((*store->catalogue().job(accepted.job))->state, JobState::done);
    const auto window = store->outbox().fetch(1, 10, 1 << 20, "");
    ASSERT_TRUE(window);
    ASSERT_EQ(window->messages.size(), 1u);
    EXPECT_EQ(window->messages[0].sequence, 1u);
    EXPECT_EQ(window->messages[0].topic, "v1/record/document/");
    EXPECT_EQ(nlohmann::json::parse(window->messages[0].meta)["id"], hash_of(1));
    EXPECT_EQ(window->messages[0].body, **store->catalogue().record(hash_of(1)));
}

TEST_P(StoreContract, ReadingAgainGivesTheNextRevision) {
    const Accepted accepted = accept(1, "c1");
    EXPECT_TRUE(*store->jobs().finish(claim(*store), small_record(hash_of(1))));
    EXPECT_TRUE(*store->jobs().requeue(accepted.job));
    EXPECT_FALSE(*store->jobs().requeue(accepted.job)) << "it waits already";
    EXPECT_TRUE(*store->jobs().finish(claim(*store), small_record(hash_of(1))));
    EXPECT_EQ(nlohmann::json::parse(**store->catalogue().record(hash_of(1)))["revision"], 2);
    EXPECT_EQ((*store->catalogue().job(accepted.job))->revision, 2);
    EXPECT_EQ(store->outbox().head()->head, 2u);
}

TEST_P(StoreContract, FailureTakesASequenceNumberToo) {
    const Accepted accepted = accept(1, "c1");
    EXPECT_TRUE(*store->jobs().fail(claim(*store), broken));
    const auto window = store->outbox().fetch(1, 10, 1 << 20, "v1/failed/");
    ASSERT_EQ(window->messages.size(), 1u);
    const auto body = nlohmann::json::parse(window->messages[0].body);
    EXPECT_EQ(body["schema"], "biaod.failure/1");
    EXPECT_EQ(body["source"]["name"], "a.pdf");
    EXPECT_EQ(body["source"]["sha256"], hash_of(1));
    EXPECT_EQ(nlohmann::json::parse(window->messages[0].meta)["limit"], "file_size");
    EXPECT_EQ(body["kind"], "bad_input");
    EXPECT_EQ(body["page"], 2);
    const auto row = store->catalogue().job(accepted.job);
    EXPECT_EQ((*row)->state, JobState::failed);
    EXPECT_EQ((*row)->failure->limit, "file_size");
    EXPECT_EQ((*row)->failure->error.reason, "broken");
}

TEST_P(StoreContract, AFailedContentThatIsDroppedAgainIsTriedAgain) {
    accept(1, "c1");
    EXPECT_TRUE(*store->jobs().fail(claim(*store), broken));
    EXPECT_EQ(accept(1, "c1").state, JobState::failed) << "the same arrival, accepted again after a crash";
    EXPECT_EQ(accept(1, "c2").state, JobState::waiting);
    EXPECT_EQ(claim(*store).attempts, 1);
}

TEST_P(StoreContract, ARejectedFileIsAnArrivalWithoutAJobAndOneMessage) {
    const Arrival arrival{"big\xFF.pdf", {}, "c1", 5};
    ASSERT_TRUE(store->jobs().reject(arrival, broken));
    ASSERT_TRUE(store->jobs().reject(arrival, broken)) << "again after a crash";
    EXPECT_EQ(store->outbox().head()->head, 1u);
    const auto row = store->catalogue().arrival("c1");
    EXPECT_FALSE((*row)->job);
    EXPECT_EQ((*row)->arrival.name, "big\xFF.pdf");
    const auto window = store->outbox().fetch(1, 10, 1 << 20, "");
    EXPECT_EQ(nlohmann::json::parse(window->messages[0].body)["source"]["name"], "big\\xff.pdf");
}

TEST_P(StoreContract, ALeaseIsFencedWhenItRanOutAndAnotherTookTheJob) {
    accept(1, "c1");
    const auto other = backend->open();
    const Lease old = claim(*store);
    EXPECT_FALSE(*other->jobs().claim(1000)) << "held";
    EXPECT_TRUE(*store->jobs().heartbeat(old, 1000));
    backend->clock.advance(2000);
    const Lease current = claim(*other);
    EXPECT_GT(current.token, old.token);
    EXPECT_FALSE(*store->jobs().heartbeat(old, 1000));
    EXPECT_FALSE(*store->jobs().finish(old, small_record(hash_of(1))));
    EXPECT_FALSE(*store->jobs().fail(old, broken));
    EXPECT_FALSE(*store->jobs().give_back(old, {}));
    EXPECT_EQ(store->outbox().head()->head, 0u) << "a fenced holder must not take a sequence number";
    EXPECT_TRUE(*other->jobs().finish(current, small_record(hash_of(1))));
}

TEST_P(StoreContract, SetbacksAreCountedByTheirKindAndWaitForTheirDelay) {
    const std::int64_t job = accept(1, "c1").job;
    EXPECT_TRUE(*store->jobs().give_back(claim(*store), {Setback::Kind::stopped, {}, 0}));
    EXPECT_EQ((*store->catalogue().job(job))->attempts, 0);
    EXPECT_TRUE(*store->jobs().give_back(claim(*store), {Setback::Kind::death, broken, 500}));
    EXPECT_FALSE(*store->jobs().claim(1000));
    backend->clock.advance(500);
    const Lease third = claim(*store);
    EXPECT_EQ(third.deaths, 1);
    EXPECT_EQ(third.attempts, 2);
    EXPECT_TRUE(*store->jobs().give_back(third, {Setback::Kind::temporary, broken, 0}));
    EXPECT_EQ(claim(*store).deaths, 1);
}

TEST_P(StoreContract, RecoverReturnsRunningJobsAndFencesTheirHolders) {
    accept(1, "c1");
    accept(2, "c2");
    const Lease lost = claim(*store);
    EXPECT_EQ(*store->jobs().recover(), 1);
    EXPECT_FALSE(*store->jobs().finish(lost, small_record(hash_of(1))));
    EXPECT_EQ(claim(*store).attempts, 1);
}

TEST_P(StoreContract, OldestFirst) {
    const std::int64_t first = accept(1, "c1").job;
    backend->clock.advance(1);
    accept(2, "c2");
    EXPECT_EQ(claim(*store).job, first);
}

class OutboxContract : public StoreContract {
  protected:
    // 1..n; every third one is a failure.
    void fill(int n) {
        for (int i = 1; i <= n; ++i) {
            accept(1000 + i, "f" + std::to_string(i));
            const Lease lease = claim(*store);
            if (i % 3 == 0) {
                EXPECT_TRUE(*store->jobs().fail(lease, broken));
            } else {
                EXPECT_TRUE(*store->jobs().finish(lease, small_record(hash_of(1000 + i))));
            }
        }
    }
};

TEST_P(OutboxContract, SequencesHaveNoGapAndWindowsJoin) {
    fill(20);
    std::uint64_t expected = 1;
    for (std::uint64_t from = 1; from <= 20;) {
        const auto window = store->outbox().fetch(from, 7, 1 << 20, "");
        for (const Message& message : window->messages) EXPECT_EQ(message.sequence, expected++);
        EXPECT_EQ(window->through, expected - 1);
        from = window->through + 1;
    }
    EXPECT_EQ(expected, 21u);
    EXPECT_TRUE(store->outbox().fetch(21, 7, 1 << 20, "")->messages.empty());
}

TEST_P(OutboxContract, AFilterSkipsButGoesThrough) {
    fill(10);
    const auto window = store->outbox().fetch(1, 100, 1 << 20, "v1/failed/");
    EXPECT_EQ(window->messages.size(), 3u);
    EXPECT_EQ(window->through, 10u);
    const auto none = store->outbox().fetch(1, 100, 1 << 20, "v1/nothing/");
    EXPECT_TRUE(none->messages.empty());
    EXPECT_EQ(none->through, 10u);
}

TEST_P(OutboxContract, AByteLimitStillGivesOneMessage) {
    fill(3);
    const auto window = store->outbox().fetch(2, 100, 1, "");
    ASSERT_EQ(window->messages.size(), 1u);
    EXPECT_EQ(window->through, 2u);
}

TEST_P(OutboxContract, AttachingAnewFencesTheSessionBefore) {
    fill(3);
    const auto first = store->outbox().attach("archive", "", 0);
    ASSERT_TRUE(first && *first);
    EXPECT_EQ((*first)->acked, 0u);
    EXPECT_TRUE(*store->outbox().acknowledge("archive", (*first)->epoch, 2));
    EXPECT_TRUE(*store->outbox().acknowledge("archive", (*first)->epoch, 1)) << "allowed, and changes nothing";
    const auto second = store->outbox().attach("archive", "", 0);
    EXPECT_EQ((*second)->acked, 2u);
    EXPECT_GT((*second)->epoch, (*first)->epoch);
    EXPECT_FALSE(*store->outbox().acknowledge("archive", (*first)->epoch, 3));
    EXPECT_FALSE(*store->outbox().attach("archive", "", (*first)->epoch)) << "the old session must not come back";
    EXPECT_EQ((**store->outbox().attach("archive", "", (*second)->epoch)).epoch, (*second)->epoch);
}

TEST_P(OutboxContract, RetentionRemovesFromTheFrontByAgeAndAcknowledgement) {
    fill(4);
    backend->clock.advance(100);
    accept(50, "late");
    EXPECT_TRUE(*store->jobs().finish(claim(*store), small_record(hash_of(50))));
    const auto consumer = store->outbox().attach("archive", "", 0);
    EXPECT_TRUE(*store->outbox().acknowledge("archive", (*consumer)->epoch, 2));
    EXPECT_EQ(*store->outbox().retain({50, 1'000'000}), 2u) << "old and acknowledged";
    EXPECT_EQ(store->outbox().head()->first, 3u);
    EXPECT_EQ(*store->outbox().retain({50, 50}), 2u) << "old";
    backend->clock.advance(1000);
    EXPECT_EQ(*store->outbox().retain({50, 50}), 1u);
    EXPECT_EQ(store->outbox().head()->first, 6u);
    EXPECT_EQ(store->outbox().head()->head, 5u) << "numbers go on where they were";
    EXPECT_TRUE(*store->catalogue().record(hash_of(50))) << "records stay";
    const auto late = store->outbox().attach("newcomer", "", 0);
    EXPECT_EQ((*late)->acked, 5u);
}

TEST_P(StoreContract, ARevisionTakesASequenceNumberAndOnlyTheNewestCanBeRevised) {
    accept(1, "c1");
    EXPECT_FALSE(*store->corrections().revise(hash_of(1), 0, small_record(hash_of(1)))) << "nothing was read yet";
    EXPECT_TRUE(*store->jobs().finish(claim(*store), report_of(1, "甲镇", 2)));
    EXPECT_TRUE(*store->corrections().revise(hash_of(1), 1, report_of(1, "乙镇", 1)));
    EXPECT_FALSE(*store->corrections().revise(hash_of(1), 1, report_of(1, "丙镇"))) << "somebody was faster";
    const auto window = store->outbox().fetch(1, 10, 1 << 20, "v1/record/gov_info_annual_report/");
    ASSERT_EQ(window->messages.size(), 2u);
    EXPECT_EQ(window->messages[1].sequence, 2u);
    EXPECT_EQ(nlohmann::json::parse(window->messages[1].meta)["revision"], 2);
    EXPECT_EQ(nlohmann::json::parse(window->messages[1].body)["report"]["issuer"], "乙镇");
    EXPECT_EQ(nlohmann::json::parse(**store->corrections().revision(hash_of(1), 1))["report"]["issuer"], "甲镇");
    EXPECT_FALSE(*store->corrections().revision(hash_of(1), 3));
    EXPECT_EQ(store->overview().documents({})->rows[0].unit, "乙镇");
    EXPECT_EQ(store->overview().documents({})->rows[0].flags, 1);
}

TEST_P(StoreContract, ReadingAgainCarriesTheHistoryOn) {
    const Accepted accepted = accept(1, "c1");
    EXPECT_TRUE(*store->jobs().finish(claim(*store), report_of(1, "甲镇")));
    auto corrected = report_of(1, "乙镇");
    corrected["corrections"] = {{{"field", "/report/issuer"}, {"action", "correct"}, {"old", "甲镇"}, {"new", "乙镇"}}};
    EXPECT_TRUE(*store->corrections().revise(hash_of(1), 1, corrected));
    EXPECT_TRUE(*store->jobs().requeue(accepted.job));
    EXPECT_TRUE(*store->jobs().finish(claim(*store), report_of(1, "甲镇")));
    const auto record = nlohmann::json::parse(**store->catalogue().record(hash_of(1)));
    EXPECT_EQ(record["revision"], 3);
    ASSERT_EQ(record["corrections"].size(), 2u);
    EXPECT_EQ(record["review"][0]["suggested"], "乙镇");
}

TEST_P(StoreContract, TheOverviewFiltersSortsAndCutsIntoPages) {
    for (int i = 1; i <= 5; ++i) accept(i, "c" + std::to_string(i), "report" + std::to_string(i) + ".pdf");
    EXPECT_TRUE(*store->jobs().finish(claim(*store), report_of(1, "甲镇", 2)));
    EXPECT_TRUE(*store->jobs().finish(claim(*store), report_of(2, "乙镇")));
    EXPECT_TRUE(*store->jobs().fail(claim(*store), broken));
    EXPECT_TRUE(store->jobs().reject({"huge.pdf", {}, "c6", 5}, broken));
    Overview& overview = store->overview();
    EXPECT_EQ(overview.documents({})->total, 6u);
    DocumentQuery query;
    query.order = DocumentOrder::name;
    query.descending = false;
    query.count = 2;
    query.offset = 1;
    const auto page = overview.documents(query);
    ASSERT_EQ(page->rows.size(), 2u);
    EXPECT_EQ(page->total, 6u);
    EXPECT_EQ(page->rows[0].name, "report1.pdf");
    EXPECT_EQ(page->rows[0].labels, (std::vector<std::string>{"县", "乡"}));
    EXPECT_EQ(page->rows[1].year, 2024);
    const auto found = [&](const std::string& search, const std::string& state = "", int year = 0,
                           const std::string& form = "") {
        DocumentQuery by;
        by.search = search;
        by.state = state;
        if (year > 0) by.year = year;
        by.form = form;
        return overview.documents(by)->total;
    };
    EXPECT_EQ(found("REPORT4"), 1u);
    EXPECT_EQ(found("乙"), 1u);
    EXPECT_EQ(found("%"), 0u);
    EXPECT_EQ(found("", "failed"), 2u);
    EXPECT_EQ(found("", "flagged"), 1u);
    EXPECT_EQ(found("", "", 2024), 2u);
    EXPECT_EQ(found("", "", 0, "2019"), 0u);
    EXPECT_EQ(overview.choices()->years, std::vector<int>{2024});
    EXPECT_EQ(overview.choices()->flagged, 1u);
}

TEST_P(StoreContract, AContentOfTwoPipelineVersionsIsOneRow) {
    accept(1, "c1");
    EXPECT_TRUE(backend->open("2")->jobs().accept({hash_of(1), 10}, {"a.pdf", {}, "c2", 5}));
    EXPECT_EQ(store->overview().documents({})->total, 1u);
}

std::unique_ptr<Backend> sqlite() { return std::make_unique<SqliteBackend>(); }
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract, testing::Values(sqlite));
INSTANTIATE_TEST_SUITE_P(Sqlite, OutboxContract, testing::Values(sqlite));

}  // namespace
}  // namespace biaod::tests
