// A thin C++ face of SQLite for this folder's store. Not for use outside queue/.
//
// Throws SqliteError; the public functions of the store catch it with guarded() and return an Error.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "models/error.hpp"

namespace biaod::queue {

class SqliteError : public std::runtime_error {
  public:
    SqliteError(int code, const std::string& what);
    models::Error error() const;

  private:
    int code_;
};

// A prepared statement in use: bind in order, then step. Columns are read left to right by the same rule. Resets
// itself.
class Statement {
  public:
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    Statement& bind(std::int64_t value);
    Statement& bind(std::string_view text);
    Statement& bind_blob(std::string_view bytes);
    Statement& bind_null();

    bool step();  // true: a row is there
    void run();   // a statement that returns no row

    std::int64_t integer();
    std::string text();  // also of a blob; empty for NULL
    bool next_is_null();

  private:
    sqlite3_stmt* statement_;
    int bound_ = 0;
    int column_ = 0;
};

class Database {
  public:
    enum class Mode { read_write, read_only };
    Database(const std::string& path, Mode mode);

    void execute(const char* script);
    // Statements are prepared once and kept: `sql` must be a literal.
    Statement prepare(const char* sql);
    int changes() const;
    sqlite3* handle() const { return handle_.get(); }

  private:
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_;
    std::map<const char*, std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>> statements_;
};

// Rolls back unless committed. `write` is BEGIN IMMEDIATE (a later upgrade from reading to writing could fail
// half-way), `read` a snapshot for several statements.
class Transaction {
  public:
    enum class Kind { write, read };
    explicit Transaction(Database& database, Kind kind = Kind::write);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

  private:
    Database& database_;
    bool open_ = true;
};

// Runs a function that returns a value (or Result) and turns exceptions into an Error: SQLite's own, and what a damaged
// row's content makes other libraries throw.
template <typename Value, typename Function>
models::Result<Value> guarded(Function&& function) {
    try {
        return function();
    } catch (const SqliteError& failure) {
        return tl::unexpected<models::Error>(failure.error());
    } catch (const std::bad_alloc&) {
        return models::fail(models::ErrorKind::temporary, "journal", "out of memory");
    } catch (const std::exception& failure) {
        return models::fail(models::ErrorKind::internal, "journal", std::string("a damaged row: ") + failure.what());
    }
}

}  // namespace biaod::queue
