#include "daemon/inbox/intake.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "daemon/log.hpp"
#include "queue/crash_point.hpp"

namespace biaod::daemon {

using models::ErrorKind;

namespace {

constexpr int files_a_round = 16;
constexpr std::int64_t again_ms = 5000;  // doubles with each refusal, up to five minutes
constexpr int doublings_at_most = 6;
constexpr std::int64_t longest_wait_ms = 1000;

bool ends_with(const std::string& name, const std::string& tail) {
    if (name.size() < tail.size()) return false;
    return std::equal(
        tail.begin(), tail.end(), name.end() - static_cast<std::ptrdiff_t>(tail.size()),
        [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b); });
}

}  // namespace

bool is_skipped(const std::string& name) {
    return name.starts_with(".") || name.starts_with("~$") || ends_with(name, ".part") || ends_with(name, ".tmp") ||
           ends_with(name, ".crdownload");
}

Intake::Intake(const IntakeConfig& config, const Parts& parts, std::function<void()> accepted)
    : config_(config), parts_(parts), accepted_(std::move(accepted)), watch_(config.inbox) {}

void Intake::recover() {
    std::vector<std::string> claims;
    FolderVisitor visitor;
    visitor.file = [&](const FoundFile& file) {
        if (!file.path.front().starts_with(reason_draft_prefix)) return;
        static_cast<void>(parts_.folders.files->remove(parts_.folders.claim.get(), file.path.front()));
    };
    visitor.odd = [](const RelativePath&) {};
    visitor.folder = [&](const RelativePath& path) {
        claims.push_back(path.front());
        return false;
    };
    walk(parts_.folders.claim.get(), {}, visitor);
    for (const std::string& claim : claims) {
        bool known = false;
        const std::string trouble = parts_.put_away.claim(claim, known);
        if (!trouble.empty()) spdlog::error("claimed file {}: {}", claim, shown(trouble));
        if (known) continue;
        const auto path = parts_.put_away.original(claim);
        if (!path) {
            remove_empty_tree(parts_.folders.claim.get(), claim);
            continue;
        }
        spdlog::info("'{}' was claimed before the last stop, taking it up again", shown(joined(*path)));
        claimed_.push_back({claim, *path, parts_.clock.monotonic_ms(), parts_.clock.unix_ms()});
    }
}

std::int64_t Intake::round() {
    budget_ = files_a_round;
    take_hints();
    if (parts_.clock.monotonic_ms() >= rescan_due_ms_) rescan();
    if (enough_disk()) {
        look_again();
        spool_claimed();
    }
    return budget_ <= 0 ? 0 : next_due();
}

void Intake::take_hints() {
    const WatchHints hints = watch_.read();
    if (hints.overflow) rescan_due_ms_ = 0;
    for (const RelativePath& path : hints.paths) {
        const auto folder = parts_.folders.parent(parts_.folders.inbox.get(), path, false);
        if (!folder) continue;
        if (const auto look = look_at(folder->get(), path.back())) {
            see({path, *look});
        } else if (exists(folder->get(), path.back())) {
            rescan_due_ms_ = 0;  // a folder, which may have got files before it is watched
        }
    }
}

bool Intake::enter(const RelativePath& folder) {
    if (is_skipped(folder.back())) return false;
    const auto& excluded = parts_.folders.excluded;
    if (std::find(excluded.begin(), excluded.end(), folder) != excluded.end()) return false;
    if (!watch_.watch(folder) && !watch_trouble_) {
        watch_trouble_ = true;
        spdlog::warn(
            "a folder of the inbox cannot be watched (fs.inotify.max_user_watches?): it is looked at every {} s",
            config_.rescan_ms / 1000);
    }
    return true;
}

void Intake::rescan() {
    rescan_due_ms_ =
        parts_.clock.monotonic_ms() + (parts_.folders.network ? config_.rescan_network_ms : config_.rescan_ms);
    watch_.watch({});
    FolderVisitor visitor;
    visitor.file = [this](const FoundFile& file) { see(file); };
    visitor.folder = [this](const RelativePath& folder) { return enter(folder); };
    visitor.odd = [this](const RelativePath& path) {
        if (is_skipped(path.back()) || !passed_over_.insert(joined(path)).second) return;
        spdlog::warn("'{}' in the inbox is not a regular file and is passed over", shown(joined(path)));
    };
    walk(parts_.folders.inbox.get(), {}, visitor);
}

void Intake::see(const FoundFile& file) {
    if (is_skipped(file.path.back())) return;
    const std::int64_t now = parts_.clock.monotonic_ms();
    const auto [found, is_new] = candidates_.try_emplace(joined(file.path), Candidate{file.path, file.look, now});
    if (!is_new && found->second.look != file.look) found->second = Candidate{file.path, file.look, now};
}

void Intake::look_again() {
    const std::int64_t now = parts_.clock.monotonic_ms();
    for (auto at = candidates_.begin(); at != candidates_.end() && budget_ > 0;) {
        Candidate& candidate = at->second;
        const std::int64_t wait = candidate.look.size > 0 ? config_.settle_ms : config_.empty_ms;
        if (now - candidate.since_ms < wait) {
            ++at;
            continue;
        }
        const auto folder = parts_.folders.parent(parts_.folders.inbox.get(), candidate.path, false);
        const auto look = folder ? look_at(folder->get(), candidate.path.back()) : std::nullopt;
        if (look && *look != candidate.look) candidate = Candidate{candidate.path, *look, now};
        const bool settled = look && candidate.since_ms != now;
        if (settled) claim(candidate);
        at = settled || !look ? candidates_.erase(at) : std::next(at);
    }
}

