#include "daemon/inbox/put_away.hpp"

#include <spdlog/spdlog.h>

#include <cstdint>
#include <cstdio>

#include "daemon/log.hpp"
#include "daemon/version.hpp"
#include "queue/crash_point.hpp"
#include "queue/messages.hpp"

namespace biaod::daemon {

using models::Result;
using nlohmann::ordered_json;
using queue::JobState;

namespace {

constexpr std::size_t name_at_most = 255;
constexpr std::size_t reason_at_most_bytes = 64u << 10;

// Not in the middle of a UTF-8 sequence.
std::string shortened(const std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

ordered_json reason_of(const queue::ArrivalRow& arrival, const std::optional<queue::JobRow>& job) {
    const queue::Failure failure =
        (job ? job->failure : arrival.failure)
            .value_or(queue::Failure{{models::ErrorKind::internal, "journal", 0, "unknown"}, {}});
    ordered_json reason{{"schema", "biaod.reason/1"}, {"source", queue::utf8_of(arrival.arrival.name)}};
    reason.update(queue::error_json(failure.error));
    reason["limit"] = failure.limit.empty() ? ordered_json(nullptr) : ordered_json(failure.limit);
    reason["attempts"] = job ? job->attempts : 0;
    reason["worker_deaths"] = job ? job->deaths : 0;
    if (job) reason["job"] = job->id;
    if (job) reason["id"] = job->sha256;
    reason["claim"] = arrival.arrival.claim;
    reason["received_at"] = queue::rfc3339(arrival.arrival.received_ms);
    reason["versions"] = {{"biaod", version}, {"pipeline", pipeline_version}};
    return reason;
}

}  // namespace

std::string numbered_name(const std::string& name, int n) {
    if (n <= 1) return name;
    const std::size_t dot = name.rfind('.');
    const bool has_extension = dot != std::string::npos && dot > 0 && name.size() - dot <= 16;
    const std::string stem = has_extension ? name.substr(0, dot) : name;
    const std::string tail = "~" + std::to_string(n) + (has_extension ? name.substr(dot) : "");
    return shortened(stem, name_at_most - tail.size()) + tail;
}

std::string reason_name(const std::string& name) {
    const std::string tail = ".reason.json";
    if (name.size() + tail.size() <= name_at_most) return name + tail;
    // Two long names may have the same beginning.
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    char digits[18];
    std::snprintf(digits, sizeof digits, "~%016llx", static_cast<unsigned long long>(hash));
    return shortened(name, name_at_most - tail.size() - 17) + digits + tail;
}

PutAway::PutAway(const InboxFolders& folders, queue::Catalogue& catalogue, queue::Random& random)
    : folders_(folders), catalogue_(catalogue), random_(random) {}

std::optional<RelativePath> PutAway::original(const std::string& claim) const {
    std::optional<RelativePath> found;
    const auto folder = folders_.files->open_folder_below(folders_.claim.get(), claim, false);
    if (!folder) return found;
    FolderVisitor visitor;
    visitor.file = [&](const FoundFile& file) { found = file.path; };
    visitor.folder = [](const RelativePath&) { return true; };
    visitor.odd = [&](const RelativePath& path) { found = path; };
    walk(folder->get(), {}, visitor);
    return found;
}

// What an earlier try, before a crash, has written for the same original.
bool PutAway::is_reason_of(int folder, const std::string& name, const std::string& claim) const {
    const auto file = folders_.files->open_file(folder, name);
    if (!file) return false;
    std::string text(reason_at_most_bytes, '\0');
    const auto got = folders_.files->read(file->get(), text);
    if (!got) return false;
    text.resize(*got);
    const auto json = ordered_json::parse(text, nullptr, false);
    return json.is_object() && json.value("schema", ordered_json()) == "biaod.reason/1" &&
           json.value("claim", ordered_json()) == claim;
}

Result<void> PutAway::write_reason(int folder, const std::string& name, const ordered_json& reason) {
    // Made in the claim folder, where a start after a crash looks for what is left over.
    const int claim = folders_.claim.get();
    const std::string tmp = reason_draft_prefix + queue::random_hex(random_, 8);
    auto file = folders_.files->create_file(claim, tmp);
    if (!file) return tl::unexpected(file.error());
    const std::string text = reason.dump(2) + "\n";
    auto written = folders_.files->write_all(file->get(), text);
    if (written) written = folders_.files->sync(file->get());
    if (written) written = folders_.files->move(claim, tmp, folder, reason_name(name), true);
    // The original must not reach the disk without it.
    if (written) written = folders_.files->sync(folder);
    if (!written) static_cast<void>(folders_.files->remove(claim, tmp));
    return written;
}

Result<void> PutAway::move_to(int target_root, const RelativePath& path, const std::string& claim,
                              const ordered_json* reason) {
    const auto claim_folder = folders_.files->open_folder_below(folders_.claim.get(), claim, false);
    if (!claim_folder) return tl::unexpected(claim_folder.error());
    const auto from = folders_.parent(claim_folder->get(), path, false);
    if (!from) return tl::unexpected(from.error());
    const auto to = folders_.parent(target_root, path, true);
    if (!to) return tl::unexpected(to.error());
    // Somebody may have dropped a document that is called like a reason: it must not be replaced by one.
    const auto is_taken = [&](const std::string& name) {
        if (exists(to->get(), name)) return true;
        return reason && exists(to->get(), reason_name(name)) && !is_reason_of(to->get(), reason_name(name), claim);
    };
    int n = 1;
    while (is_taken(numbered_name(path.back(), n))) ++n;
    const std::string name = numbered_name(path.back(), n);
    queue::crash_point("put_away.before_move");
    if (reason) {
        if (auto written = write_reason(to->get(), name, *reason); !written) return written;
        queue::crash_point("put_away.reason_written");
    }
    if (auto moved = folders_.files->move(from->get(), path.back(), to->get(), name, false); !moved) return moved;
    queue::crash_point("put_away.moved");
    remove_empty_tree(folders_.claim.get(), claim);
    return {};
}

std::string PutAway::move(const queue::ArrivalRow& arrival, const std::optional<queue::JobRow>& job) {
    const auto path = original(arrival.arrival.claim);
    if (!path) {
        // Moved just before a crash, or taken away by a person.
        remove_empty_tree(folders_.claim.get(), arrival.arrival.claim);
        return {};
    }
    const bool failed = !job || job->state == JobState::failed;
    const ordered_json reason = failed ? reason_of(arrival, job) : ordered_json();
    const auto moved = move_to(failed ? folders_.failed.get() : folders_.done.get(), *path, arrival.arrival.claim,
                               failed ? &reason : nullptr);
    return moved ? std::string() : moved.error().reason;
}

std::string PutAway::claim(const std::string& claim, bool& known) {
    known = true;
    const auto arrival = catalogue_.arrival(claim);
    if (!arrival) return arrival.error().reason;
    known = arrival->has_value();
    if (!known) return {};
    std::optional<queue::JobRow> job;
    if ((*arrival)->job) {
        const auto row = catalogue_.job(*(*arrival)->job);
        if (!row) return row.error().reason;
        job = *row;
        if (job && job->state != JobState::done && job->state != JobState::failed) return {};
    }
    return move(**arrival, job);
}

bool PutAway::job(std::int64_t job) {
    const auto arrivals = catalogue_.arrivals(job);
    const auto row = catalogue_.job(job);
    if (!arrivals || !row) return false;
    if (!*row || ((*row)->state != JobState::done && (*row)->state != JobState::failed)) return true;
    bool all = true;
    for (const queue::ArrivalRow& arrival : *arrivals) {
        const std::string trouble = move(arrival, *row);
        if (trouble.empty()) continue;
        all = false;
        spdlog::error("'{}' cannot be moved out of the claim folder: {}", shown(arrival.arrival.name), shown(trouble));
    }
    return all;
}

}  // namespace biaod::daemon
