// A program that a test starts, looks at and stops.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace biaod::tests {

class Program {
  public:
    // Standard output and standard error go to files. `environment`: "NAME=value", added to the test's own.
    Program(const std::vector<std::string>& arguments, const std::string& out, const std::string& err,
            const std::vector<std::string>& environment = {});
    ~Program();  // SIGKILL, when it still runs
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void signal(int number) const;
    pid_t pid() const { return pid_; }
    bool ended();                // never waits
    int wait(int seconds = 20);  // exit code; 128 + signal; -1 when it did not end by then

  private:
    pid_t pid_;
    int status_ = 0;
};

// A TCP port of this host that was free a moment ago.
int free_port();

}  // namespace biaod::tests
