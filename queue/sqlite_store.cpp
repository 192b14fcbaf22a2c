#include "queue/sqlite_store.hpp"

#include "queue/messages.hpp"
#include "queue/sqlite_faces.hpp"
#include "queue/sqlite_schema.hpp"

namespace biaod::queue {

using models::Result;
using nlohmann::ordered_json;

namespace {

class SqliteStore : public Store {
  public:
    SqliteStore(std::unique_ptr<Database> database, const Clock& clock, const std::string& pipeline_version)
        : database_(std::move(database)),
          jobs_(*database_, clock, pipeline_version),
          outbox_(*database_, clock),
          catalogue_(*database_) {}

    Jobs& jobs() override { return jobs_; }
    Outbox& outbox() override { return outbox_; }
    Catalogue& catalogue() override { return catalogue_; }

  private:
    std::unique_ptr<Database> database_;
    SqliteJobs jobs_;
    SqliteOutbox outbox_;
    SqliteCatalogue catalogue_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options, const Clock& clock, Random& random) {
    return guarded<std::unique_ptr<Store>>([&]() -> Result<std::unique_ptr<Store>> {
        auto database = std::make_unique<Database>(options.path, Database::Mode::read_write);
        if (auto prepared = prepare_schema(*database, random); !prepared) return tl::unexpected(prepared.error());
        return std::make_unique<SqliteStore>(std::move(database), clock, options.pipeline_version);
    });
}

Result<std::unique_ptr<Store>> open_sqlite_store_read_only(const std::string& path, const Clock& clock) {
    return guarded<std::unique_ptr<Store>>([&]() -> Result<std::unique_ptr<Store>> {
        auto database = std::make_unique<Database>(path, Database::Mode::read_only);
        if (auto checked = check_schema(*database); !checked) return tl::unexpected(checked.error());
        return std::make_unique<SqliteStore>(std::move(database), clock, std::string());
    });
}

std::string labels_text(const std::vector<std::string>& labels) {
    ordered_json json = ordered_json::array();
    for (const std::string& label : labels) json.push_back(utf8_of(label));
    return json.dump();
}

std::vector<std::string> labels_of(const std::string& text) {
    std::vector<std::string> labels;
    const ordered_json json = ordered_json::parse(text, nullptr, false);
    if (!json.is_array()) return labels;
    for (const ordered_json& label : json) {
        if (label.is_string()) labels.push_back(label.get<std::string>());
    }
    return labels;
}

}  // namespace biaod::queue
