#include "daemon/export/records.hpp"

#include <algorithm>
#include <fstream>
#include <istream>
#include <map>
#include <ostream>
#include <set>

#include "daemon/cli/journal.hpp"
#include "daemon/log.hpp"
#include "models/record_json.hpp"

namespace biaod::daemon {
namespace {

using models::ErrorKind;
using models::Record;
using models::Result;
using Take = std::function<void(const Record&)>;

constexpr std::size_t shortest_prefix = 8;  // of a hash

class FileRecords {
  public:
    explicit FileRecords(std::ostream& errors) : errors_(errors) {}

    void read(std::istream& in, const std::string& name) {
        std::string line;
        for (int number = 1; std::getline(in, line); ++number) {
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            auto record = models::parse_record(line);
            if (!record) {
                complain(name + ":" + std::to_string(number) + ": " + reason_of(line, record.error().reason));
                continue;
            }
            const auto [place, fresh] = places_.try_emplace(record->id, records_.size());
            if (fresh) {
                records_.push_back(std::move(*record));
            } else if (record->revision > records_[place->second].revision) {
                records_[place->second] = std::move(*record);
            }
        }
    }

    int give(const std::vector<std::string>& ids, const Take& take) {
        std::set<std::string> unseen(ids.begin(), ids.end());
        for (const Record& record : records_) {
            bool wanted = ids.empty();
            for (const std::string& id : ids) {
                if (id.size() < shortest_prefix || !record.id.starts_with(id)) continue;
                wanted = true;
                unseen.erase(id);
            }
            if (wanted) take(record);
        }
        for (const std::string& id : unseen) complain("there is no record " + id + " (8 or more digits of the hash)");
        return complaints_;
    }

  private:
    // A failure's own reason, for `biaod parse --failures` puts failures among the records.
    static std::string reason_of(const std::string& line, const std::string& otherwise) {
        const auto json = nlohmann::ordered_json::parse(line, nullptr, false);
        if (!json.is_object() || json.value("schema", "") != "biaod.failure/1") return otherwise;
        const auto reason = json.find("reason");
        return reason != json.end() && reason->is_string() ? reason->get<std::string>() : otherwise;
    }
    void complain(const std::string& what) {
        errors_ << "biaod: " << shown(what) << '\n';
        ++complaints_;
    }

    std::ostream& errors_;
    std::vector<Record> records_;
    std::map<std::string, std::size_t> places_;
    int complaints_ = 0;
};

Result<int> from_files(const RecordSource& source, std::istream& standard_input, std::ostream& errors,
                       const Take& take) {
    FileRecords records(errors);
    for (const std::string& name : source.files) {
        if (name == "-") {
            records.read(standard_input, "standard input");
            continue;
        }
        std::ifstream file(name, std::ios::binary);
        if (!file) return models::fail(ErrorKind::bad_input, "export", name + " cannot be opened");
        records.read(file, name);
    }
    return records.give(source.ids, take);
}

// The hashes of all documents with a record, oldest first.
Result<std::vector<std::string>> all_documents(queue::Catalogue& catalogue) {
    const auto jobs = catalogue.list(queue::JobState::done, std::numeric_limits<std::size_t>::max());
    if (!jobs) return tl::unexpected(jobs.error());
    std::vector<std::string> out;
    std::set<std::string> seen;
    for (const queue::JobRow& job : *jobs) {
        if (seen.insert(job.sha256).second) out.push_back(job.sha256);
    }
    std::ranges::reverse(out);
    return out;
}

Result<int> from_journal(const RecordSource& source, std::ostream& errors, const Take& take) {
    const auto config = load_config(source.config);
    if (!config) return tl::unexpected(config.error());
    const auto store = open_journal(*config);
    if (!store) return tl::unexpected(store.error());
    queue::Catalogue& catalogue = (*store)->catalogue();

    int complaints = 0;
    const auto complain = [&](const std::string& what) {
        errors << "biaod: " << shown(what) << '\n';
        ++complaints;
    };
    std::vector<std::string> documents;
    if (source.ids.empty()) {
        auto all = all_documents(catalogue);
        if (!all) return tl::unexpected(all.error());
        documents = std::move(*all);
    }
    for (const std::string& id : source.ids) {
        const auto job = find_job(catalogue, id);
        if (job) {
            documents.push_back(job->sha256);
        } else {
            complain(job.error().reason);
        }
    }
    for (const std::string& document : documents) {
        const auto text = catalogue.record(document);
        if (!text) return tl::unexpected(text.error());
        if (!*text) {
            complain("the document " + document.substr(0, 12) + " has no record");
            continue;
        }
        const auto record = models::parse_record(**text);
        if (record) {
            take(*record);
        } else {
            complain(document.substr(0, 12) + ": " + record.error().reason);
        }
    }
    return complaints;
}

}  // namespace

Result<int> for_each_record(const RecordSource& source, std::istream& standard_input, std::ostream& errors,
                            const Take& take) {
    return source.files.empty() ? from_journal(source, errors, take) : from_files(source, standard_input, errors, take);
}

}  // namespace biaod::daemon
