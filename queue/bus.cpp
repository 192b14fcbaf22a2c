#include "queue/bus.hpp"

#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

#include <algorithm>
#include <future>

#include "queue/crash_point.hpp"
#include "queue/messages.hpp"
#include "queue/pull_sessions.hpp"
#include "queue/zmq_socket.hpp"

namespace biaod::queue {

using models::Result;

namespace {

constexpr std::size_t window_n = 100;
constexpr std::size_t window_bytes = 8u << 20;
constexpr int requests_a_round = 64;  // so that many askers cannot hold up publishing

}  // namespace

struct Bus::Sockets {
    ZmqContext context;
    ZmqSocket door{context, ZMQ_REP};  // ZeroMQ asks here about each connection
    ZmqSocket publish{context, ZMQ_PUB};
    ZmqSocket pull{context, ZMQ_ROUTER};
};

Bus::Bus(const BusOptions& options, std::unique_ptr<Store> store, const Clock& clock)
    : options_(options), store_(std::move(store)), clock_(clock), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    set_consumers(options.consumers);
}

Bus::~Bus() {
    stop_ = true;
    notify();
    if (thread_.joinable()) thread_.join();
}

void Bus::set_consumers(const Consumers& consumers) {
    const std::lock_guard lock(consumers_mutex_);
    options_.consumers = consumers;
    if (options_.keys) options_.consumers.allow(options_.keys->public_key, "*");
}

Consumers Bus::consumers() {
    const std::lock_guard lock(consumers_mutex_);
    return options_.consumers;
}

void Bus::notify() {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(wake_.get(), &one, sizeof one));  // full means that it is awake already
}

Result<std::unique_ptr<Bus::Sockets>> Bus::open_sockets() {
    auto sockets = std::make_unique<Sockets>();
    if (auto bound = sockets->door.bind("inproc://zeromq.zap.01"); !bound) return tl::unexpected(bound.error());
    for (ZmqSocket* socket : {&sockets->publish, &sockets->pull}) {
        socket->limit_inbound(inbound_at_most_bytes);
        socket->watch_peers();
        if (options_.keys) socket->serve_curve(options_.keys->secret_key);
    }
    sockets->pull.set(ZMQ_ROUTER_MANDATORY, 1);  // a peer that is gone is an error here, not a silent drop
    sockets->pull.set(ZMQ_SNDHWM, static_cast<int>(fetch_at_most_n) + 100);
    if (auto bound = sockets->publish.bind(options_.publish); !bound) return tl::unexpected(bound.error());
    if (auto bound = sockets->pull.bind(options_.pull); !bound) return tl::unexpected(bound.error());
    return sockets;
}

Result<std::unique_ptr<Bus>> Bus::start(const BusOptions& options, std::unique_ptr<Store> store, const Clock& clock) {
    for (const std::string& endpoint : {options.publish, options.pull}) {
        if (auto checked = check_endpoint(endpoint, options.keys.has_value()); !checked)
            return tl::unexpected(checked.error());
    }
    const auto head = store->outbox().head();
    if (!head) return tl::unexpected(head.error());

    std::unique_ptr<Bus> bus(new Bus(options, std::move(store), clock));
    bus->published_ = head->head;
    std::promise<Result<void>> ready;
    auto bound = ready.get_future();
    bus->thread_ = std::thread([&server = *bus, &ready] {
        auto sockets = server.open_sockets();
        if (!sockets) return ready.set_value(tl::unexpected(sockets.error()));
        ready.set_value({});
        server.serve(**sockets);
    });
    if (auto result = bound.get(); !result) return tl::unexpected(result.error());
    return bus;
}

void Bus::serve(Sockets& sockets) {
    PullSessions sessions(store_->outbox(), [this](const std::string& user, const std::string& name) {
        return !options_.keys || consumers().may(user, name);
    });
    std::int64_t next_head = clock_.monotonic_ms();
    while (!stop_) {
        const std::int64_t now = clock_.monotonic_ms();
        if (now >= next_head) {
            publish_new(sockets);  // also what another process wrote
            publish_head(sockets);
            next_head = now + options_.head_every_ms;
        }
        zmq_pollitem_t items[] = {{sockets.pull.get(), 0, ZMQ_POLLIN, 0},
                                  {nullptr, wake_.get(), ZMQ_POLLIN, 0},
                                  {sockets.door.get(), 0, ZMQ_POLLIN, 0}};
        zmq_poll(items, 3, static_cast<long>(std::max<std::int64_t>(1, next_head - now)));
        ++rounds_;
        if (items[1].revents != 0) {
            std::uint64_t rung = 0;
            static_cast<void>(!::read(wake_.get(), &rung, sizeof rung));
            publish_new(sockets);
        }
        authenticate(sockets);
        answer_pulls(sockets, sessions);
    }
}

void Bus::authenticate(Sockets& sockets) {
    for (int i = 0; i < requests_a_round; ++i) {
        const auto request = sockets.door.receive();
        if (!request) return;
        sockets.door.send(answer_zap(*request, consumers()));
    }
}

void Bus::answer_pulls(Sockets& sockets, PullSessions& sessions) {
    for (int i = 0; i < requests_a_round; ++i) {
        std::string user;
        auto frames = sockets.pull.receive(&user);
        if (!frames) return;
        const std::string peer = frames->front();
        frames->erase(frames->begin());
        const auto reply = [&](const Frames& answer) {
            Frames routed{peer};
            routed.insert(routed.end(), answer.begin(), answer.end());
            return sockets.pull.send(routed);
        };
        sessions.answer({peer, user}, *frames, reply);
    }
}

void Bus::publish_new(Sockets& sockets) {
    // What cannot be read now (the journal is locked) is read at the next ring or second.
    for (;;) {
        const auto window = store_->outbox().fetch(published_ + 1, window_n, window_bytes, "");
        if (!window || window->through <= published_) return;
        for (const Message& message : window->messages) {
            sockets.publish.send(
                {message.topic, window->head.stream, integer_frame(message.sequence), message.meta, message.body});
            crash_point("bus.published");
        }
        published_ = window->through;
    }
}

void Bus::publish_head(Sockets& sockets) {
    const auto head = store_->outbox().head();
    if (!head) return;
    sockets.publish.send(
        {head_topic, head->stream, integer_frame(head->head), "{}",
         "{\"first\":" + std::to_string(head->first) + ",\"head\":" + std::to_string(head->head) + "}"});
}

}  // namespace biaod::queue
