// The review page's server from a client's side: who may ask, and what the answers are.
#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/stat.h>

#include <algorithm>

#include "daemon/web/server.hpp"
#include "models/record_json.hpp"
#include "queue/sqlite_store.hpp"
#include "tests/daemon/program.hpp"
#include "tests/queue/support.hpp"

namespace biaod::tests {
namespace {

using nlohmann::ordered_json;

class WebServerTest : public testing::Test {
  protected:
    void SetUp() override {
        config.state = folder.path("state");
        config.intake.inbox = folder.path("inbox");
        config.worker.command = {BIAOD_FAKE, "worker"};
        config.limits.memory_bytes = 0;
        config.limits.file_bytes = 1000;
        config.web.host = "127.0.0.1";
        config.web.port = free_port();
        std::filesystem::create_directories(config.state);
        store = std::move(*queue::open_sqlite_store({config.journal_path(), "1"}, clock, queue::system_random()));
        spool.emplace(*queue::Spool::open(queue::system_files(), queue::system_random(), config.spool_path(), 1000));
    }
    void start() {
        const daemon::WebParts parts{*spool,
                                     clock,
                                     queue::system_random(),
                                     [] {
                                         return std::vector<daemon::RunningDocument>{{7, 1, 9}};
                                     },
                                     [] { return std::size_t{3}; },
                                     [this] { ++published; },
                                     [this] { ++requeued; }};
        auto started = daemon::WebServer::start(config, parts);
        ASSERT_TRUE(started) << started.error().reason;
        server = std::move(*started);
        csrf = ordered_json::parse(get("/api/session")->body)["csrf"];
    }
    httplib::Result get(const std::string& path, const httplib::Headers& headers = {}) {
        return httplib::Client("127.0.0.1", config.web.port).Get(path, headers);
    }
    httplib::Result post(const std::string& path, const ordered_json& body, httplib::Headers headers = {}) {
        if (!headers.contains("X-Biaod-Csrf")) headers.emplace("X-Biaod-Csrf", csrf);
        return httplib::Client("127.0.0.1", config.web.port).Post(path, headers, body.dump(), "application/json");
    }
    httplib::Result put(const std::string& path, const std::string& body, httplib::Headers headers = {}) {
        headers.emplace("X-Biaod-Csrf", csrf);
        return httplib::Client("127.0.0.1", config.web.port).Put(path, headers, body, "application/octet-stream");
    }
    // A report with one doubtful figure, done.
    std::string add_report(const std::string& content, const std::string& unit) {
        write_file(folder.path("a"), content);
        const auto file = queue::system_files().open_file(queue::system_files().open_folder(folder.path())->get(), "a");
        const auto spooled = spool->put(file->get());
        models::Record record;
        record.id = record.source.sha256 = spooled->sha256;
        record.source.name = "<img src=x onerror=alert(1)>.pdf";
        record.pages.push_back({1, 595, 842, models::TextSource::ocr, 0, 0, 200});
        record.report = {{"type", "gov_info_annual_report"}, {"form", "2021"}, {"issuer", unit}, {"year", 2024}};
        record.report["requests"]["received"]["total"] = 8;
        record.provenance["/report/requests/received/total"] = {"8", 0.5, "t1", 1, 7, 1, {10, 10, 20, 20}};
        record.review.push_back(
            {"/report/requests/received/total", models::ReviewReason::low_confidence, "8", {}, 1, {10, 10, 20, 20}});
        record.checks = remarks;
        record.status = models::Status::needs_review;
        EXPECT_TRUE(store->jobs().accept({spooled->sha256, spooled->bytes}, {unit + ".pdf", {}, unit, 5}));
        EXPECT_TRUE(*store->jobs().finish(**store->jobs().claim(1000), models::to_json(record)));
        return spooled->sha256;
    }

