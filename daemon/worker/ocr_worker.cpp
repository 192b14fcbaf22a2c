#include "daemon/worker/ocr_worker.hpp"

#include <future>
#include <memory>

#include "layout/files/document.hpp"
#include "layout/files/jpeg.hpp"
#include "models/forms.hpp"
#include "models/record_json.hpp"
#include "ocr/document_reader.hpp"
#include "ocr/preload.hpp"

namespace biaod::daemon {

using models::Result;

namespace {

Result<std::string> draw_page(const ReadRequest& request, std::string_view bytes, const ReportProgress&) {
    const PictureRequest& wanted = *request.picture;
    auto document = layout::Document::open(bytes, {request.max_pages, request.max_pixels_per_page});
    if (!document) return tl::unexpected(document.error());
    const auto drawn = (*document)->render(wanted.page, {0, 0, wanted.width, wanted.height}, wanted.dpi);
    if (!drawn) return tl::unexpected(drawn.error());
    return layout::jpeg_of(*drawn);
}

Result<PreparedReader> prepare_drawing() {
    if (auto preloaded = ocr::preload_drawing(); !preloaded) return tl::unexpected(preloaded.error());
    return PreparedReader{draw_page, ocr::folders_opened_later(), {}};
}

}  // namespace

Result<PreparedReader> prepare_ocr(const ReadRequest& to_come) {
    if (to_come.picture) return prepare_drawing();
    if (auto preloaded = ocr::preload(to_come.languages); !preloaded) return tl::unexpected(preloaded.error());
    // Making the first engine takes as long as all the rest.
    std::future<Result<void>> warm = std::async(std::launch::async, ocr::warm_up, to_come.languages);
    auto loaded = models::FormSet::builtin();
    if (!loaded) return tl::unexpected(loaded.error());
    if (auto preloaded = ocr::preload_drawing(); !preloaded) return tl::unexpected(preloaded.error());
    if (auto warmed = warm.get(); !warmed) return tl::unexpected(warmed.error());
    PreparedReader prepared;
    prepared.readable = ocr::folders_opened_later();
    if (to_come.overlay_dir) prepared.writable.push_back(*to_come.overlay_dir);
    const auto forms = std::make_shared<const models::FormSet>(std::move(*loaded));
    prepared.read = [forms](const ReadRequest& request, std::string_view bytes,
                            const ReportProgress& report) -> Result<std::string> {
        ocr::ReadOptions options;
        options.limits = {request.max_bytes, request.max_pages, request.max_pixels_per_page};
        options.languages = request.languages;
        options.threads = request.threads;
        if (request.overlay_dir) options.overlay_dir = *request.overlay_dir;
        options.on_progress = [&report](const ocr::Progress& progress) {
            report(progress.pages_done, progress.pages_total);
        };
        auto record = ocr::read_document({request.name, bytes, request.received_at}, *forms, options);
        if (!record) return tl::unexpected(record.error());
        record->source.labels = request.labels;
        return models::dump(models::to_json(*record));
    };
    return prepared;
}

}  // namespace biaod::daemon
