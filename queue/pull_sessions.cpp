#include "queue/pull_sessions.hpp"

#include <algorithm>

#include "queue/crash_point.hpp"
#include "queue/messages.hpp"

namespace biaod::queue {

void PullSessions::refuse(const Reply& reply, const std::string& code, const std::string& detail) {
    const auto head = outbox_.head();
    const StreamHead known = head ? *head : StreamHead{};
    reply({"ERROR", code, detail, integer_frame(known.first), integer_frame(known.head)});
}

void PullSessions::make_room() {
    if (sessions_.size() < sessions_at_most) return;
    sessions_.erase(std::min_element(sessions_.begin(), sessions_.end(),
                                     [](const auto& a, const auto& b) { return a.second.heard < b.second.heard; }));
}

void PullSessions::answer(const Peer& peer, const Frames& request, const Reply& reply) {
    ++requests_;
    if (request.empty()) return refuse(reply, "DENIED", "an empty request");
    if (request[0] == "HELLO") return hello(peer, request, reply);
    const auto session = sessions_.find(peer.address);
    // Addresses are chosen by peers: another one may come with the address of a session that is not its own.
    if (session == sessions_.end() || session->second.user != peer.user)
        return refuse(reply, "DENIED", "say HELLO first");
    session->second.heard = requests_;
    if (request[0] == "FETCH") return fetch(session->second, request, reply);
    if (request[0] == "ACK") return acknowledge(session->second, request, reply);
    refuse(reply, "DENIED", "not a request of this protocol");
}

void PullSessions::hello(const Peer& peer, const Frames& request, const Reply& reply) {
    const auto epoch = request.size() == 5 ? integer_of(request[4]) : std::nullopt;
    if (!epoch || (!request[3].empty() && request[3].size() != stream_id_bytes)) {
        return refuse(reply, "DENIED", "HELLO has the frames name, filter, stream id or empty, epoch");
    }
    const std::string& name = request[1];
    const std::string& filter = request[2];
    if (name.size() > name_at_most_bytes || filter.size() > name_at_most_bytes || utf8_of(name) != name ||
        utf8_of(filter) != filter) {
        return refuse(reply, "DENIED", "name and filter are UTF-8 of at most 128 bytes");
    }
    if (may_take_ && !may_take_(peer.user, name)) return refuse(reply, "DENIED", "the key may not use this name");
    const auto head = outbox_.head();
    if (!head) return refuse(reply, "BUSY", head.error().reason);
    if (!request[3].empty() && request[3] != head->stream) {
        return refuse(reply, "STREAM_CHANGED", "the journal is another one");
    }
    Session session{peer.user, name, filter, 0, requests_};
    std::uint64_t acked = head->first - 1;
    if (!name.empty()) {
        const auto consumer = outbox_.attach(name, filter, *epoch);
        if (!consumer) return refuse(reply, "BUSY", consumer.error().reason);
        if (!*consumer) return refuse(reply, "FENCED", "another session with this name has begun");
        session.epoch = (*consumer)->epoch;
        acked = (*consumer)->acked;
    }
    make_room();
    sessions_[peer.address] = session;
    reply({"WELCOME", head->stream, integer_frame(head->first), integer_frame(head->head), integer_frame(acked),
           integer_frame(session.epoch)});
}

void PullSessions::fetch(const Session& session, const Frames& request, const Reply& reply) {
    const auto from = request.size() == 4 ? integer_of(request[1]) : std::nullopt;
    const auto max_n = request.size() == 4 ? integer_of(request[2]) : std::nullopt;
    const auto max_bytes = request.size() == 4 ? integer_of(request[3]) : std::nullopt;
    if (!from || !max_n || !max_bytes || *from == 0 || *max_n == 0) {
        return refuse(reply, "DENIED", "FETCH has the frames from (1 or more), max_n (1 or more), max_bytes");
    }
    const auto window = outbox_.fetch(*from, std::min(*max_n, fetch_at_most_n),
                                      std::min(*max_bytes, fetch_at_most_bytes), session.filter);
    if (!window) return refuse(reply, "BUSY", window.error().reason);
    if (*from < window->head.first) return refuse(reply, "GONE", "these messages are no longer kept");
    for (const Message& message : window->messages) {
        if (!reply({"RECORD", message.topic, window->head.stream, integer_frame(message.sequence), message.meta,
                    message.body})) {
            return;  // the peer is gone or does not read; it will ask again
        }
    }
    reply({"END", integer_frame(window->through), integer_frame(window->head.head)});
}

void PullSessions::acknowledge(const Session& session, const Frames& request, const Reply& reply) {
    const auto sequence = request.size() == 3 ? integer_of(request[1]) : std::nullopt;
    const auto epoch = request.size() == 3 ? integer_of(request[2]) : std::nullopt;
    if (!sequence || !epoch) return refuse(reply, "DENIED", "ACK has the frames sequence, epoch");
    if (session.name.empty()) return refuse(reply, "DENIED", "an anonymous session has nothing to acknowledge");
    const auto head = outbox_.head();
    if (!head) return refuse(reply, "BUSY", head.error().reason);
    if (*sequence > head->head) return refuse(reply, "DENIED", "this message does not exist yet");
    crash_point("bus.before_ack");
    const auto current = outbox_.acknowledge(session.name, *epoch, *sequence);
    if (!current) return refuse(reply, "BUSY", current.error().reason);
    if (!*current) return refuse(reply, "FENCED", "another session with this name has begun");
    crash_point("bus.after_ack");
    reply({"ACKED", integer_frame(*sequence)});
}

}  // namespace biaod::queue
