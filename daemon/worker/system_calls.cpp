#include "daemon/worker/system_calls.hpp"

#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>

#include "daemon/worker/pipe.hpp"

namespace biaod::daemon {

using models::ErrorKind;
using models::Result;

namespace {

constexpr std::size_t numbers = 512;  // above the kernel's largest
constexpr std::size_t name_bytes = 40;

// Looked up before the lock-down: the handler may not allocate.
std::array<std::array<char, name_bytes>, numbers>& names() {
    static std::array<std::array<char, name_bytes>, numbers> table{};
    return table;
}

void learn_names() {
    for (std::size_t number = 0; number < numbers; ++number) {
        const std::unique_ptr<char, void (*)(void*)> name(
            seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, static_cast<int>(number)), std::free);
        if (name) std::strncpy(names()[number].data(), name.get(), name_bytes - 1);
    }
}

// A frame by hand, as pipe.hpp says it: only calls that are safe in a signal handler.
void name_the_call(int, siginfo_t* info, void*) {
    const auto number = static_cast<std::size_t>(info->si_syscall);
    const char* name = number < numbers && names()[number][0] != 0 ? names()[number].data() : "?";
    char text[256];
    const int length = std::snprintf(text, sizeof text,
                                     R"x({"stage":"sandbox","kind":"internal","page":null,)x"
                                     R"x("reason":"the sandbox refuses the system call %s (%d)"})x",
                                     name, info->si_syscall);
    const unsigned char header[5] = {'F', 0, 0, 0, static_cast<unsigned char>(length)};
    static_cast<void>(!::write(result_fd, header, sizeof header));
    static_cast<void>(!::write(result_fd, text, static_cast<std::size_t>(length)));
    static_cast<void>(!::write(STDERR_FILENO, text, static_cast<std::size_t>(length)));
    static_cast<void>(!::write(STDERR_FILENO, "\n", 1));
    ::_exit(1);
}

// Collects rules; the first that libseccomp refuses is remembered.
class Filter {
  public:
    explicit Filter(bool debug)
        : context_(seccomp_init(debug ? SCMP_ACT_TRAP : SCMP_ACT_KILL_PROCESS), seccomp_release) {
        if (context_) code_ = seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1);
    }
    void add(std::uint32_t action, std::initializer_list<const char*> calls,
             std::initializer_list<scmp_arg_cmp> conditions = {}) {
        for (const char* call : calls) {
            const int number = seccomp_syscall_resolve_name(call);
            // Another architecture, or a libseccomp that does not know it: then the default stands.
            if (number == __NR_SCMP_ERROR || number < 0) continue;
            const int code = seccomp_rule_add_array(context_.get(), action, number,
                                                    static_cast<unsigned>(conditions.size()), conditions.begin());
            if (code != 0 && code_ == 0) code_ = code;
        }
    }
    bool load() { return context_ && code_ == 0 && seccomp_load(context_.get()) == 0; }

  private:
    std::unique_ptr<void, void (*)(void*)> context_;
    int code_ = 0;
};

scmp_arg_cmp argument_is(unsigned index, scmp_datum_t value) { return {index, SCMP_CMP_EQ, value, 0}; }
scmp_arg_cmp bits_are(unsigned index, scmp_datum_t mask, scmp_datum_t value) {
    return {index, SCMP_CMP_MASKED_EQ, mask, value};
}

