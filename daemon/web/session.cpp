#include "daemon/version.hpp"
#include "daemon/web/context.hpp"
#include "daemon/web/reply.hpp"
#include "models/record_json.hpp"

namespace biaod::daemon {

void add_session(httplib::Server& server, WebContext& context) {
    server.Get("/api/session", [&context](const httplib::Request& request, httplib::Response& response) {
        reply(response, {{"signed_in", context.guard->signed_in(request)},
                         {"csrf", context.guard->csrf_word(request)},
                         {"version", version},
                         {"max_bytes", context.config.limits.file_bytes}});
    });
    server.Post("/api/sign-in", [&context](const httplib::Request& request, httplib::Response& response) {
        const auto body = body_of(request, response);
        if (!body) return;
        const auto cookie = context.guard->sign_in(models::text_member(*body, "token"));
        if (!cookie) return refuse(response, 401, "token");
        response.set_header("Set-Cookie", *cookie);
        reply(response, nlohmann::ordered_json::object());
    });
}

}  // namespace biaod::daemon
