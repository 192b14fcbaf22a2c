#include "queue/crash_point.hpp"
#include "queue/messages.hpp"
#include "queue/sqlite_faces.hpp"

namespace biaod::queue {

using models::Result;
using nlohmann::ordered_json;

std::uint64_t next_sequence(Database& database) {
    Statement statement = database.prepare("UPDATE stream SET head = head + 1 RETURNING head");
    statement.step();
    const auto sequence = static_cast<std::uint64_t>(statement.integer());
    statement.run();
    return sequence;
}

void publish_record(Database& database, const std::string& sha256, const ordered_json& record, std::int64_t now_ms) {
    const auto revision = record.at("revision").get<std::int64_t>();
    database.prepare("INSERT INTO record(sha256, revision, body) VALUES(?, ?, ?)")
        .bind(sha256)
        .bind(revision)
        .bind(record.dump())
        .run();
    database.prepare("INSERT INTO outbox(sequence, topic, created_ms, meta, sha256, revision) VALUES(?, ?, ?, ?, ?, ?)")
        .bind(static_cast<std::int64_t>(next_sequence(database)))
        .bind(record_topic(record))
        .bind(now_ms)
        .bind(record_meta(record, now_ms))
        .bind(sha256)
        .bind(revision)
        .run();
}

SqliteCorrections::SqliteCorrections(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

Result<bool> SqliteCorrections::revise(const std::string& sha256, int expected, ordered_json record) {
    return guarded<bool>([&] {
        Transaction transaction(database_);
        {
            Statement select = database_.prepare("SELECT coalesce(max(revision), 0) FROM record WHERE sha256 = ?");
            select.bind(sha256).step();
            if (expected < 1 || select.integer() != expected) return false;
        }
        const std::int64_t now = clock_.unix_ms();
        record["revision"] = expected + 1;
        publish_record(database_, sha256, record, now);
        // Also keeps the spooled copy for those who go on looking at the page.
        database_.prepare("UPDATE job SET changed_ms = ? WHERE sha256 = ?").bind(now).bind(sha256).run();
        crash_point("store.revise_uncommitted");
        transaction.commit();
        return true;
    });
}

Result<std::optional<std::string>> SqliteCorrections::revision(const std::string& sha256, int revision) {
    return guarded<std::optional<std::string>>([&]() -> std::optional<std::string> {
        Statement select = database_.prepare("SELECT body FROM record WHERE sha256 = ? AND revision = ?");
        if (!select.bind(sha256).bind(std::int64_t{revision}).step()) return std::nullopt;
        return select.text();
    });
}

}  // namespace biaod::queue
