// The journal's tables in SQLite, and how an older journal is brought up to date.
//
// application_id is 0x6269616f ("biao"), user_version the schema's version. Each migration is one transaction that ends
// with the new user_version. A journal of a newer biaod is refused (config), never guessed at.
//
//   stream    one row: id (16 random bytes), head (the last sequence number given out)
//   job       one row for each (sha256, pipeline_version). token grows with each claim and is the fencing token;
//             due_ms: not claimed before; error: JSON of the last trouble
//   arrival   one row for each dropped file; claim is the random name of the original in the claim folder. job is NULL
//             for a file that was rejected before it had a hash; then error says why. name is a blob (bytes); labels is
//             a JSON array with other bytes than UTF-8 escaped (utf8_of): the folder of the original itself keeps the
//             true ones
//   record    (sha256, revision) → the record's JSON
//   outbox    sequence → topic, meta, and either body (failures) or sha256 + revision of the record: a record's text is
//             stored once
//   consumer  name → acked, epoch, filter
//   document  (since version 2) sha256 → what lists of documents show and sort by, taken out of the newest record by
//             triggers: whoever writes a record, in whatever transaction, cannot forget it. A record is tens of KB of
//             JSON; a list of thousands must not parse them
#pragma once

#include "models/error.hpp"
#include "queue/sqlite_database.hpp"
#include "queue/system.hpp"

namespace biaod::queue {

inline constexpr int sqlite_schema_version = 2;

// WAL, synchronous FULL, foreign keys; creates or migrates. Throws SqliteError.
models::Result<void> prepare_schema(Database& database, Random& random);

// For a read-only connection: refuses what is not a journal of exactly this version.
models::Result<void> check_schema(Database& database);

}  // namespace biaod::queue
