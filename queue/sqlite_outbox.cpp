#include <algorithm>
#include <limits>

#include "queue/crash_point.hpp"
#include "queue/sqlite_faces.hpp"

namespace biaod::queue {

using models::Result;

namespace {

std::int64_t column(std::uint64_t value) {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(value, largest));
}

// Rows that one fetch looks at, at most: a filter that matches nothing must not read the whole outbox in one go.
constexpr std::size_t examined_at_most = 10'000;

constexpr std::int64_t removed_at_once = 10'000;

}  // namespace

SqliteOutbox::SqliteOutbox(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

StreamHead SqliteOutbox::read_head() {
    StreamHead head;
    Statement select = database_.prepare("SELECT id, head, (SELECT min(sequence) FROM outbox) FROM stream");
    select.step();
    head.stream = select.text();
    head.head = static_cast<std::uint64_t>(select.integer());
    head.first = select.next_is_null() ? head.head + 1 : static_cast<std::uint64_t>(select.integer());
    return head;
}

Result<StreamHead> SqliteOutbox::head() {
    return guarded<StreamHead>([&] { return read_head(); });
}

Result<Window> SqliteOutbox::fetch(std::uint64_t from, std::size_t max_n, std::size_t max_bytes,
                                   const std::string& filter) {
    return guarded<Window>([&] {
        // One snapshot: retention in another process must not remove rows between the look at `first` and the rows.
        Transaction snapshot(database_, Transaction::Kind::read);
        Window window;
        window.head = read_head();
        window.through = from > 0 ? from - 1 : 0;
        Statement select = database_.prepare(
            "SELECT o.sequence, o.topic, o.meta, coalesce(o.body, r.body) FROM outbox o "
            "LEFT JOIN record r ON r.sha256 = o.sha256 AND r.revision = o.revision "
            "WHERE o.sequence >= ? AND o.sequence <= ? ORDER BY o.sequence");
        select.bind(column(from)).bind(column(window.head.head));
        std::size_t bytes = 0;
        std::size_t examined = 0;
        while (window.messages.size() < max_n && examined < examined_at_most && select.step()) {
            ++examined;
            Message message;
            message.sequence = static_cast<std::uint64_t>(select.integer());
            message.topic = select.text();
            if (!message.topic.starts_with(filter)) {
                window.through = message.sequence;
                continue;
            }
            message.meta = select.text();
            message.body = select.text();
            bytes += message.topic.size() + message.meta.size() + message.body.size();
            if (bytes > max_bytes && !window.messages.empty()) break;
            window.through = message.sequence;
            window.messages.push_back(std::move(message));
        }
        return window;
    });
}

Result<std::optional<Consumer>> SqliteOutbox::attach(const std::string& name, const std::string& filter,
                                                     std::uint64_t known_epoch) {
    return guarded<std::optional<Consumer>>([&]() -> std::optional<Consumer> {
        Transaction transaction(database_);
        const StreamHead head = read_head();
        const std::int64_t now = clock_.unix_ms();
        Consumer consumer{name, filter, head.first - 1, 0, now};
        {
            Statement select = database_.prepare("SELECT acked, epoch FROM consumer WHERE name = ?");
            if (select.bind(name).step()) {
                consumer.acked = static_cast<std::uint64_t>(select.integer());
                consumer.epoch = static_cast<std::uint64_t>(select.integer());
            }
        }
        if (known_epoch != 0 && known_epoch != consumer.epoch) return std::nullopt;
        if (known_epoch == 0) ++consumer.epoch;
        database_
            .prepare(
                "INSERT INTO consumer(name, filter, acked, epoch, seen_ms) VALUES(?, ?, ?, ?, ?) "
                "ON CONFLICT(name) DO UPDATE SET filter = excluded.filter, epoch = excluded.epoch, "
                "seen_ms = excluded.seen_ms")
            .bind(name)
            .bind(filter)
            .bind(column(consumer.acked))
            .bind(column(consumer.epoch))
            .bind(now)
            .run();
        transaction.commit();
        return consumer;
    });
}

Result<bool> SqliteOutbox::acknowledge(const std::string& name, std::uint64_t epoch, std::uint64_t sequence) {
    return guarded<bool>([&] {
        database_.prepare("UPDATE consumer SET acked = max(acked, ?), seen_ms = ? WHERE name = ? AND epoch = ?")
            .bind(column(sequence))
            .bind(clock_.unix_ms())
            .bind(name)
            .bind(column(epoch))
            .run();
        return database_.changes() == 1;
    });
}

Result<std::vector<Consumer>> SqliteOutbox::consumers() {
    return guarded<std::vector<Consumer>>([&] {
        std::vector<Consumer> all;
        Statement select = database_.prepare(
            "SELECT name, filter, acked, epoch, seen_ms, "
            "acked + 1 < coalesce((SELECT min(sequence) FROM outbox), (SELECT head + 1 FROM stream)) "
            "FROM consumer ORDER BY name");
        while (select.step()) {
            Consumer consumer;
            consumer.name = select.text();
            consumer.filter = select.text();
            consumer.acked = static_cast<std::uint64_t>(select.integer());
            consumer.epoch = static_cast<std::uint64_t>(select.integer());
            consumer.seen_ms = select.integer();
            consumer.stale = select.integer() != 0;
            all.push_back(std::move(consumer));
        }
        return all;
    });
}

// The first message that must stay. Creation times may jump with the host's clock: what goes is what precedes the first
// row that is young enough, or that is middle-aged and not acknowledged by all.
std::int64_t SqliteOutbox::first_to_stay(const Retention& retention) {
    const std::int64_t now = clock_.unix_ms();
    Statement select = database_.prepare(
        "SELECT coalesce((SELECT sequence FROM outbox WHERE created_ms >= ?1 AND NOT (created_ms < ?2 AND sequence <= "
        "coalesce((SELECT min(acked) FROM consumer WHERE acked + 1 >= (SELECT min(sequence) FROM outbox)), 0)) "
        "ORDER BY sequence LIMIT 1), (SELECT head + 1 FROM stream))");
    select.bind(now - retention.unacknowledged_ms).bind(now - retention.acknowledged_ms).step();
    return select.integer();
}

Result<std::uint64_t> SqliteOutbox::retain(const Retention& retention) {
    return guarded<std::uint64_t>([&] {
        const std::int64_t stays = first_to_stay(retention);
        std::uint64_t removed = 0;
        for (;;) {
            // Others write in between: a year's messages at once would keep them waiting.
            Transaction transaction(database_);
            database_.prepare("DELETE FROM outbox WHERE sequence < min(?, (SELECT min(sequence) FROM outbox) + ?)")
                .bind(stays)
                .bind(removed_at_once)
                .run();
            const auto now_removed = static_cast<std::uint64_t>(database_.changes());
            crash_point("store.retain_uncommitted");
            transaction.commit();
            removed += now_removed;
            if (now_removed == 0) return removed;
        }
    });
}

}  // namespace biaod::queue
