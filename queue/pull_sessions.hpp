// The server's side of the pull protocol (bus_protocol.hpp), without a socket: requests in, answers out.
//
// A session is one ZeroMQ peer after its HELLO. Names are fenced by epochs in the outbox, so that fencing outlives
// this object and the process. One thread.
//
// SECURITY: requests come from whoever can reach the socket. Everything is bounded; at most `sessions_at_most` peers
// are remembered, the one unheard of for longest goes first (it may say HELLO again with its epoch).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "queue/bus_protocol.hpp"
#include "queue/store.hpp"

namespace biaod::queue {

class PullSessions {
  public:
    using Reply = std::function<bool(const Frames&)>;  // false: the peer takes no more

    explicit PullSessions(Outbox& outbox) : outbox_(outbox) {}

    static constexpr std::size_t sessions_at_most = 1024;

    // Answers one request of a peer.
    void answer(const std::string& peer, const Frames& request, const Reply& reply);

  private:
    struct Session {
        std::string name;
        std::string filter;
        std::uint64_t epoch = 0;
        std::uint64_t heard = 0;
    };

    void hello(const std::string& peer, const Frames& request, const Reply& reply);
    void fetch(const Session& session, const Frames& request, const Reply& reply);
    void acknowledge(const Session& session, const Frames& request, const Reply& reply);
    void refuse(const Reply& reply, const std::string& code, const std::string& detail);
    void make_room();

    Outbox& outbox_;
    std::map<std::string, Session> sessions_;
    std::uint64_t requests_ = 0;
};

}  // namespace biaod::queue
