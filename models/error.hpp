// The one error type of biaod and the Result<T> that carries it.
//
// Library exceptions are caught at the edge of the folder that uses the library and become an Error there. `kind`
// tells the queue what to do; `stage` and `page` are for the person who reads the failure.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace biaod::models {

enum class ErrorKind {
    temporary,    // try again later: out of disk, a lock, a worker killed
    bad_input,    // this file will never be read: damaged, empty, encrypted, over a limit
    unsupported,  // a file of a kind that biaod does not read
    config,       // the administrator must change something
    internal      // our own fault
};

struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string stage;       // "open", "render", "layout", "ocr", "form", "journal", "bus", ...
    int page = 0;            // 1-based; 0 when no page is concerned
    std::string reason;      // one sentence without the file's name
    std::string limit = {};  // the configured limit that was hit ("pages", "pixels", "memory", ...), or empty
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string stage, std::string reason, int page = 0) {
    return tl::unexpected<Error>(Error{kind, std::move(stage), page, std::move(reason)});
}

// A file over a limit: bad_input.
inline tl::unexpected<Error> fail_at_limit(std::string limit, std::string stage, std::string reason, int page = 0) {
    return tl::unexpected<Error>(
        Error{ErrorKind::bad_input, std::move(stage), page, std::move(reason), std::move(limit)});
}

// "temporary", "bad_input", ...: as it stands in reason.json and in biaod.failure/1.
const char* to_string(ErrorKind kind);

}  // namespace biaod::models
