#include "queue/sqlite_schema.hpp"

#include <array>
#include <string>

#include "queue/crash_point.hpp"

namespace biaod::queue {

using models::ErrorKind;
using models::Result;

namespace {

constexpr std::int64_t application_id = 0x6269616f;

constexpr const char* version_1 = R"sql(
CREATE TABLE stream(
  only_row INTEGER PRIMARY KEY CHECK(only_row = 1),
  id BLOB NOT NULL CHECK(length(id) = 16),
  head INTEGER NOT NULL);
CREATE TABLE job(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL,
  pipeline_version TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('waiting', 'running', 'done', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  deaths INTEGER NOT NULL DEFAULT 0,
  token INTEGER NOT NULL DEFAULT 0,
  due_ms INTEGER NOT NULL,
  lease_ms INTEGER NOT NULL DEFAULT 0,
  changed_ms INTEGER NOT NULL,
  revision INTEGER,
  error TEXT,
  UNIQUE(sha256, pipeline_version));
CREATE INDEX job_waiting ON job(due_ms, id) WHERE state = 'waiting';
CREATE INDEX job_running ON job(lease_ms) WHERE state = 'running';
CREATE INDEX job_state ON job(state, id);
CREATE TABLE arrival(
  id INTEGER PRIMARY KEY,
  job INTEGER REFERENCES job(id),
  claim TEXT NOT NULL UNIQUE,
  name BLOB NOT NULL,
  labels TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  error TEXT);
CREATE INDEX arrival_job ON arrival(job, id);
CREATE TABLE record(
  sha256 TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY(sha256, revision));
CREATE TABLE outbox(
  sequence INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  meta TEXT NOT NULL,
  body TEXT,
  sha256 TEXT,
  revision INTEGER,
  FOREIGN KEY(sha256, revision) REFERENCES record(sha256, revision),
  CHECK((body IS NULL) = (sha256 IS NOT NULL)));
CREATE TABLE consumer(
  name TEXT PRIMARY KEY,
  filter TEXT NOT NULL,
  acked INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL) WITHOUT ROWID;
)sql";

// Bodies that are no JSON (a damaged row) count as empty records: a list must not keep the journal from opening.
#define BIAOD_DOCUMENT_OF(SOURCE)                                                                               \
    "INSERT OR REPLACE INTO document(sha256, revision, type, form, unit, year, title, status, flags, failing) " \
    "SELECT sha256, revision, json_extract(body, '$.report.type'), json_extract(body, '$.report.form'), "       \
    "json_extract(body, '$.report.issuer'), json_extract(body, '$.report.year'), "                              \
    "json_extract(body, '$.report.title'), json_extract(body, '$.status'), "                                    \
    "coalesce(json_array_length(body, '$.review'), 0), "                                                        \
    "(SELECT count(*) FROM json_each(body, '$.checks') WHERE json_extract(value, '$.status') = 'fail') "        \
    "FROM (SELECT sha256, revision, CASE WHEN json_valid(body) THEN body ELSE '{}' END AS body FROM " SOURCE ");"

constexpr const char* version_2 =
    "CREATE TABLE document("
    "sha256 TEXT PRIMARY KEY, revision INTEGER NOT NULL, type TEXT, form TEXT, unit TEXT, year INTEGER, title TEXT, "
    "status TEXT, flags INTEGER NOT NULL, failing INTEGER NOT NULL) WITHOUT ROWID;" BIAOD_DOCUMENT_OF(
        "record ORDER BY sha256, revision") "CREATE TRIGGER document_of_record AFTER INSERT ON record "
                                            "BEGIN " BIAOD_DOCUMENT_OF(
                                                "(SELECT new.sha256 AS sha256, new.revision AS revision, new.body AS body)") " END;";

constexpr std::array<const char*, sqlite_schema_version> migrations{version_1, version_2};

std::int64_t pragma(Database& database, const char* sql) {
    Statement statement = database.prepare(sql);
    return statement.step() ? statement.integer() : 0;
}

// How far the journal is: 0 for an empty file.
Result<int> version_of(Database& database) {
    const std::int64_t version = pragma(database, "PRAGMA user_version");
    const std::int64_t application = pragma(database, "PRAGMA application_id");
    const bool empty = pragma(database, "SELECT count(*) FROM sqlite_schema") == 0;
    if (application != application_id && !(empty && application == 0 && version == 0)) {
        return models::fail(ErrorKind::config, "journal", "the file is not a journal of biaod");
    }
    if (version < 0) {
        return models::fail(ErrorKind::config, "journal",
                            "the journal is damaged: its version is " + std::to_string(version));
    }
    if (version > sqlite_schema_version) {
        return models::fail(ErrorKind::config, "journal",
                            "the journal was written by a newer biaod (version " + std::to_string(version) + ")");
    }
    return static_cast<int>(version);
}

}  // namespace

Result<void> prepare_schema(Database& database, Random& random) {
    database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    const Result<int> found = version_of(database);
    if (!found) return tl::unexpected(found.error());
    if (*found == sqlite_schema_version) return {};

    Transaction transaction(database);
    // Another process may have been faster.
    const Result<int> version = version_of(database);
    if (!version) return tl::unexpected(version.error());
    for (int next = *version; next < sqlite_schema_version; ++next) {
        database.execute(migrations[static_cast<std::size_t>(next)]);
        if (next == 0) {
            std::array<unsigned char, 16> id{};
            random.fill(id);
            database.prepare("INSERT INTO stream(only_row, id, head) VALUES(1, ?, 0)")
                .bind_blob({reinterpret_cast<const char*>(id.data()), id.size()})
                .run();
        }
    }
    crash_point("schema.mid_migration");
    database.execute(("PRAGMA application_id = " + std::to_string(application_id) +
                      "; PRAGMA user_version = " + std::to_string(sqlite_schema_version))
                         .c_str());
    transaction.commit();
    return {};
}

Result<void> check_schema(Database& database) {
    const Result<int> version = version_of(database);
    if (!version) return tl::unexpected(version.error());
    if (*version != sqlite_schema_version) {
        return models::fail(ErrorKind::config, "journal",
                            "the journal is older than this biaod: start the daemon once");
    }
    return {};
}

}  // namespace biaod::queue
