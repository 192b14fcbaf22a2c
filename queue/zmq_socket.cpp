#include "queue/zmq_socket.hpp"

#include <zmq.h>

#include <cerrno>

namespace biaod::queue {

using models::ErrorKind;
using models::Result;

namespace {

tl::unexpected<models::Error> refused(const std::string& doing, const std::string& endpoint) {
    const int code = zmq_errno();
    const ErrorKind kind = code == EADDRINUSE || code == ETERM ? ErrorKind::temporary : ErrorKind::config;
    return models::fail(kind, "bus", "cannot " + doing + " " + endpoint + ": " + zmq_strerror(code));
}

}  // namespace

ZmqContext::ZmqContext() : context_(zmq_ctx_new(), zmq_ctx_term) {}

ZmqSocket::ZmqSocket(const ZmqContext& context, int type) : socket_(zmq_socket(context.get(), type), zmq_close) {
    set(ZMQ_LINGER, 0);
}

void ZmqSocket::set(int option, int value) { zmq_setsockopt(get(), option, &value, sizeof value); }

void ZmqSocket::set(int option, const std::string& value) { zmq_setsockopt(get(), option, value.data(), value.size()); }

void ZmqSocket::limit_inbound(std::int64_t bytes) { zmq_setsockopt(get(), ZMQ_MAXMSGSIZE, &bytes, sizeof bytes); }

void ZmqSocket::watch_peers() {
    set(ZMQ_HEARTBEAT_IVL, 10'000);
    set(ZMQ_HEARTBEAT_TIMEOUT, 30'000);
    set(ZMQ_HEARTBEAT_TTL, 30'000);
}

Result<void> ZmqSocket::bind(const std::string& endpoint) {
    if (zmq_bind(get(), endpoint.c_str()) != 0) return refused("listen on", endpoint);
    return {};
}

Result<void> ZmqSocket::connect(const std::string& endpoint) {
    if (zmq_connect(get(), endpoint.c_str()) != 0) return refused("connect to", endpoint);
    return {};
}

bool ZmqSocket::send(const Frames& frames) {
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const int more = i + 1 < frames.size() ? ZMQ_SNDMORE : 0;
        while (zmq_send(get(), frames[i].data(), frames[i].size(), ZMQ_DONTWAIT | more) < 0) {
            if (zmq_errno() != EINTR) return false;  // only the first frame of a message can be refused
        }
    }
    return true;
}

void ZmqSocket::serve_curve(const std::string& secret_key) {
    set(ZMQ_CURVE_SERVER, 1);
    set(ZMQ_CURVE_SECRETKEY, secret_key);
    set(ZMQ_ZAP_DOMAIN, std::string("biaod"));
}

void ZmqSocket::use_curve(const std::string& server_key, const KeyPair& own) {
    set(ZMQ_CURVE_SERVERKEY, server_key);
    set(ZMQ_CURVE_PUBLICKEY, own.public_key);
    set(ZMQ_CURVE_SECRETKEY, own.secret_key);
}

std::optional<Frames> ZmqSocket::receive(std::string* user) {
    Frames frames;
    for (;;) {
        zmq_msg_t message;
        zmq_msg_init(&message);
        const int size = zmq_msg_recv(&message, get(), ZMQ_DONTWAIT);
        if (size < 0) {
            zmq_msg_close(&message);
            if (zmq_errno() == EINTR) continue;
            return std::nullopt;
        }
        frames.emplace_back(static_cast<const char*>(zmq_msg_data(&message)), zmq_msg_size(&message));
        const bool more = zmq_msg_more(&message) != 0;
        if (const char* id = user ? zmq_msg_gets(&message, "User-Id") : nullptr) *user = id;
        zmq_msg_close(&message);
        if (!more) return frames;
    }
}

}  // namespace biaod::queue
