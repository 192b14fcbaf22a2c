#include "daemon/web/files.hpp"

#include "daemon/web/context.hpp"
#include "daemon/web/reply.hpp"

namespace biaod::daemon {
namespace {

const char* type_of(const std::string& name) {
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".svg")) return "image/svg+xml";
    return "text/html; charset=utf-8";
}

void serve(const std::string& name, httplib::Response& response) {
    for (const models::EmbeddedFile& file : embedded_web_files()) {
        if (file.name != name) continue;
        response.set_header("Cache-Control", "no-cache");
        response.set_content(file.text, type_of(name));
        return;
    }
    refuse(response, 404, "not_found");
}

}  // namespace

void add_files(httplib::Server& server) {
    for (const char* page : {"document", "summary"}) {
        server.Get("/" + std::string(page),
                   [name = std::string(page) + ".html"](const auto&, auto& response) { serve(name, response); });
    }
    server.Get("/", [](const auto&, auto& response) { serve("overview.html", response); });
    server.Get("/favicon.ico", [](const auto&, auto& response) { serve("icon.svg", response); });
    server.Get("/static/([a-z_]+[.][a-z]+)", [](const httplib::Request& request, httplib::Response& response) {
        serve(request.matches[1], response);
    });
}

}  // namespace biaod::daemon
