#include "daemon/web/server.hpp"

#include <spdlog/spdlog.h>

#include <thread>

#include "daemon/log.hpp"
#include "daemon/version.hpp"
#include "daemon/web/context.hpp"
#include "daemon/web/reply.hpp"
#include "queue/sqlite_store.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

constexpr int threads = 8;
constexpr int seconds_for_bytes = 20;

// style-src allows no inline styles; scripts set properties of single elements, which is no style text.
constexpr const char* policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

httplib::Headers headers_of_all() {
    return {{"Content-Security-Policy", policy},
            {"X-Content-Type-Options", "nosniff"},
            {"X-Frame-Options", "DENY"},
            {"Referrer-Policy", "no-referrer"},
            {"Cross-Origin-Opener-Policy", "same-origin"},
            {"Cross-Origin-Resource-Policy", "same-origin"}};
}

std::unique_ptr<httplib::Server> make_server(const WebConfig& config) {
    if (config.tls()) {
        return std::make_unique<httplib::SSLServer>(config.certificate.c_str(), config.private_key.c_str());
    }
    return std::make_unique<httplib::Server>();
}

void prepare(httplib::Server& server, WebContext& context) {
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    server.set_read_timeout(seconds_for_bytes);
    server.set_write_timeout(seconds_for_bytes);
    // A refused request's body is not read: what follows it on the connection would be taken for a request.
    server.set_keep_alive_max_count(1);
    server.set_payload_max_length(context.config.limits.file_bytes);
    server.set_default_headers(headers_of_all());
    server.set_pre_routing_handler([&context](const httplib::Request& request, httplib::Response& response) {
        const auto refused = context.guard->refusal(request);
        if (!refused) return httplib::Server::HandlerResponse::Unhandled;
        refuse(response, refused->status, refused->reason);
        return httplib::Server::HandlerResponse::Handled;
    });
    server.set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr thrown) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::exception& error) {
            spdlog::error("web: {}", shown(error.what()));
        } catch (...) {
            spdlog::error("web: an unknown exception");
        }
        refuse(response, 500, "internal");
    });
}

}  // namespace

Result<std::unique_ptr<queue::Store>> WebContext::open_to_read() const {
    return queue::open_sqlite_store_read_only(config.journal_path(), parts.clock);
}

Result<std::unique_ptr<queue::Store>> WebContext::open_to_write() const {
    return queue::open_sqlite_store({config.journal_path(), pipeline_version}, parts.clock, parts.random);
}

struct WebServer::State {
    explicit State(WebContext made) : context(std::move(made)), server(make_server(context.config.web)) {}
    WebContext context;
    std::unique_ptr<httplib::Server> server;
    std::thread thread;
};

WebServer::WebServer() = default;

WebServer::~WebServer() {
    if (!state_) return;
    *state_->context.stopping = true;
    state_->server->stop();
    if (state_->thread.joinable()) state_->thread.join();
}

Result<std::unique_ptr<WebServer>> WebServer::start(const Config& config, const WebParts& parts) {
    auto guard = WebGuard::make(config.web, parts.clock, parts.random);
    if (!guard) return tl::unexpected(guard.error());
    auto forms = models::FormSet::builtin();
    if (!forms) return tl::unexpected(forms.error());
    auto stopping = std::make_unique<std::atomic<bool>>(false);
    auto pictures = std::make_unique<PagePictures>(config, parts.spool, parts.clock, *stopping);
    std::unique_ptr<WebServer> made(new WebServer);
    made->state_ =
        std::make_unique<State>(WebContext{config, parts, std::move(*forms), std::move(*guard), std::move(stopping),
                                           std::move(pictures), std::make_unique<UnitReports>()});
    httplib::Server& server = *made->state_->server;
    if (!server.is_valid()) {
        return models::fail(ErrorKind::config, "web", "web.certificate and web.private_key cannot be used");
    }
    WebContext& context = made->state_->context;
    prepare(server, context);
    add_files(server);
    add_session(server, context);
    add_documents(server, context);
    add_corrections(server, context);
    add_pictures(server, context);
    add_summary(server, context);
    add_exports(server, context);
    add_upload(server, context);
    if (!server.bind_to_port(config.web.host, config.web.port)) {
        return models::fail(
            ErrorKind::temporary, "web",
            "cannot listen on " + config.web.host + ":" + std::to_string(config.web.port) + " (web.listen)");
    }
    made->state_->thread = std::thread([&server] { server.listen_after_bind(); });
    while (!server.is_running()) std::this_thread::yield();
    return made;
}

}  // namespace biaod::daemon