    TempFolder folder;
    FakeClock clock;
    daemon::Config config;
    std::unique_ptr<queue::Store> store;
    std::optional<queue::Spool> spool;
    std::unique_ptr<daemon::WebServer> server;
    std::string csrf;
    std::vector<models::Check> remarks;
    int published = 0, requeued = 0;
};

TEST_F(WebServerTest, EveryAnswerCarriesThePolicy) {
    start();
    for (const char* path :
         {"/", "/document", "/summary", "/static/common.js", "/static/nothing.js", "/api/documents", "/nowhere"}) {
        const auto answer = get(path);
        ASSERT_TRUE(answer) << path;
        const std::string policy = answer->get_header_value("Content-Security-Policy");
        EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << path;
        EXPECT_EQ(policy.find("unsafe"), std::string::npos) << path;
        EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer->get_header_value("Referrer-Policy"), "no-referrer");
    }
    const std::string page = get("/")->body;
    EXPECT_EQ(page.find("<style"), std::string::npos);
    EXPECT_EQ(page.find(" style="), std::string::npos);
    EXPECT_EQ(page.find(" onclick="), std::string::npos);
    EXPECT_EQ(get("/static/../config.toml")->status, 404);
    EXPECT_EQ(get("/static/%2e%2e%2fconfig.toml")->status, 404);
    EXPECT_EQ(get("/static/style.css")->get_header_value("Content-Type"), "text/css; charset=utf-8");
}

TEST_F(WebServerTest, AStrangersNameForThisHostIsRefused) {
    start();
    EXPECT_EQ(get("/api/documents", {{"Host", "evil.example"}})->status, 421);
    EXPECT_EQ(get("/", {{"Host", "127.0.0.1.evil.example:" + std::to_string(config.web.port)}})->status, 421);
    EXPECT_EQ(get("/", {{"Host", "localhost:" + std::to_string(config.web.port)}})->status, 200);
}

TEST_F(WebServerTest, AChangeFromAnotherSiteIsRefused) {
    start();
    const std::string id = add_report("one", "甲镇");
    const ordered_json change{
        {"revision", 1}, {"action", "accept"}, {"by", "x"}, {"field", "/report/requests/received/total"}};
    const std::string path = "/api/documents/" + id + "/corrections";
    EXPECT_EQ(post(path, change, {{"X-Biaod-Csrf", ""}})->status, 403);
    EXPECT_EQ(post(path, change, {{"X-Biaod-Csrf", "guess"}})->status, 403);
    EXPECT_EQ(post(path, change, {{"Origin", "http://evil.example"}})->status, 403);
    EXPECT_EQ(post(path, change, {{"Origin", "null"}})->status, 403);
    EXPECT_EQ(post(path, change, {{"Sec-Fetch-Site", "cross-site"}})->status, 403);
    EXPECT_EQ(get("/api/documents", {{"Sec-Fetch-Site", "cross-site"}})->status, 403) << "nor may it embed data";
    httplib::Client client("127.0.0.1", config.web.port);
    EXPECT_EQ(client.Post(path, {{"X-Biaod-Csrf", csrf}}, change.dump(), "text/plain")->status, 415);
    EXPECT_EQ(
        client.Post(path, {{"X-Biaod-Csrf", csrf}, {"Content-Encoding", "gzip"}}, "x", "application/json")->status,
        415);
    EXPECT_EQ(client.Delete(path)->status, 405);
    EXPECT_EQ(store->outbox().head()->head, 1u) << "nothing was changed";
    const std::string own = "http://127.0.0.1:" + std::to_string(config.web.port);
    EXPECT_EQ(post(path, change, {{"Origin", own}, {"Sec-Fetch-Site", "same-origin"}})->status, 200);
}

TEST_F(WebServerTest, WithATokenDataNeedsASession) {
    config.web.token_file = folder.path("token");
    write_file(config.web.token_file, "a long enough word\n");
    ::chmod(config.web.token_file.c_str(), 0640);
    start();
    EXPECT_EQ(get("/")->status, 200) << "the empty page";
    EXPECT_EQ(get("/api/documents")->status, 401);
    EXPECT_EQ(get("/api/documents/" + hash_of(1) + "/pages/1.jpg")->status, 401);
    EXPECT_EQ(put("/api/upload?name=a.pdf", "x")->status, 401);
    EXPECT_EQ(post("/api/sign-in", {{"token", "another long word."}})->status, 401);
    const auto signed_in = post("/api/sign-in", {{"token", "a long enough word"}});
    ASSERT_EQ(signed_in->status, 200);
    const std::string cookie = signed_in->get_header_value("Set-Cookie");
    for (const char* part : {"HttpOnly", "SameSite=Strict", "Path=/"}) EXPECT_NE(cookie.find(part), std::string::npos);
    const httplib::Headers with{{"Cookie", "other=1; " + cookie.substr(0, cookie.find(';'))}};
    EXPECT_EQ(get("/api/documents", with)->status, 200);
    EXPECT_EQ(put("/api/upload?name=a.pdf", "x", with)->status, 403) << "the word of before the session";
    csrf = ordered_json::parse(get("/api/session", with)->body)["csrf"];
    EXPECT_EQ(put("/api/upload?name=a.pdf", "x", with)->status, 200);
    clock.advance(13 * 3'600'000);
    EXPECT_EQ(get("/api/documents", with)->status, 401) << "a day later";
}

TEST_F(WebServerTest, ATokenThatIsShortOrOpenIsRefused) {
    config.web.token_file = folder.path("token");
    const daemon::WebParts parts{*spool, clock, queue::system_random(), {}, {}, {}, {}};
    EXPECT_EQ(daemon::WebServer::start(config, parts).error().kind, models::ErrorKind::config) << "missing";
    write_file(config.web.token_file, "short\n");
    ::chmod(config.web.token_file.c_str(), 0600);
    EXPECT_EQ(daemon::WebServer::start(config, parts).error().kind, models::ErrorKind::config);
    write_file(config.web.token_file, "a long enough word\n");
    ::chmod(config.web.token_file.c_str(), 0644);
    EXPECT_EQ(daemon::WebServer::start(config, parts).error().kind, models::ErrorKind::config);
}

TEST_F(WebServerTest, TheListIsCutIntoPagesAndFiltered) {
    start();
    for (int i = 0; i < 5; ++i) add_report("content " + std::to_string(i), "单位" + std::to_string(i));
    const auto page = ordered_json::parse(get("/api/documents?order=unit&direction=up&offset=2&count=2")->body);
    EXPECT_EQ(page["total"], 5);
    ASSERT_EQ(page["rows"].size(), 2u);
    EXPECT_EQ(page["rows"][0]["unit"], "单位2");
    EXPECT_EQ(page["rows"][0]["flags"], 1);
    EXPECT_EQ(page["years"], ordered_json::array({2024}));
    EXPECT_EQ(ordered_json::parse(get("/api/documents?search=%E5%8D%95%E4%BD%8D4")->body)["total"], 1);
    EXPECT_EQ(ordered_json::parse(get("/api/documents?year=2023")->body)["total"], 0);
    EXPECT_EQ(ordered_json::parse(get("/api/documents?count=99999999999999999999&offset=-1")->body)["total"], 5);
    const auto progress = ordered_json::parse(get("/api/progress")->body);
    EXPECT_EQ(progress["flagged"], 5);
    EXPECT_EQ(progress["in_inbox"], 3);
    EXPECT_EQ(progress["documents"][0]["total"], 9);
}

TEST_F(WebServerTest, ACorrectionIsARevisionOnTheBusAndCanBeUndone) {
    start();
    const std::string id = add_report("one", "甲镇");
    const std::string path = "/api/documents/" + id;
    const std::string field = "/report/requests/received/total";
    ordered_json change{{"revision", 1}, {"action", "correct"}, {"field", field}, {"value", "9"}, {"by", "王芳"}};
    auto view = ordered_json::parse(get(path)->body);
    EXPECT_EQ(view["record"]["source"]["name"], "<img src=x onerror=alert(1)>.pdf") << "as text; JSON is not HTML";
    EXPECT_EQ(view["labels"][field].is_string(), true);
    EXPECT_EQ(view["undoable"], false);

    const auto corrected = post(path + "/corrections", change);
    ASSERT_EQ(corrected->status, 200) << corrected->body;
    EXPECT_EQ(ordered_json::parse(corrected->body)["revision"], 2);
    EXPECT_EQ(published, 1);
    EXPECT_EQ(store->outbox().head()->head, 2u);
    view = ordered_json::parse(get(path)->body);
    EXPECT_EQ(view["record"]["report"]["requests"]["received"]["total"], 9);
    EXPECT_EQ(view["record"]["provenance"][field]["printed"], "8");
    EXPECT_EQ(view["record"]["corrections"][0]["by"], "王芳");
    EXPECT_EQ(view["record"]["corrections"][0]["at"], queue::rfc3339(clock.unix_ms()));

    EXPECT_EQ(post(path + "/corrections", change)->status, 409) << "made from revision 1, which is not the newest";
    const auto undone = post(path + "/corrections", {{"revision", 2}, {"action", "undo"}, {"by", "王芳"}});
    ASSERT_EQ(undone->status, 200) << undone->body;
    view = ordered_json::parse(get(path)->body);
    EXPECT_EQ(view["record"]["revision"], 3);
    EXPECT_EQ(view["record"]["report"]["requests"]["received"]["total"], 8);
    EXPECT_EQ(view["record"]["review"].size(), 1u);
    EXPECT_EQ(view["record"]["corrections"].size(), 2u);
}

TEST_F(WebServerTest, WhatIsNoCorrectionIsRefused) {
    start();
    const std::string id = add_report("one", "甲镇");
    const std::string path = "/api/documents/" + id + "/corrections";
    const ordered_json good{
        {"revision", 1}, {"action", "correct"}, {"field", "/report/year"}, {"value", "2025"}, {"by", "x"}};
    for (const ordered_json& change : std::vector<ordered_json>{{{"by", ""}},
                                                                {{"by", std::string(200, 'x')}},
                                                                {{"revision", "1"}},
                                                                {{"field", "/id"}},
                                                                {{"action", "delete"}},
                                                                {{"value", "next year"}}}) {
        ordered_json bad = good;
        bad.update(change);
        EXPECT_EQ(post(path, bad)->status, 400) << bad;
    }
    EXPECT_EQ(post(path, ordered_json::array())->status, 400);
    EXPECT_EQ(post("/api/documents/" + hash_of(5) + "/corrections", good)->status, 404);
    EXPECT_EQ(store->outbox().head()->head, 1u);
}

TEST_F(WebServerTest, APictureComesFromAWorkerAndIsKept) {
    start();
    const std::string id = add_report("one", "甲镇");
    const auto picture = get("/api/documents/" + id + "/pages/1.jpg");
    ASSERT_EQ(picture->status, 200) << picture->body;
    EXPECT_EQ(picture->get_header_value("Content-Type"), "image/jpeg");
    EXPECT_EQ(picture->body, "\xFF\xD8\xFF page 1");
    ASSERT_TRUE(spool->remove(id));
    EXPECT_EQ(get("/api/documents/" + id + "/pages/1.jpg")->status, 200) << "from memory";
    EXPECT_EQ(get("/api/documents/" + add_report("three", "丙镇") + "/pages/1.jpg")->body, "\xFF\xD8\xFF page 1")
        << "by the worker that stood by";
    EXPECT_EQ(get("/api/documents/" + id + "/pages/2.jpg")->status, 404);
    const std::string other = add_report("two", "乙镇");
    ASSERT_TRUE(spool->remove(other));
    EXPECT_EQ(get("/api/documents/" + other + "/pages/1.jpg")->status, 404);
}

TEST_F(WebServerTest, WhoOpensADocumentFindsItsPagesDrawn) {
    const std::string starts = folder.path("starts");
    config.worker.command = {"/bin/sh", "-c", "echo worker >> " + starts + "; exec " BIAOD_FAKE " worker"};
    start();
    const std::string id = add_report("one", "甲镇");
    ASSERT_EQ(get("/api/documents/" + id)->status, 200);
    EXPECT_TRUE(eventually([&] { return read_file(starts) == "worker\nworker\n"; }))
        << "one that draws, and then one that stands by";
    ASSERT_TRUE(spool->remove(id));
    EXPECT_EQ(get("/api/documents/" + id + "/pages/1.jpg")->status, 200);
}

TEST_F(WebServerTest, AnUploadStandsInTheInboxOrLeavesNothing) {
    start();
    EXPECT_EQ(put("/api/upload?name=%E6%8A%A5%E5%91%8A.pdf", "content")->status, 200);
    EXPECT_EQ(read_file(folder.path("inbox/报告.pdf")), "content");
    for (const char* name : {"..%2Fx.pdf", "%2Fetc%2Fx", ".x", "x.part", "", "a%00b", "a%0Ab"}) {
        EXPECT_EQ(put("/api/upload?name=" + std::string(name), "content")->status, 400) << name;
    }
    EXPECT_EQ(put("/api/upload?name=big.pdf", std::string(1001, 'x'))->status, 413);
    EXPECT_EQ(names_in(folder.path("inbox")), "报告.pdf");
}

TEST_F(WebServerTest, TheSummaryNamesWhatItLeavesOutAndWhoIsMissing) {
    config.web.roster = folder.path("roster.csv");
    write_file(config.web.roster, "单位\n甲镇\n乙镇\n");
    start();
    EXPECT_EQ(get("/api/summary")->status, 400) << "nothing to add up";
    const std::string id = add_report("one", "甲镇");
    const auto summary = ordered_json::parse(get("/api/summary?year=2024&form=2021")->body);
    EXPECT_EQ(summary["tables"].size(), 3u);
    EXPECT_EQ(summary["units"], ordered_json::array({"甲镇"}));
    EXPECT_EQ(summary["deliveries"]["units"][0]["missing"], false);
    EXPECT_EQ(summary["deliveries"]["units"][1]["missing"], true);
    const auto& cells = summary["tables"][1]["cells"];
    const auto lacking = std::ranges::find_if(
        cells, [](const auto& cell) { return cell.contains("excluded") && !cell["excluded"].empty(); });
    ASSERT_NE(lacking, cells.end());
    EXPECT_EQ((*lacking)["excluded"][0]["name"], "甲镇");
    EXPECT_EQ((*lacking)["excluded"][0]["id"], id);
    EXPECT_EQ(ordered_json::parse(get("/api/summary?slot=99999&unit=nobody")->body)["reports"].size(), 0u);
    write_file(config.web.roster, "no column for units\n");
    EXPECT_EQ(get("/api/summary")->status, 400) << "the roster's mistake is told";
}

TEST_F(WebServerTest, FailingChecksAreToldInTheClerksWords) {
    start();
    remarks = {{"other", models::CheckStatus::fail, "reported year 2021, found 2024"},
               {"fine", models::CheckStatus::pass, "no year is printed there"}};
    const auto answer = ordered_json::parse(get("/api/documents/" + add_report("one", "甲镇"))->body);
    ASSERT_EQ(answer["remarks"].size(), 1u);
    EXPECT_EQ(answer["remarks"][0]["detail"], "reported year 2021, found 2024");
    EXPECT_EQ(answer["remarks"][0]["words"], "报告年度为 2021，该处印作 2024");
}

TEST_F(WebServerTest, ExportsAreDownloads) {
    start();
    const std::string id = add_report("one", "甲镇");
    for (const std::string& path : {"/api/documents/" + id + "/export.xlsx", std::string("/api/summary.xlsx")}) {
        const auto book = get(path);
        ASSERT_EQ(book->status, 200) << path << book->body;
        EXPECT_TRUE(book->body.starts_with("PK"));
        EXPECT_TRUE(book->get_header_value("Content-Disposition").starts_with("attachment"));
    }
    for (const std::string& path : {"/api/documents/" + id + "/export.csv", std::string("/api/summary.csv")}) {
        const auto table = get(path);
        ASSERT_EQ(table->status, 200) << path << table->body;
        EXPECT_EQ(table->get_header_value("Content-Type"), "text/csv; charset=utf-8");
        EXPECT_NE(table->get_header_value("Content-Disposition").find(".csv\""), std::string::npos);
        EXPECT_NE(table->body.find("总计"), std::string::npos) << table->body;
        EXPECT_NE(table->body.find("读数把握不大"), std::string::npos)
            << "the doubtful figure is named: " << table->body;
    }
    EXPECT_EQ(get("/api/documents/" + hash_of(9) + "/export.xlsx")->status, 404);
}

TEST_F(WebServerTest, AFailedDocumentCanBeTriedAgain) {
    start();
    const auto accepted = store->jobs().accept({hash_of(1), 10}, {"a.pdf", {}, "c1", 5});
    const std::string path = "/api/jobs/" + std::to_string(accepted->job) + "/requeue";
    EXPECT_EQ(post(path, ordered_json::object())->status, 409) << "it waits already";
    const queue::Failure broken{{models::ErrorKind::bad_input, "render", 2, "broken"}, "wall_time"};
    EXPECT_TRUE(*store->jobs().fail(**store->jobs().claim(1000), broken));
    const auto page = ordered_json::parse(get("/api/documents?state=failed")->body);
    EXPECT_EQ(page["rows"][0]["error"]["reason"], "broken");
    EXPECT_EQ(page["rows"][0]["error"]["limit"], "wall_time");
    EXPECT_EQ(post(path, ordered_json::object())->status, 200);
    EXPECT_EQ(requeued, 1);
    EXPECT_EQ(store->catalogue().counts()->waiting, 1u);
}

}  // namespace
}  // namespace biaod::tests
