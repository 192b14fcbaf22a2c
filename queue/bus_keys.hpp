// CURVE keys of the bus: who may connect, and under which consumer names.
//
// Keys are Z85 text of 40 characters (ZeroMQ RFC 32). `biaod keygen` writes NAME.secret, for its owner only, with the
// lines "public KEY" and "secret KEY", and NAME.public with the first. The consumers file of the server has a line for
// each key that may connect:
//
//   # public key of a client                  consumer names that it may take
//   rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7  archive statistics
//
// The name * stands for all; without a name the key may only listen and pull anonymously. A line starts a comment with
// "# " (a key may begin with "#" itself, but holds no space). The server's own key may do everything: who can read its
// secret is the administrator.
//
// SECURITY: a key that is not in the file is refused in the handshake (ZAP, default deny), before any frame of ours.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/error.hpp"

namespace biaod::queue {

struct KeyPair {
    std::string public_key, secret_key;  // Z85
};

models::Result<KeyPair> make_keys();

// Writes NAME.secret (mode 0600) and NAME.public; config when one of them exists.
models::Result<void> write_keys(const KeyPair& keys, const std::string& name);

// Errors: config; also when others than the owner and its group may read a secret.
models::Result<KeyPair> read_secret(const std::string& path);
models::Result<std::string> read_public(const std::string& path);

class Consumers {
  public:
    // Errors: config, "line N: ...".
    static models::Result<Consumers> parse(std::string_view text);
    static models::Result<Consumers> read(const std::string& path);

    void allow(const std::string& public_key, const std::string& name);  // "" for connecting only, "*" for all
    bool knows(const std::string& public_key) const { return names_.contains(public_key); }
    // The anonymous session "" is open to every key that is known.
    bool may(const std::string& public_key, const std::string& name) const;

  private:
    std::map<std::string, std::set<std::string>> names_;  // by public key
};

// The answer to one request of ZeroMQ's authentication protocol (RFC 27): allowed when the mechanism is CURVE and the
// key is known; the user id is then the public key. `request`: the frames behind the routing envelope.
std::vector<std::string> answer_zap(const std::vector<std::string>& request, const Consumers& consumers);

}  // namespace biaod::queue
