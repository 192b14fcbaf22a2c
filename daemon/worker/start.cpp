#include "daemon/worker/start.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

#include "queue/system.hpp"

namespace biaod::daemon {

using models::Result;

namespace {

std::vector<std::string> minimal_environment() {
    // One thread a worker: Tesseract's OpenMP makes a line six times slower when many workers share the cores.
    // Memory in large pages: of a digital document's time, a tenth went to the kernel handing out small ones.
    std::vector<std::string> environment{"OMP_THREAD_LIMIT=1", "GLIBC_TUNABLES=glibc.malloc.hugetlb=1"};
    for (const char* name : {"LANG", "TESSDATA_PREFIX"}) {
        if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
    }
    return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

void limit(__rlimit_resource resource, std::uint64_t soft, std::uint64_t hard) {
    const struct rlimit both { soft, hard };
    ::setrlimit(resource, &both);
}

[[noreturn]] void become_worker(const ChildPlan& plan, char* const* arguments, char* const* environment) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() == 1) ::_exit(127);  // the parent died before the line above

    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);

    // Above 9 first: a source may stand where another one has to go.
    const int standard_input = ::fcntl(plan.standard_input, F_DUPFD, 10);
    const int document = ::fcntl(plan.document, F_DUPFD, 10);
    const int result = ::fcntl(plan.result, F_DUPFD, 10);
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (plan.quiet && (nowhere < 0 || ::dup2(nowhere, 2) != 2)) ::_exit(127);
    const bool placed = ::dup2(standard_input, 0) == 0 && ::dup2(2, 1) == 1 && ::dup2(document, 3) == 3 &&
                        ::dup2(result, 4) == 4 && ::close_range(5, ~0u, 0) == 0;
    if (!placed) ::_exit(127);

    limit(RLIMIT_CORE, 0, 0);
    // At the soft limit comes SIGXCPU, which tells what happened; who ignores it gets SIGKILL at the hard one.
    if (plan.cpu_seconds > 0) limit(RLIMIT_CPU, plan.cpu_seconds, plan.cpu_seconds + 1);
    if (plan.memory_bytes > 0) limit(RLIMIT_AS, plan.memory_bytes, plan.memory_bytes);
    ::execve(arguments[0], arguments, environment);
    ::_exit(127);
}

}  // namespace

Result<pid_t> start_child(const ChildPlan& plan) {
    std::vector<std::string> arguments = plan.arguments;
    std::vector<std::string> environment = minimal_environment();
    const std::vector<char*> argument_pointers = pointers(arguments);
    const std::vector<char*> environment_pointers = pointers(environment);
    const pid_t pid = ::fork();
    if (pid == 0) become_worker(plan, argument_pointers.data(), environment_pointers.data());
    if (pid < 0) return tl::unexpected(queue::system_error("worker", "start a worker"));
    ::setpgid(pid, pid);  // also here: a kill of the group may come before the child has run
    return pid;
}

}  // namespace biaod::daemon
