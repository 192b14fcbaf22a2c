#include "daemon/inbox/upload.hpp"

#include "daemon/web/context.hpp"
#include "daemon/web/reply.hpp"

namespace biaod::daemon {

using models::Result;

namespace {

void upload(const WebContext& context, const httplib::Request& request, httplib::Response& response,
            const httplib::ContentReader& content) {
    const std::string name = request.get_param_value("name");
    if (!is_safe_name(name)) return refuse(response, 400, "name");
    auto file = Upload::begin(context.config.intake.inbox, queue::system_files(), context.parts.random,
                              context.config.limits.file_bytes);
    if (!file) return refuse(response, file.error());
    Result<void> taken;
    const bool whole = content([&](const char* bytes, std::size_t size) {
        taken = file->take({bytes, size});
        return taken.has_value() && !*context.stopping;
    });
    if (!taken) return refuse(response, taken.error());
    if (response.status == 413) return refuse(response, 413, "length");  // by its Content-Length
    if (!whole) return refuse(response, 400, "broken_off");
    const auto finished = file->finish(name);
    if (!finished) return refuse(response, finished.error());
    reply(response, {{"name", *finished}});
}

}  // namespace

void add_upload(httplib::Server& server, WebContext& context) {
    server.Put("/api/upload",
               [&context](const httplib::Request& request, httplib::Response& response,
                          const httplib::ContentReader& content) { upload(context, request, response, content); });
}

}  // namespace biaod::daemon
