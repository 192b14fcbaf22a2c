#include "daemon/metrics_server.hpp"

#include <httplib.h>

#include <thread>

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

struct MetricsServer::State {
    httplib::Server server;
    std::thread thread;
};

MetricsServer::MetricsServer() : state_(std::make_unique<State>()) {}

MetricsServer::~MetricsServer() {
    state_->server.stop();
    if (state_->thread.joinable()) state_->thread.join();
}

Result<std::unique_ptr<MetricsServer>> MetricsServer::start(int port, Text text) {
    std::unique_ptr<MetricsServer> made(new MetricsServer);
    httplib::Server& server = made->state_->server;
    server.new_task_queue = [] { return new httplib::ThreadPool(2); };
    server.set_read_timeout(2);
    server.set_write_timeout(2);
    server.set_keep_alive_max_count(1);
    server.set_payload_max_length(1024);
    server.Get("/metrics", [text = std::move(text)](const httplib::Request&, httplib::Response& response) {
        const auto content = text();
        if (!content) response.status = 503;
        response.set_content(content ? *content : content.error().reason + "\n", "text/plain; version=0.0.4");
    });
    if (!server.bind_to_port("127.0.0.1", port)) {
        return models::fail(ErrorKind::temporary, "metrics",
                            "cannot listen on 127.0.0.1:" + std::to_string(port) + " (metrics.port)");
    }
    made->state_->thread = std::thread([&server] { server.listen_after_bind(); });
    while (!server.is_running()) std::this_thread::yield();
    return made;
}

}  // namespace biaod::daemon
