#include "queue/sqlite_store.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include "queue/messages.hpp"
#include "queue/sqlite_faces.hpp"
#include "queue/sqlite_schema.hpp"

namespace biaod::queue {

using models::Result;
using nlohmann::ordered_json;

namespace {

// A log beside the file was left by a crash; a file shorter than its header says was cut by somebody.
bool needs_a_look(const std::string& path) {
    std::error_code none;
    const auto log = std::filesystem::file_size(path + "-wal", none);
    if (!none && log > 0) return true;
    const auto size = std::filesystem::file_size(path, none);
    if (none || size == 0) return false;
    std::array<unsigned char, 32> header{};
    std::ifstream(path, std::ios::binary).read(reinterpret_cast<char*>(header.data()), header.size());
    // The file format: page size at 16 (1 is 65536), number of pages at 28, big-endian.
    std::uint64_t page = header[16] << 8 | header[17];
    if (page == 1) page = 65'536;
    std::uint64_t pages = 0;
    for (std::size_t i = 28; i < 32; ++i) pages = pages << 8 | header[i];
    return pages * page != size;
}

Result<void> examine(Database& database, const std::string& path) {
    std::string verdict;
    try {
        Statement check = database.prepare("PRAGMA quick_check(1)");
        verdict = check.step() ? check.text() : "no answer";
    } catch (const SqliteError& failure) {
        if (failure.error().kind == models::ErrorKind::temporary) throw;
        verdict = failure.what();
    }
    if (verdict == "ok") return {};
    return models::fail(models::ErrorKind::config, "journal",
                        path + " is damaged (" + verdict +
                            "): put back a copy, or move it away and start anew; originals are in the inbox's folders "
                            "and the spool");
}

class SqliteStore : public Store {
  public:
    SqliteStore(std::unique_ptr<Database> database, const Clock& clock, const std::string& pipeline_version)
        : database_(std::move(database)),
          jobs_(*database_, clock, pipeline_version),
          outbox_(*database_, clock),
          catalogue_(*database_),
          overview_(*database_),
          corrections_(*database_, clock) {}

    Jobs& jobs() override { return jobs_; }
    Outbox& outbox() override { return outbox_; }
    Catalogue& catalogue() override { return catalogue_; }
    Overview& overview() override { return overview_; }
    Corrections& corrections() override { return corrections_; }

  private:
    std::unique_ptr<Database> database_;
    SqliteJobs jobs_;
    SqliteOutbox outbox_;
    SqliteCatalogue catalogue_;
    SqliteOverview overview_;
    SqliteCorrections corrections_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options, const Clock& clock, Random& random) {
    return guarded<std::unique_ptr<Store>>([&]() -> Result<std::unique_ptr<Store>> {
        const bool doubtful = options.examine && needs_a_look(options.path);
        auto database = std::make_unique<Database>(options.path, Database::Mode::read_write);
        if (doubtful) {
            if (auto examined = examine(*database, options.path); !examined) return tl::unexpected(examined.error());
        }
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
