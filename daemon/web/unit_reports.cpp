#include "daemon/web/unit_reports.hpp"

#include "models/record_json.hpp"

namespace biaod::daemon {

using models::Result;

namespace {

constexpr std::size_t rows_at_a_time = 1000;

}  // namespace

Result<std::vector<models::UnitReport>> UnitReports::all(const models::FormSet& forms, queue::Store& store) {
    const std::lock_guard lock(mutex_);
    std::vector<models::UnitReport> out;
    queue::DocumentQuery query;
    query.order = queue::DocumentOrder::received;
    query.descending = false;
    query.count = rows_at_a_time;
    for (;;) {
        const auto page = store.overview().documents(query);
        if (!page) return tl::unexpected(page.error());
        for (const queue::DocumentRow& row : page->rows) {
            if (!row.revision || row.form.empty()) continue;
            Known& known = known_[row.sha256];
            if (known.revision != *row.revision) {
                const auto text = store.catalogue().record(row.sha256);
                if (!text) return tl::unexpected(text.error());
                const auto record = *text ? models::parse_record(**text)
                                          : models::fail(models::ErrorKind::internal, "journal", "no record");
                known = {*row.revision, record ? models::unit_report(forms, *record) : std::nullopt};
            }
            if (known.report) out.push_back(*known.report);
        }
        query.offset += page->rows.size();
        if (page->rows.size() < rows_at_a_time) return out;
    }
}

}  // namespace biaod::daemon
