#include "daemon/export/export.hpp"
#include "daemon/web/reply.hpp"
#include "daemon/web/summary_choice.hpp"
#include "models/last_year.hpp"
#include "models/record_json.hpp"

namespace biaod::daemon {
namespace {

void send_file(const std::string& bytes, const std::string& name, const char* type, httplib::Response& response) {
    // The name is ours: nothing of a document stands in a header.
    response.set_header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.set_header("Cache-Control", "no-store");
    response.set_content(bytes, type);
}

// `kind`: "xlsx" or "csv".
void send_book(const Book& book, const std::string& name, const std::string& kind, httplib::Response& response) {
    if (kind == "csv") return send_file(csv_bytes(book, true), name + ".csv", "text/csv; charset=utf-8", response);
    const auto bytes = xlsx_bytes(book);
    if (!bytes) return refuse(response, bytes.error());
    send_file(*bytes, name + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", response);
}

void export_summary(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    const auto of = wanted_summary(context, request);
    if (!of) return refuse(response, of.error());
    const auto deliveries = deliveries_of(context, *of);
    if (!deliveries) return refuse(response, deliveries.error());
    const models::Summary sums = models::summarise(of->choice, of->reports);
    send_book(summary_book(sums, models::against_last_year(sums, of->reports), *deliveries),
              "summary-" + std::to_string(sums.year), request.matches[1], response);
}

void export_document(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    const auto store = context.open_to_read();
    if (!store) return refuse(response, store.error());
    const auto text = newest_record(**store, request.matches[1], response);
    if (!text) return;
    const auto record = models::parse_record(*text);
    if (!record) return refuse(response, record.error());
    const bool known = record->report.is_object();
    const auto book = known ? report_book(*record, context.forms) : tables_book(*record);
    if (!book) return refuse(response, book.error());
    const std::string name =
        (known ? "report-" : "tables-") + record->id.substr(0, 8) + "-" + std::to_string(record->revision);
    send_book(*book, name, request.matches[2], response);
}

}  // namespace

void add_exports(httplib::Server& server, WebContext& context) {
    server.Get("/api/summary[.](xlsx|csv)",
               [&context](const auto& request, auto& response) { export_summary(context, request, response); });
    server.Get("/api/documents/([0-9a-f]{64})/export[.](xlsx|csv)",
               [&context](const auto& request, auto& response) { export_document(context, request, response); });
}

}  // namespace biaod::daemon
