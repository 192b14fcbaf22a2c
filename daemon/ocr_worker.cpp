#include "daemon/ocr_worker.hpp"

#include <memory>

#include "models/forms.hpp"
#include "models/record_json.hpp"
#include "ocr/document_reader.hpp"

namespace biaod::daemon {

using models::Result;

Result<ReadDocument> prepare_ocr(const ReadRequest&) {
    auto loaded = models::FormSet::builtin();
    if (!loaded) return tl::unexpected(loaded.error());
    const auto forms = std::make_shared<const models::FormSet>(std::move(*loaded));
    return ReadDocument([forms](const ReadRequest& request, std::string_view bytes,
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
    });
}

}  // namespace biaod::daemon
