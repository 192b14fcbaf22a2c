// What reads a document, as the daemon sees it. The product's reader is OCR (ocr_worker.hpp); tests bring their own.
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/error.hpp"

namespace biaod::daemon {

// One page as a picture, in place of the whole document as a record. The size is what the record says, in pt.
struct PictureRequest {
    int page = 1;
    double width = 0, height = 0;
    double dpi = 0;
};

// What a worker is asked to read; the bytes come separately. As JSON (to_json / read_request_from) it stands on the
// worker's standard input.
struct ReadRequest {
    std::string name;         // UTF-8: other bytes of the file name are escaped
    std::string received_at;  // RFC 3339, UTC
    std::vector<std::string> labels;
    std::string languages = "chi_sim";
    int threads = 1;
    std::uint64_t max_bytes = 512ull << 20;
    int max_pages = 2000;
    std::int64_t max_pixels_per_page = 100'000'000;
    std::optional<std::string> overlay_dir;  // `parse --overlay` only
    std::optional<PictureRequest> picture;
    bool sandbox_debug = false;  // name a refused system call (sandbox.hpp)
    bool stand_by = false;       // get ready for requests like this one; the one to answer comes later
};

nlohmann::ordered_json to_json(const ReadRequest& request);
models::Result<ReadRequest> read_request_from(const std::string& text);

using ReportProgress = std::function<void(int pages_done, int pages_total)>;

// Bytes of one document → the JSON text of its record ("biaod.record/1"), or a page's picture (JPEG).
using ReadDocument =
    std::function<models::Result<std::string>(const ReadRequest&, std::string_view bytes, const ReportProgress&)>;

struct PreparedReader {
    ReadDocument read;
    // Absolute paths of folders that reading still needs: to read files from, and to make files in (sandbox.hpp).
    std::vector<std::string> readable;
    std::vector<std::string> writable;
};

// Loads what reading needs (forms, language models) before the document is touched: the sandbox closes in between.
using PrepareReader = std::function<models::Result<PreparedReader>(const ReadRequest&)>;

}  // namespace biaod::daemon
