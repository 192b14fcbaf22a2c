#include "ocr/shared_reads.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

namespace biaod::ocr {
namespace {

// A reader that must never serve two threads at once.
struct Reader {
    std::atomic<int> busy{0}, reads{0};
    void read() {
        EXPECT_EQ(busy++, 0);
        std::this_thread::yield();
        ++reads;
        --busy;
    }
};

TEST(SharedReads, AloneOneReadsAll) {
    SharedReads<Reader> shared;
    Reader own;
    std::string order;
    shared.each(own, 5, [&](Reader& by, std::size_t i) {
        by.read();
        order += std::to_string(i);
    });
    EXPECT_EQ(order, "01234");
    shared.each(own, 0, [](Reader&, std::size_t) { FAIL(); });
}

TEST(SharedReads, IdleThreadsTakePartUntilTheEnd) {
    SharedReads<Reader> shared;
    Reader owners[2], helpers[2];
    std::vector<std::thread> threads;
    for (Reader& helper : helpers) threads.emplace_back([&] { shared.help(helper, [] { return true; }); });
    std::atomic<bool> helped{false};
    std::vector<int> read(2000, 0);
    const auto own_work = [&](Reader& own, std::size_t from) {
        // The first waits for a helper: that one is asked at all is no matter of luck.
        shared.each(own, 1000, [&](Reader& by, std::size_t i) {
            by.read();
            ++read[from + i];
            if (&by != &owners[0] && &by != &owners[1]) helped = true;
            while (i == 0 && !helped && &by != &helpers[0] && &by != &helpers[1]) std::this_thread::yield();
        });
    };
    std::thread other([&] { own_work(owners[1], 1000); });
    own_work(owners[0], 0);
    other.join();
    shared.finish();
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(read, std::vector<int>(2000, 1));
    EXPECT_GT(helpers[0].reads + helpers[1].reads, 0);
    EXPECT_EQ(owners[0].reads + owners[1].reads + helpers[0].reads + helpers[1].reads, 2000);
}

TEST(SharedReads, WhoCannotBePreparedLeaves) {
    SharedReads<Reader> shared;
    Reader own, helper;
    std::atomic<bool> left{false};
    std::thread thread([&] {
        shared.help(helper, [] { return false; });
        left = true;
    });
    shared.each(own, 2, [&](Reader& by, std::size_t) {
        by.read();
        while (!left) std::this_thread::yield();
    });
    thread.join();
    EXPECT_EQ(own.reads, 2);
    EXPECT_EQ(helper.reads, 0);
}

TEST(SharedReads, AnExceptionReachesTheOwnerWhoeverMetIt) {
    SharedReads<Reader> shared;
    Reader own, helper;
    std::thread thread([&] { shared.help(helper, [] { return true; }); });
    std::atomic<int> count{0};
    const auto fails = [&](Reader&, std::size_t) {
        if (++count == 3) throw std::runtime_error("the third");
    };
    EXPECT_THROW(shared.each(own, 100, fails), std::runtime_error);
    count = 3;
    EXPECT_NO_THROW(shared.each(own, 100, fails)) << "the next is not concerned";
    EXPECT_EQ(count, 103);
    shared.finish();
    thread.join();
    count = 0;
    EXPECT_THROW(shared.each(own, 100, fails), std::runtime_error);
    EXPECT_EQ(count, 3) << "alone, the rest is left";
}

}  // namespace
}  // namespace biaod::ocr
