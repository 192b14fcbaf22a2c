// How soon the review page's list is there: biaod-overview-bench [--documents 5000]. Prints medians in milliseconds.
#include <httplib.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "daemon/web/server.hpp"
#include "models/record_json.hpp"
#include "queue/sqlite_store.hpp"
#include "tests/queue/support.hpp"

namespace {

using namespace biaod;

void fill(queue::Store& store, int documents) {
    for (int i = 0; i < documents; ++i) {
        models::Record record;
        record.id = record.source.sha256 = tests::hash_of(i + 1);
        record.source.name = "report " + std::to_string(i) + ".pdf";
        record.report = {{"type", "gov_info_annual_report"},
                         {"form", i % 5 ? "2021" : "2019"},
                         {"issuer", "单位" + std::to_string(i * 7919 % documents)},
                         {"year", 2020 + i % 5}};
        record.blocks.resize(40);
        for (models::Block& block : record.blocks) block.text = std::string(900, 'x');
        static_cast<void>(
            store.jobs().accept({record.id, 100}, {record.source.name, {}, std::to_string(i), 1'700'000'000'000 + i}));
        const auto lease = store.jobs().claim(60'000);
        if (i % 50) {
            static_cast<void>(store.jobs().finish(**lease, models::to_json(record)));
        } else {
            static_cast<void>(store.jobs().fail(**lease, {{models::ErrorKind::bad_input, "open", 0, "damaged"}, ""}));
        }
    }
}

double median_ms(httplib::Client& client, const std::string& path) {
    std::vector<double> times;
    for (int i = 0; i < 21; ++i) {
        const auto begun = std::chrono::steady_clock::now();
        const auto answer = client.Get(path);
        if (!answer || answer->status != 200) throw std::runtime_error("no answer to " + path);
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

void measure(int documents, int port) {
    tests::TempFolder folder;
    daemon::Config config;
    config.state = folder.path("state");
    config.intake.inbox = folder.path("inbox");
    config.web.host = "127.0.0.1";
    config.web.port = port;
    std::filesystem::create_directories(config.state);
    auto store = queue::open_sqlite_store({config.journal_path(), "1"}, queue::system_clock(), queue::system_random());
    auto spool = queue::Spool::open(queue::system_files(), queue::system_random(), config.spool_path(), 1);
    if (!store || !spool) throw std::runtime_error("no journal");
    fill(**store, documents);
    const daemon::WebParts parts{*spool,
                                 queue::system_clock(),
                                 queue::system_random(),
                                 [] { return std::vector<daemon::RunningDocument>(); },
                                 [] { return std::size_t{0}; },
                                 [] {},
                                 [] {}};
    const auto server = daemon::WebServer::start(config, parts);
    if (!server) throw std::runtime_error(server.error().reason);
    httplib::Client client("127.0.0.1", port);
    std::cout << documents << " documents\n";
    for (const char* path : {"/", "/static/overview.js", "/api/documents?count=50",
                             "/api/documents?count=50&order=unit&direction=up&offset=2500",
                             "/api/documents?count=50&search=%E5%8D%95%E4%BD%8D42", "/api/progress"}) {
        std::cout << median_ms(client, path) << " ms  " << path << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures the review page's list.");
    int documents = 5000, port = 18'080;
    app.add_option("--documents", documents, "in the journal")->capture_default_str();
    app.add_option("--port", port, "on 127.0.0.1")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        measure(documents, port);
    } catch (const std::exception& error) {
        std::cerr << "biaod-overview-bench: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
