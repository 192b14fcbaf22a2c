#include "queue/bus_client.hpp"

#include <zmq.h>

#include <algorithm>
#include <deque>

#include "queue/messages.hpp"
#include "queue/system.hpp"
#include "queue/zmq_socket.hpp"

namespace biaod::queue {

using models::Result;
using Kind = BusEvent::Kind;

namespace {

constexpr int answer_ms = 5000;  // a server that is silent for so long is asked anew over a new connection
constexpr int again_ms = 200;    // before a request that failed is repeated
// A server that is killed and started again and again denies each time what was asked after its last WELCOME.
constexpr int denials_without_pause = 3;
constexpr int denials_at_most = 50;
constexpr std::uint64_t fetch_n = 100;
constexpr std::uint64_t fetch_bytes = 4u << 20;
constexpr std::int64_t inbound_bytes = 256ll << 20;

}  // namespace

class BusClient::Impl {
  public:
    explicit Impl(const BusClientOptions& options) : options_(options) {}

    Result<void> open();
    BusEvent next(int timeout_ms);
    bool acknowledge(std::uint64_t sequence, int timeout_ms);

  private:
    Result<void> open_pull();
    void hello(int timeout_ms);
    void welcome(const Frames& answer);
    void fetch(int timeout_ms);
    void refused(const Frames& error);
    void listen(int timeout_ms);
    void heard(const Frames& frames);
    void stop(Kind kind, const std::string& detail);
    std::optional<Frames> ask(const Frames& request, int timeout_ms);
    std::optional<Frames> answer(int timeout_ms);
    void ready(Message message);

