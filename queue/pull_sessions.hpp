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

    using MayTake = std::function<bool(const std::string& user, const std::string& name)>;
    struct Peer {
        std::string address;  // of this connection
        std::string user;     // public key; "" on a bus without keys
    };

    // `may_take`: whether a user may have a session of this name; without it all may.
    explicit PullSessions(Outbox& outbox, MayTake may_take = {}) : outbox_(outbox), may_take_(std::move(may_take)) {}

    static constexpr std::size_t sessions_at_most = 1024;

    // Answers one request of a peer.
    void answer(const Peer& peer, const Frames& request, const Reply& reply);

  private:
    struct Session {
        std::string user;
        std::string name;
        std::string filter;
        std::uint64_t epoch = 0;
        std::uint64_t heard = 0;
    };

    void hello(const Peer& peer, const Frames& request, const Reply& reply);
    void fetch(const Session& session, const Frames& request, const Reply& reply);
    void acknowledge(const Session& session, const Frames& request, const Reply& reply);
    void refuse(const Reply& reply, const std::string& code, const std::string& detail);
    void make_room();

    Outbox& outbox_;
    MayTake may_take_;
    std::map<std::string, Session> sessions_;
    std::uint64_t requests_ = 0;
};

}  // namespace biaod::queue
