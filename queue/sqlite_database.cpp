#include "queue/sqlite_database.hpp"

namespace biaod::queue {
namespace {

constexpr int busy_ms = 10'000;

[[noreturn]] void raise(sqlite3* handle, int code) {
    throw SqliteError(code, handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
}

}  // namespace

SqliteError::SqliteError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}

models::Error SqliteError::error() const {
    models::ErrorKind kind = models::ErrorKind::internal;
    switch (code_ & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_NOMEM:
            kind = models::ErrorKind::temporary;
            break;
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY:
        case SQLITE_NOTADB:
            kind = models::ErrorKind::config;
            break;
        default:
            break;
    }
    return {kind, "journal", 0, what()};
}

Statement::~Statement() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(std::int64_t value) {
    const int code = sqlite3_bind_int64(statement_, ++bound_, value);
    if (code != SQLITE_OK) raise(sqlite3_db_handle(statement_), code);
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    const int code = sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK) raise(sqlite3_db_handle(statement_), code);
    return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
    const int code = sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) raise(sqlite3_db_handle(statement_), code);
    return *this;
}

Statement& Statement::bind_null() {
    ++bound_;  // unbound parameters are NULL
    return *this;
}

bool Statement::step() {
    column_ = 0;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) raise(sqlite3_db_handle(statement_), code);
    return false;
}

void Statement::run() {
    while (step()) {
    }
}

std::int64_t Statement::integer() { return sqlite3_column_int64(statement_, column_++); }

std::string Statement::text() {
    const void* bytes = sqlite3_column_blob(statement_, column_);
    const int length = sqlite3_column_bytes(statement_, column_++);
    return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(length)) : std::string();
}

bool Statement::next_is_null() { return sqlite3_column_type(statement_, column_) == SQLITE_NULL; }

Database::Database(const std::string& path, Mode mode) : handle_(nullptr, sqlite3_close) {
    sqlite3* opened = nullptr;
    const int flags = mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_NOFOLLOW, nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK) throw SqliteError(code, path + ": " + sqlite3_errstr(code));
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_ms);
}

void Database::execute(const char* script) {
    const int code = sqlite3_exec(handle_.get(), script, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) raise(handle_.get(), code);
}

Statement Database::prepare(const char* sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        sqlite3_stmt* prepared = nullptr;
        const int code = sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
        if (code != SQLITE_OK) raise(handle_.get(), code);
        found = statements_.try_emplace(sql, prepared, sqlite3_finalize).first;
    }
    return Statement(found->second.get());
}

int Database::changes() const { return sqlite3_changes(handle_.get()); }

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
    database_.execute(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    // A failed COMMIT may have rolled back by itself; the error of this second one says nothing new.
    if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace biaod::queue