    BusClientOptions options_;
    ZmqContext context_;
    std::optional<ZmqSocket> subscribe_;
    std::optional<ZmqSocket> pull_;
    std::deque<BusEvent> ready_;
    std::optional<BusEvent> stopped_;
    std::string stream_;
    bool session_ = false;
    std::optional<std::int64_t> greeted_ms_;  // when HELLO was sent, until it is answered
    bool placed_ = false;                     // through_ is known
    int denials_ = 0;                         // one after the other, though the server had welcomed us
    std::uint64_t epoch_ = 0;
    std::uint64_t through_ = 0;  // handed on, or known not to match, up to here
    std::uint64_t head_ = 0;     // of the server, as far as we know
};

Result<void> BusClient::Impl::open() {
    subscribe_.emplace(context_, ZMQ_SUB);
    subscribe_->watch_peers();
    subscribe_->limit_inbound(inbound_bytes);
    if (!options_.server_key.empty()) {
        subscribe_->use_curve(options_.server_key, {options_.public_key, options_.secret_key});
    }
    subscribe_->set(ZMQ_SUBSCRIBE, options_.filter);
    if (!options_.filter.empty()) subscribe_->set(ZMQ_SUBSCRIBE, std::string(head_topic));
    if (auto connected = subscribe_->connect(options_.publish); !connected) return connected;
    return open_pull();
}

Result<void> BusClient::Impl::open_pull() {
    // A new socket each time: answers to a request that we gave up must not be taken for later ones.
    pull_.emplace(context_, ZMQ_DEALER);
    pull_->watch_peers();
    pull_->limit_inbound(inbound_bytes);
    if (!options_.server_key.empty()) {
        pull_->use_curve(options_.server_key, {options_.public_key, options_.secret_key});
    }
    session_ = false;
    greeted_ms_.reset();
    return pull_->connect(options_.pull);
}

std::optional<Frames> BusClient::Impl::answer(int timeout_ms) {
    zmq_pollitem_t item{pull_->get(), 0, ZMQ_POLLIN, 0};
    if (zmq_poll(&item, 1, timeout_ms) > 0) return pull_->receive();
    return std::nullopt;
}

std::optional<Frames> BusClient::Impl::ask(const Frames& request, int timeout_ms) {
    auto got = pull_->send(request) ? answer(timeout_ms) : std::nullopt;
    if (!got || got->empty()) {
        static_cast<void>(open_pull());  // it could connect before
        return std::nullopt;
    }
    return got;
}

void BusClient::Impl::stop(Kind kind, const std::string& detail) {
    BusEvent event;
    event.kind = kind;
    event.detail = detail;
    stopped_ = event;
}

void BusClient::Impl::ready(Message message) {
    through_ = std::max(through_, message.sequence);
    BusEvent event;
    event.kind = Kind::message;
    event.message = std::move(message);
    ready_.push_back(std::move(event));
}

void BusClient::Impl::hello(int timeout_ms) {
    const Clock& clock = system_clock();
    if (!greeted_ms_ && pull_->send({"HELLO", options_.name, options_.filter, stream_, integer_frame(epoch_)})) {
        greeted_ms_ = clock.monotonic_ms();
    }
    const auto got = greeted_ms_ ? answer(std::min(timeout_ms, answer_ms)) : std::nullopt;
    if (!got || got->empty()) {
        // A HELLO that begins a session fences the one before, and two connections have no order: one that was given
        // up could be heard after its successor and fence it. So the answer is waited for, over several calls.
        const bool begins = epoch_ == 0 && !options_.name.empty();
        const bool patient = begins && greeted_ms_ && clock.monotonic_ms() - *greeted_ms_ < answer_ms;
        if (!patient) static_cast<void>(open_pull());
        return;
    }
    greeted_ms_.reset();
    if ((*got)[0] == "WELCOME" && got->size() == 6) return welcome(*got);
    if ((*got)[0] == "ERROR" && got->size() == 5 && (*got)[1] == "DENIED") return stop(Kind::denied, (*got)[2]);
    refused(*got);
}

void BusClient::Impl::welcome(const Frames& answer) {
    const auto first = integer_of(answer[2]), head = integer_of(answer[3]), acked = integer_of(answer[4]),
               epoch = integer_of(answer[5]);
    if (!first || !head || !acked || !epoch) return;
    stream_ = answer[1];
    head_ = *head;
    epoch_ = *epoch;
    session_ = true;
    if (placed_) return;
    placed_ = true;
    through_ = *acked;
    if (options_.from > 0) {
        through_ = options_.from - 1;
    } else if (options_.name.empty() && options_.only_new) {
        through_ = *head;
    }
}

void BusClient::Impl::refused(const Frames& error) {
    const bool well_formed = error.size() == 5 && error[0] == "ERROR";
    const std::string code = well_formed ? error[1] : "";
    const std::uint64_t first = well_formed ? integer_of(error[3]).value_or(0) : 0;
    BusEvent event;
    if (code == "FENCED") return stop(Kind::fenced, error[2]);
    if (code == "GONE" && first > through_ + 1) {
        event.kind = Kind::gone;
        event.from = through_ + 1;
        event.until = first - 1;
        through_ = event.until;
        ready_.push_back(event);
        return;
    }
    if (code == "STREAM_CHANGED") {
        event.kind = Kind::stream_changed;
        event.detail = error[2];
        ready_.push_back(event);
        stream_.clear();
        epoch_ = 0;
        session_ = false;
        placed_ = false;
        options_.from = 0;
        options_.only_new = false;
        return;
    }
    if (code == "DENIED") {
        // A server that was restarted between its WELCOME and our next request does not know us: greet again. The same
        // over and over is a server that does not want us.
        if (++denials_ >= denials_at_most) return stop(Kind::denied, error[2]);
        if (denials_ > denials_without_pause) zmq_poll(nullptr, 0, again_ms);
        session_ = false;
        return;
    }
    zmq_poll(nullptr, 0, again_ms);  // BUSY, or not an answer that we know
}

void BusClient::Impl::fetch(int timeout_ms) {
    const int patience = std::max(timeout_ms, answer_ms);  // an answer that has begun is waited for
    auto got =
        ask({"FETCH", integer_frame(through_ + 1), integer_frame(fetch_n), integer_frame(fetch_bytes)}, patience);
    while (got && (*got)[0] == "RECORD" && got->size() == 6) {
        const auto sequence = integer_of((*got)[3]);
        if (sequence && *sequence > through_) ready({*sequence, (*got)[1], (*got)[4], (*got)[5]});
        denials_ = 0;
        got = answer(patience);
        if (!got || got->empty()) {
            static_cast<void>(open_pull());
            return;
        }
    }
    if (!got) return;
    const auto through = got->size() == 3 ? integer_of((*got)[1]) : std::nullopt;
    const auto head = got->size() == 3 ? integer_of((*got)[2]) : std::nullopt;
    if ((*got)[0] != "END" || !through || !head) return refused(*got);
    denials_ = 0;
    through_ = std::max(through_, *through);
    head_ = *head;
}

void BusClient::Impl::heard(const Frames& frames) {
    const auto sequence = frames.size() == 5 ? integer_of(frames[2]) : std::nullopt;
    if (!sequence) return;
    if (frames[1] != stream_) {
        session_ = false;  // HELLO with the stream that we know: the server will say STREAM_CHANGED
        return;
    }
    const bool is_head = frames[0] == head_topic;
    if (!is_head && *sequence == through_ + 1) ready({*sequence, frames[0], frames[3], frames[4]});
    head_ = std::max(head_, *sequence);
}

void BusClient::Impl::listen(int timeout_ms) {
    zmq_pollitem_t item{subscribe_->get(), 0, ZMQ_POLLIN, 0};
    if (zmq_poll(&item, 1, timeout_ms) <= 0) return;
    while (auto frames = subscribe_->receive()) heard(*frames);
}

BusEvent BusClient::Impl::next(int timeout_ms) {
    const std::int64_t end = system_clock().monotonic_ms() + timeout_ms;
    for (;;) {
        if (!ready_.empty()) {
            BusEvent event = std::move(ready_.front());
            ready_.pop_front();
            return event;
        }
        if (stopped_) return *stopped_;
        const int left = static_cast<int>(std::max<std::int64_t>(0, end - system_clock().monotonic_ms()));
        if (!session_) {
            hello(left);
        } else if (through_ < head_) {
            fetch(left);
        } else {
            listen(left);
        }
        if (left == 0 && ready_.empty() && !stopped_) return {};
    }
}

bool BusClient::Impl::acknowledge(std::uint64_t sequence, int timeout_ms) {
    const std::int64_t end = system_clock().monotonic_ms() + timeout_ms;
    while (!stopped_) {
        const int left = static_cast<int>(end - system_clock().monotonic_ms());
        if (left <= 0) return false;
        if (!session_) {
            const std::string stream = stream_;
            hello(left);
            if (!stream.empty() && stream_ != stream) return false;  // the number means nothing in another stream
            continue;
        }
        const auto got = ask({"ACK", integer_frame(sequence), integer_frame(epoch_)}, std::min(left, answer_ms));
        if (!got) continue;
        if ((*got)[0] == "ACKED") {
            denials_ = 0;
            return true;
        }
        refused(*got);
    }
    return false;
}

BusClient::BusClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
BusClient::~BusClient() = default;

Result<std::unique_ptr<BusClient>> BusClient::connect(const BusClientOptions& options) {
    auto impl = std::make_unique<Impl>(options);
    if (auto opened = impl->open(); !opened) return tl::unexpected(opened.error());
    return std::unique_ptr<BusClient>(new BusClient(std::move(impl)));
}

BusEvent BusClient::next(int timeout_ms) { return impl_->next(timeout_ms); }

bool BusClient::acknowledge(std::uint64_t sequence, int timeout_ms) { return impl_->acknowledge(sequence, timeout_ms); }

}  // namespace biaod::queue
