// The journal's face for the bus: numbered messages, and how far each named consumer has acknowledged them.
//
// The rules for all faces (threads, errors, durability) are in store.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/error.hpp"

namespace biaod::queue {

struct StreamHead {
    std::string stream;       // 16 random bytes, drawn when the journal was made
    std::uint64_t first = 1;  // oldest message that is kept; head + 1 when none is
    std::uint64_t head = 0;   // newest
};

struct Message {
    std::uint64_t sequence = 0;
    std::string topic;
    std::string meta;  // JSON
    std::string body;  // JSON
};

struct Window {
    std::vector<Message> messages;
    std::uint64_t through = 0;  // all up to here that match the filter are in the window (or were before `from`)
    StreamHead head;
};

struct Consumer {
    std::string name;
    std::string filter;
    std::uint64_t acked = 0;
    std::uint64_t epoch = 0;
    std::int64_t seen_ms = 0;
    // Messages that it had not acknowledged were removed by age. It holds back no removal any more; when it comes back
    // it hears GONE, and goes on behind the gap.
    bool stale = false;
};

struct Retention {
    std::int64_t acknowledged_ms = 0;    // messages older than this go when every consumer that is not stale has them
    std::int64_t unacknowledged_ms = 0;  // messages older than this go in any case
};

class Outbox {
  public:
    virtual ~Outbox() = default;

    virtual models::Result<StreamHead> head() = 0;

    // Messages from `from` whose topic starts with `filter`, at most max_n and about max_bytes, but always at least one
    // if there is one. At a cost that does not depend on the length of the outbox, but for rows that are filtered out.
    virtual models::Result<Window> fetch(std::uint64_t from, std::size_t max_n, std::size_t max_bytes,
                                         const std::string& filter) = 0;

    // A session of a named consumer begins: its epoch grows, which fences the session before. `known_epoch` 0 is a new
    // session; otherwise the session goes on, and nullopt means that it was fenced. A new name starts at acked = first
    // - 1. The filter is remembered for show.
    virtual models::Result<std::optional<Consumer>> attach(const std::string& name, const std::string& filter,
                                                           std::uint64_t known_epoch) = 0;

    // false: fenced (the epoch is not the current one). Never goes back: a smaller sequence changes nothing.
    virtual models::Result<bool> acknowledge(const std::string& name, std::uint64_t epoch, std::uint64_t sequence) = 0;

    virtual models::Result<std::vector<Consumer>> consumers() = 0;

    // Removes messages from the front, in transactions of bounded size. How many.
    virtual models::Result<std::uint64_t> retain(const Retention& retention) = 0;
};

}  // namespace biaod::queue
