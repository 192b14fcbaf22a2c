// Reads one document from its bytes to a record: pages, tables, text, form. The whole of biaod without queue or bus.
//
// SECURITY: the bytes are untrusted. Nothing here opens a path that comes from the document; the limits below are
// checked before the work they bound. A hang inside a library is ended only by killing the process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "models/error.hpp"
#include "models/forms.hpp"
#include "models/record.hpp"

namespace biaod::ocr {

struct Limits {
    std::uint64_t max_bytes = 512ull << 20;
    int max_pages = 2000;
    std::int64_t max_pixels_per_page = 100'000'000;  // checked before rendering
};

struct Progress {
    int pages_done = 0;
    int pages_total = 0;
};

struct ReadOptions {
    Limits limits;
    std::string languages = "chi_sim";
    int threads = 1;                                   // pages of the document read at a time
    std::optional<std::filesystem::path> overlay_dir;  // write a PNG of each page with what was recovered
    std::function<void(const Progress&)> on_progress;  // from a reading thread; first with 0 done
};

struct Input {
    std::string name;         // becomes source.name
    std::string_view bytes;   // the whole file; must outlive the call
    std::string received_at;  // RFC 3339, UTC
};

// Errors: bad_input or unsupported with the page where known; internal for our own faults.
models::Result<models::Record> read_document(const Input& input, const models::FormSet& forms,
                                             const ReadOptions& options);

}  // namespace biaod::ocr
