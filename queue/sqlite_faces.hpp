// The five faces of the SQLite store; they share one connection. Not for use outside queue/.
#pragma once

#include <string>

#include "queue/sqlite_database.hpp"
#include "queue/store.hpp"
#include "queue/system.hpp"

namespace biaod::queue {

class SqliteJobs : public Jobs {
  public:
    SqliteJobs(Database& database, const Clock& clock, std::string pipeline_version);

    models::Result<Accepted> accept(const Content& content, const Arrival& arrival) override;
    models::Result<void> reject(const Arrival& arrival, const Failure& failure) override;
    models::Result<std::optional<Lease>> claim(std::int64_t lease_ms) override;
    models::Result<bool> heartbeat(const Lease& lease, std::int64_t lease_ms) override;
    models::Result<bool> finish(const Lease& lease, nlohmann::ordered_json record) override;
    models::Result<bool> fail(const Lease& lease, const Failure& failure) override;
    models::Result<bool> give_back(const Lease& lease, const Setback& setback) override;
    models::Result<bool> requeue(std::int64_t job) override;
    models::Result<int> recover() override;

  private:
    Accepted accept_content(const Content& content);
    bool write_arrival(const Arrival& arrival, const std::int64_t* job, const std::string& error);
    Arrival first_arrival(std::int64_t job);
    bool holds(const Lease& lease);

    Database& database_;
    const Clock& clock_;
    std::string pipeline_version_;
};

class SqliteOutbox : public Outbox {
  public:
    SqliteOutbox(Database& database, const Clock& clock);

    models::Result<StreamHead> head() override;
    models::Result<Window> fetch(std::uint64_t from, std::size_t max_n, std::size_t max_bytes,
                                 const std::string& filter) override;
    models::Result<std::optional<Consumer>> attach(const std::string& name, const std::string& filter,
                                                   std::uint64_t known_epoch) override;
    models::Result<bool> acknowledge(const std::string& name, std::uint64_t epoch, std::uint64_t sequence) override;
    models::Result<std::vector<Consumer>> consumers() override;
    models::Result<std::uint64_t> retain(const Retention& retention) override;

  private:
    StreamHead read_head();
    std::int64_t first_to_stay(const Retention& retention);

    Database& database_;
    const Clock& clock_;
};

class SqliteCatalogue : public Catalogue {
  public:
    explicit SqliteCatalogue(Database& database);

    models::Result<Counts> counts() override;
    models::Result<std::vector<JobRow>> list(std::optional<JobState> state, std::size_t max_n) override;
    models::Result<std::optional<JobRow>> job(std::int64_t id) override;
    models::Result<std::vector<JobRow>> by_sha256(const std::string& prefix) override;
    models::Result<std::optional<std::string>> record(const std::string& sha256) override;
    models::Result<std::vector<ArrivalRow>> arrivals(std::int64_t job) override;
    models::Result<std::optional<ArrivalRow>> arrival(const std::string& claim) override;

  private:
    Database& database_;
};

class SqliteOverview : public Overview {
  public:
    explicit SqliteOverview(Database& database);

    models::Result<DocumentPage> documents(const DocumentQuery& query) override;
    models::Result<Choices> choices() override;

  private:
    std::uint64_t count(const DocumentQuery& query);

    Database& database_;
};

class SqliteCorrections : public Corrections {
  public:
    SqliteCorrections(Database& database, const Clock& clock);

    models::Result<bool> revise(const std::string& sha256, int expected, nlohmann::ordered_json record) override;
    models::Result<std::optional<std::string>> revision(const std::string& sha256, int revision) override;

  private:
    Database& database_;
    const Clock& clock_;
};

// In a write transaction: the next number of the outbox.
std::uint64_t next_sequence(Database& database);
// In a write transaction: the record ("revision" is set) and its message.
void publish_record(Database& database, const std::string& sha256, const nlohmann::ordered_json& record,
                    std::int64_t now_ms);

// How labels stand in the tables.
std::string labels_text(const std::vector<std::string>& labels);
std::vector<std::string> labels_of(const std::string& text);

}  // namespace biaod::queue
