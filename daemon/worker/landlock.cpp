#include "daemon/worker/landlock.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "queue/fd.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

// The kernel's numbers, written down here because linux/landlock.h of a build host may be older than the kernel.
constexpr long call_create_ruleset = 444, call_add_rule = 445, call_restrict_self = 446;
constexpr unsigned create_ruleset_version = 1;
constexpr int rule_path_beneath = 1;

constexpr std::uint64_t access_write_file = 1u << 1, access_read_file = 1u << 2, access_read_dir = 1u << 3,
                        access_make_dir = 1u << 7, access_make_reg = 1u << 8;
constexpr std::uint64_t all_of_abi_1 = (1u << 13) - 1;
constexpr std::uint64_t access_refer = 1u << 13;        // ABI 2
constexpr std::uint64_t access_truncate = 1u << 14;     // ABI 3
constexpr std::uint64_t access_ioctl_dev = 1u << 15;    // ABI 5
constexpr std::uint64_t tcp_bind_and_connect = 3;       // ABI 4
constexpr std::uint64_t scope_sockets_and_signals = 3;  // ABI 6

struct RulesetAttributes {
    std::uint64_t handled_fs;
    std::uint64_t handled_net;
    std::uint64_t scoped;
};

struct PathBeneath {
    std::uint64_t allowed;
    std::int32_t parent_fd;
} __attribute__((packed));

std::uint64_t file_rights(int abi) {
    std::uint64_t rights = all_of_abi_1;
    if (abi >= 2) rights |= access_refer;
    if (abi >= 3) rights |= access_truncate;
    if (abi >= 5) rights |= access_ioctl_dev;
    return rights;
}

std::size_t attributes_size(int abi) {
    if (abi >= 6) return sizeof(RulesetAttributes);
    return (abi >= 4 ? 2 : 1) * sizeof(std::uint64_t);
}

Result<void> allow(int ruleset, const std::string& folder, std::uint64_t rights) {
    const queue::Fd parent(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!parent) return {};
    const PathBeneath rule{rights, parent.get()};
    if (::syscall(call_add_rule, ruleset, rule_path_beneath, &rule, 0) == 0) return {};
    models::Error error = queue::system_error("sandbox", "allow the folder " + folder);
    error.kind = ErrorKind::internal;
    return tl::unexpected(error);
}

}  // namespace

int landlock_abi() {
    const long abi = ::syscall(call_create_ruleset, nullptr, 0, create_ruleset_version);
    return abi > 0 ? static_cast<int>(abi) : 0;
}

Result<void> restrict_paths(int abi, const std::vector<std::string>& readable,
                            const std::vector<std::string>& writable) {
    RulesetAttributes attributes{file_rights(abi), abi >= 4 ? tcp_bind_and_connect : 0,
                                 abi >= 6 ? scope_sockets_and_signals : 0};
    const queue::Fd ruleset(static_cast<int>(::syscall(call_create_ruleset, &attributes, attributes_size(abi), 0)));
    if (!ruleset) return models::fail(ErrorKind::internal, "sandbox", "Landlock does not take the rules");
    for (const std::string& folder : readable) {
        if (auto allowed = allow(ruleset.get(), folder, access_read_file | access_read_dir); !allowed) return allowed;
    }
    std::uint64_t writing = access_read_file | access_read_dir | access_write_file | access_make_dir | access_make_reg;
    if (abi >= 3) writing |= access_truncate;
    for (const std::string& folder : writable) {
        if (auto allowed = allow(ruleset.get(), folder, writing); !allowed) return allowed;
    }
    if (::syscall(call_restrict_self, ruleset.get(), 0) != 0) {
        return models::fail(ErrorKind::internal, "sandbox", "Landlock cannot be closed over this process");
    }
    return {};
}

}  // namespace biaod::daemon