void allow_work(Filter& filter) {
    filter.add(SCMP_ACT_ALLOW, {"read", "readv", "pread64", "write", "writev", "lseek", "close", "fstat", "getdents64",
                                "fadvise64", "poll", "ppoll", "dup"});
    filter.add(SCMP_ACT_ALLOW, {"brk", "munmap", "mremap", "madvise", "mincore", "futex", "rseq", "set_robust_list",
                                "set_tid_address", "membarrier"});
    filter.add(SCMP_ACT_ALLOW, {"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall",
                                "exit", "exit_group"});
    filter.add(SCMP_ACT_ALLOW,
               {"clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times",
                "getrusage", "getrandom", "uname", "sysinfo", "sched_yield", "sched_getaffinity", "getcpu"});
    filter.add(SCMP_ACT_ALLOW, {"getpid", "gettid", "getuid", "geteuid", "getgid", "getegid"});
    // Memory that is written and then executed is how an overflow becomes a program.
    filter.add(SCMP_ACT_ALLOW, {"mmap", "mprotect"}, {bits_are(2, PROT_EXEC, 0)});
    // Reading threads of one document, nothing that outlives or leaves this process. clone3 hides its flags from the
    // filter; the C library then takes clone.
    filter.add(SCMP_ACT_ERRNO(ENOSYS), {"clone3"});
    filter.add(SCMP_ACT_ALLOW, {"clone"}, {bits_are(0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM)});
    // abort() and the library's own checks signal this process; limits may be read.
    filter.add(SCMP_ACT_ALLOW, {"tgkill"}, {argument_is(0, static_cast<scmp_datum_t>(::getpid()))});
    filter.add(SCMP_ACT_ALLOW, {"prlimit64"}, {argument_is(0, 0), argument_is(2, 0)});
    filter.add(SCMP_ACT_ALLOW, {"prctl"}, {argument_is(0, PR_SET_NAME)});
    filter.add(SCMP_ACT_ALLOW, {"fcntl"}, {argument_is(1, F_GETFL)});
    filter.add(SCMP_ACT_ALLOW, {"fcntl"}, {argument_is(1, F_GETFD)});
    filter.add(SCMP_ACT_ALLOW, {"fcntl"}, {argument_is(1, F_SETFD)});
    filter.add(SCMP_ACT_ERRNO(ENOTTY), {"ioctl"});
    filter.add(SCMP_ACT_ERRNO(ENOTSOCK), {"getpeername"});  // GLib asks whether its log is the journal
}

void judge_paths(Filter& filter, FileCalls files) {
    // fstat() of the C library is newfstatat with an empty path. A path with that flag tells sizes and dates, no
    // content.
    filter.add(SCMP_ACT_ALLOW, {"newfstatat"}, {bits_are(3, AT_EMPTY_PATH, AT_EMPTY_PATH)});
    const bool look = files == FileCalls::write;
    filter.add(look ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EACCES), {"newfstatat"}, {bits_are(3, AT_EMPTY_PATH, 0)});
    filter.add(look ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EACCES),
               {"stat", "lstat", "access", "faccessat", "mkdir", "mkdirat"});
    filter.add(SCMP_ACT_ERRNO(EACCES),
               {"faccessat2", "statx", "readlink", "readlinkat", "getcwd", "statfs", "unlink", "unlinkat", "rename",
                "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "chmod", "fchmodat", "utimensat"});
    constexpr scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC | O_PATH;
    if (files == FileCalls::none) {
        filter.add(SCMP_ACT_ERRNO(EACCES), {"open", "openat"});
    } else if (files == FileCalls::write) {
        filter.add(SCMP_ACT_ALLOW, {"open", "openat"});
    } else {
        filter.add(SCMP_ACT_ALLOW, {"open"}, {bits_are(1, writing, O_RDONLY)});
        filter.add(SCMP_ACT_ALLOW, {"openat"}, {bits_are(2, writing, O_RDONLY)});
        for (const int bit : {O_WRONLY, O_RDWR, O_CREAT & ~O_ACCMODE, O_TRUNC, O_PATH}) {
            const auto mask = static_cast<scmp_datum_t>(bit);
            filter.add(SCMP_ACT_ERRNO(EACCES), {"open"}, {bits_are(1, mask, mask)});
            filter.add(SCMP_ACT_ERRNO(EACCES), {"openat"}, {bits_are(2, mask, mask)});
        }
    }
}

}  // namespace

Result<void> restrict_system_calls(FileCalls files, bool debug) {
    if (debug) {
        learn_names();
        struct sigaction action {};
        action.sa_sigaction = name_the_call;
        action.sa_flags = SA_SIGINFO;
        ::sigaction(SIGSYS, &action, nullptr);
    }
    Filter filter(debug);
    allow_work(filter);
    judge_paths(filter, files);
    if (!filter.load()) {
        return models::fail(ErrorKind::internal, "sandbox", "the kernel does not take the system call filter");
    }
    return {};
}

}  // namespace biaod::daemon