void Intake::claim(const Candidate& candidate) {
    --budget_;
    const std::string claim = queue::random_hex(parts_.random, 16);
    queue::FileLayer& files = *parts_.folders.files;
    const auto from = parts_.folders.parent(parts_.folders.inbox.get(), candidate.path, false);
    if (!from) return;  // its folder has gone: the rescan will tell
    const auto claim_folder = files.open_folder_below(parts_.folders.claim.get(), claim, true);
    const auto to = claim_folder ? parts_.folders.parent(claim_folder->get(), candidate.path, true)
                                 : tl::unexpected(claim_folder.error());
    models::Result<void> moved;
    if (to) {
        moved = files.move(from->get(), candidate.path.back(), to->get(), candidate.path.back(), false);
    } else {
        moved = tl::unexpected(to.error());
    }
    if (!moved) {
        remove_empty_tree(parts_.folders.claim.get(), claim);
        spdlog::warn("'{}' cannot be claimed now: {}", shown(joined(candidate.path)), shown(moved.error().reason));
        return;
    }
    queue::crash_point("intake.claimed");
    claimed_.push_back({claim, candidate.path, parts_.clock.monotonic_ms(), parts_.clock.unix_ms()});
}

void Intake::spool_claimed() {
    for (auto at = claimed_.begin(); at != claimed_.end() && budget_ > 0;) {
        const bool gone = at->due_ms <= parts_.clock.monotonic_ms() && spool_one(*at);
        at = gone ? claimed_.erase(at) : std::next(at);
    }
}

bool Intake::postpone(const std::string& doing, Claimed& claimed, const models::Error& error) {
    claimed.due_ms = parts_.clock.monotonic_ms() + (again_ms << std::min(claimed.refusals++, doublings_at_most));
    spdlog::error("'{}' cannot be {} now and is tried again: {}", shown(joined(claimed.path)), doing,
                  shown(error.reason));
    return false;
}

bool Intake::spool_one(Claimed& claimed) {
    --budget_;
    const std::string& claim = claimed.claim;
    queue::FileLayer& files = *parts_.folders.files;
    queue::Arrival arrival{
        claimed.path.back(), {claimed.path.begin(), claimed.path.end() - 1}, claim, claimed.received_ms};
    const auto claim_folder = files.open_folder_below(parts_.folders.claim.get(), claim, false);
    const auto folder = claim_folder ? parts_.folders.parent(claim_folder->get(), claimed.path, false)
                                     : tl::unexpected(claim_folder.error());
    if (!folder || !exists(folder->get(), claimed.path.back())) {
        spdlog::warn("'{}' was taken away after it was claimed", shown(joined(claimed.path)));
        remove_empty_tree(parts_.folders.claim.get(), claim);
        return true;
    }
    // Settled here as well, by the copy's own look before and after.
    const auto file = files.open_file(folder->get(), claimed.path.back());
    const auto spooled = file ? parts_.spool.put(file->get()) : tl::unexpected(file.error());
    if (!spooled && spooled.error().kind != ErrorKind::bad_input) return postpone("copied", claimed, spooled.error());
    if (!spooled) {
        const std::string limit = file ? "file_size" : "";
        const auto rejected = parts_.store.jobs().reject(arrival, {spooled.error(), limit});
        if (!rejected) return postpone("rejected", claimed, rejected.error());
        queue::crash_point("intake.after_reject");
        spdlog::warn("'{}' is refused: {}", shown(joined(claimed.path)), shown(spooled.error().reason));
    } else if (spooled->changed) {
        claimed.due_ms = parts_.clock.monotonic_ms() + config_.settle_ms;
        return false;
    } else {
        queue::crash_point("intake.before_accept");
        const auto accepted = parts_.store.jobs().accept({spooled->sha256, spooled->bytes}, arrival);
        if (!accepted) return postpone("accepted", claimed, accepted.error());
        queue::crash_point("intake.after_accept");
        spdlog::info("job {}: '{}' accepted ({} bytes)", accepted->job, shown(joined(claimed.path)), spooled->bytes);
    }
    bool known = false;
    const std::string trouble = parts_.put_away.claim(claim, known);
    if (!trouble.empty()) spdlog::error("'{}': {}", shown(joined(claimed.path)), shown(trouble));
    accepted_();
    return true;
}

bool Intake::enough_disk() {
    const auto free = parts_.spool.free_bytes();
    std::string why;
    if (!free) {
        why = free.error().reason;
    } else if (*free < config_.min_free_bytes) {
        why = "only " + std::to_string(*free >> 20) + " MiB are free on the disk of the spool";
    }
    if (why.empty() != paused_.empty()) {
        if (why.empty()) {
            spdlog::info("intake goes on: there is room on the disk again");
        } else {
            spdlog::error("intake stops, files stay in the inbox: {} (intake.min_free_mib)", shown(why));
        }
    }
    paused_ = why;
    return why.empty();
}

std::int64_t Intake::next_due() const {
    const std::int64_t now = parts_.clock.monotonic_ms();
    std::int64_t due = std::min(rescan_due_ms_, now + longest_wait_ms);
    for (const auto& [path, candidate] : candidates_) {
        due = std::min(due, candidate.since_ms + (candidate.look.size > 0 ? config_.settle_ms : config_.empty_ms));
    }
    for (const Claimed& claimed : claimed_) due = std::min(due, claimed.due_ms);
    return paused_.empty() ? std::max<std::int64_t>(10, due - now) : longest_wait_ms;
}

}  // namespace biaod::daemon
