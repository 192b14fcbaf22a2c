// Serves GET /metrics on 127.0.0.1, in threads of its own (cpp-httplib).
//
// SECURITY: this host's users may read it: figures and consumer names, no content. Requests are small and bounded in
// number and time.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "models/error.hpp"

namespace biaod::daemon {

class MetricsServer {
  public:
    using Text = std::function<models::Result<std::string>()>;  // called from this server's threads

    // Listens when it returns. Errors: temporary (the port is in use).
    static models::Result<std::unique_ptr<MetricsServer>> start(int port, Text text);
    ~MetricsServer();

  private:
    MetricsServer();
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace biaod::daemon
