#include "daemon/export.hpp"
#include "daemon/summary_choice.hpp"
#include "daemon/web_reply.hpp"
#include "models/last_year.hpp"
#include "models/record_json.hpp"

namespace biaod::daemon {
namespace {

void send_book(const Book& book, const std::string& name, httplib::Response& response) {
    const auto bytes = xlsx_bytes(book);
    if (!bytes) return refuse(response, bytes.error());
    // The name is ours: nothing of a document stands in a header.
    response.set_header("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
    response.set_header("Cache-Control", "no-store");
    response.set_content(*bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

void summary_workbook(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    const auto of = wanted_summary(context, request);
    if (!of) return refuse(response, of.error());
    const auto deliveries = deliveries_of(context, *of);
    if (!deliveries) return refuse(response, deliveries.error());
    const models::Summary sums = models::summarise(of->choice, of->reports);
    send_book(summary_book(sums, models::against_last_year(sums, of->reports), *deliveries),
              "summary-" + std::to_string(sums.year), response);
}

void document_workbook(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
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
    if (request.matches[2] == "xlsx") return send_book(*book, name, response);
    response.set_header("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
    response.set_header("Cache-Control", "no-store");
    response.set_content(csv_bytes(*book, true), "text/csv; charset=utf-8");
}

}  // namespace

void add_exports(httplib::Server& server, WebContext& context) {
    server.Get("/api/summary[.]xlsx",
               [&context](const auto& request, auto& response) { summary_workbook(context, request, response); });
    server.Get("/api/documents/([0-9a-f]{64})/export[.](xlsx|csv)",
               [&context](const auto& request, auto& response) { document_workbook(context, request, response); });
}

}  // namespace biaod::daemon
