// The review page: lists, documents with their pictures, corrections, uploads, exports. In threads of its own
// (cpp-httplib), each request with its own connection to the journal.
//
//   GET  /, /document, /summary, /static/NAME      the files of pages/ (compiled in)
//   GET  /api/session; POST /api/sign-in           who asks; the word that changes must carry
//   GET  /api/documents, /api/progress             lists, filtered, sorted and cut into pages by the journal
//   GET  /api/documents/SHA256[/pages/N.jpg]       a record with its failing sums; a page's picture
//   POST /api/documents/SHA256/corrections         accept, correct, undo
//   GET  /api/documents/SHA256/export.xlsx, .csv   the report as a workbook, or the tables of another document
//   GET  /api/summary, /api/summary.xlsx           the sums of a year's units
//   POST /api/jobs/N/requeue; PUT /api/upload      retry; a file into the inbox
//
// SECURITY: guard.hpp decides who may ask. The files are static, without inline script or style, and the policy in
// the headers forbids everything else; whatever comes from a document goes out as JSON or as a picture that a sandboxed
// worker drew, and is put into the page as text. No path on disk is built from a request.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/supervisor.hpp"
#include "models/error.hpp"
#include "queue/spool.hpp"

namespace biaod::daemon {

// The rest of the daemon, as the page sees it. Called from the server's threads.
struct WebParts {
    queue::Spool& spool;
    const queue::Clock& clock;
    queue::Random& random;
    std::function<std::vector<RunningDocument>()> running;
    std::function<std::size_t()> in_inbox;
    std::function<void()> published;  // a new message is in the outbox
    std::function<void()> requeued;   // a job waits again
};

class WebServer {
  public:
    // Listens when it returns. Errors: config (token, certificate), temporary (the address is in use).
    static models::Result<std::unique_ptr<WebServer>> start(const Config& config, const WebParts& parts);
    ~WebServer();

  private:
    WebServer();
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace biaod::daemon
