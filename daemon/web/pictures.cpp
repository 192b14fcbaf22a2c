#include <algorithm>

#include "daemon/web/context.hpp"
#include "daemon/web/reply.hpp"
#include "models/record_json.hpp"

namespace biaod::daemon {
namespace {

void picture(const WebContext& context, const httplib::Request& request, httplib::Response& response) {
    const auto store = context.open_to_read();
    if (!store) return refuse(response, store.error());
    const std::string sha256 = request.matches[1];
    const auto text = newest_record(**store, sha256, response);
    if (!text) return;
    const auto record = models::parse_record(*text);
    if (!record) return refuse(response, record.error());
    const int number = std::stoi(request.matches[2]);
    const auto page = std::ranges::find(record->pages, number, &models::Page::number);
    if (page == record->pages.end()) return refuse(response, 404, "not_found");
    const auto drawn = context.pictures->picture(sha256, *page);
    if (!drawn) return refuse(response, 404, "no_picture", drawn.error().reason);
    // The content is the key: it never changes.
    response.set_header("Cache-Control", "private, max-age=86400, immutable");
    response.set_content(**drawn, "image/jpeg");
}

}  // namespace

void add_pictures(httplib::Server& server, WebContext& context) {
    server.Get("/api/documents/([0-9a-f]{64})/pages/([0-9]{1,6})[.]jpg",
               [&context](const auto& request, auto& response) { picture(context, request, response); });
}

}  // namespace biaod::daemon
