// The pipe from a worker to its parent.
//
// A worker is started with the request (JSON) on standard input, the document as descriptor 3 (read-only) and the pipe
// as descriptor 4. It writes frames:
//
//   type: 1 byte | length: 4 bytes, big-endian | payload
//     'P' progress   8 bytes: pages done, pages in all, 4 bytes each, big-endian; any number of times
//     'R' result     the record's JSON text, or a page's picture    } exactly one of these, as the last frame
//     'F' failure    JSON { "stage", "kind", "page", "reason" }     }
//
// Then it exits. Anything else (another type, a length over its cap, bytes after the last frame, an end in mid-frame)
// is a broken worker. Rejected: lines of text (a record may be 64 MiB; a length tells at once what is too much), and
// the exit code as the verdict (a library may crash in its destructors after a good result).
//
// SECURITY: the parent takes all of it as written by the document's author. FrameReader allocates no more than it got
// and no more than the caps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "models/error.hpp"

namespace biaod::daemon {

inline constexpr int document_fd = 3;
inline constexpr int result_fd = 4;
inline constexpr std::size_t failure_at_most_bytes = 64u << 10;

struct PipeProgress {
    std::uint32_t pages_done = 0;
    std::uint32_t pages_total = 0;
};

// Parent's side: bytes in, frames out.
class FrameReader {
  public:
    explicit FrameReader(std::size_t result_at_most_bytes) : result_at_most_(result_at_most_bytes) {}

    // Takes what came from the pipe. Afterwards one of the states below may have changed.
    void take(std::string_view bytes);

    const std::optional<PipeProgress>& progress() const { return progress_; }  // the latest
    const std::optional<std::string>& result() const { return result_; }
    const std::optional<models::Error>& failure() const { return failure_; }
    const std::string& broken() const { return broken_; }  // empty: so far by the rules
    bool result_too_large() const { return too_large_; }

  private:
    bool check_header(char type, std::size_t length);
    void finish_frame(char type, std::string payload);

    std::size_t result_at_most_;
    std::string pending_;
    std::optional<PipeProgress> progress_;
    std::optional<std::string> result_;
    std::optional<models::Error> failure_;
    std::string broken_;
    bool too_large_ = false;
};

// Worker's side: complete frames, ready to be written.
std::string progress_frame(const PipeProgress& progress);
std::string result_frame(std::string_view record);
std::string failure_frame(const models::Error& error);

}  // namespace biaod::daemon
