// What the handlers of the review page have in common. For this folder only.
#pragma once

#include <httplib.h>

#include <atomic>
#include <functional>
#include <memory>

#include "daemon/config.hpp"
#include "daemon/web/guard.hpp"
#include "daemon/web/page_pictures.hpp"
#include "daemon/web/server.hpp"
#include "daemon/web/unit_reports.hpp"
#include "models/forms.hpp"
#include "queue/store.hpp"

namespace biaod::daemon {

struct WebContext {
    Config config;
    WebParts parts;
    models::FormSet forms;
    std::unique_ptr<WebGuard> guard;
    std::unique_ptr<std::atomic<bool>> stopping;  // long answers look at it
    std::unique_ptr<PagePictures> pictures;
    std::unique_ptr<UnitReports> reports;

    models::Result<std::unique_ptr<queue::Store>> open_to_read() const;
    models::Result<std::unique_ptr<queue::Store>> open_to_write() const;
};

using Handler = std::function<void(const httplib::Request&, httplib::Response&)>;

// The newest record; nullopt after refusing (404 when there is none).
std::optional<std::string> newest_record(queue::Store& store, const std::string& sha256, httplib::Response& response);

// Each adds its routes; the context outlives the server.
void add_files(httplib::Server& server);
void add_session(httplib::Server& server, WebContext& context);
void add_documents(httplib::Server& server, WebContext& context);
void add_corrections(httplib::Server& server, WebContext& context);
void add_exports(httplib::Server& server, WebContext& context);
void add_pictures(httplib::Server& server, WebContext& context);
void add_summary(httplib::Server& server, WebContext& context);
void add_upload(httplib::Server& server, WebContext& context);

}  // namespace biaod::daemon
