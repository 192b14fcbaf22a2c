// Who may ask the review page for what. Every request passes here before anything else looks at it.
//
//   rebinding    on this host's own address, Host must name it: a stranger's domain that points to 127.0.0.1 does not
//   signing in   with a token: all data and changes need a session, an HttpOnly and SameSite=Strict cookie
//   forgery      a change needs the session's word in X-Biaod-Csrf, which only our own page can read, and must not come
//                from another origin (Origin, Sec-Fetch-Site); another site may not embed data either
//   bodies       a length, one of two types, no encoding: nothing is unpacked
//
// Any thread. SECURITY: without a token, the page trusts whoever can connect to the address: this host's users.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "daemon/config.hpp"
#include "models/error.hpp"
#include "queue/system.hpp"

namespace httplib {
struct Request;
}

namespace biaod::daemon {

struct Refusal {
    int status = 403;
    std::string reason;  // a word for programs and the page: "sign_in", "origin", ...
};

class WebGuard {
  public:
    // Reads the token. Errors: config, also when others than owner and group may read it or it is short.
    static models::Result<std::unique_ptr<WebGuard>> make(const WebConfig& config, const queue::Clock& clock,
                                                          queue::Random& random);

    std::optional<Refusal> refusal(const httplib::Request& request);

    bool signed_in(const httplib::Request& request);
    // The word that changes must carry.
    std::string csrf_word(const httplib::Request& request);
    // The value of Set-Cookie; nullopt: not the token.
    std::optional<std::string> sign_in(const std::string& token);

  private:
    struct Session {
        std::string csrf;
        std::int64_t ends_ms = 0;  // monotonic
    };

    WebGuard(const WebConfig& config, std::string token, const queue::Clock& clock, queue::Random& random);
    bool host_is_ours(const std::string& host) const;
    std::optional<Refusal> refuse_change(const httplib::Request& request);
    std::optional<Session> session(const httplib::Request& request);

    WebConfig config_;
    std::string token_;
    const queue::Clock& clock_;
    queue::Random& random_;
    std::string first_csrf_;  // of those without a session
    std::mutex mutex_;
    std::map<std::string, Session> sessions_;  // by cookie
};

}  // namespace biaod::daemon
