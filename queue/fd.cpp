#include "queue/fd.hpp"

#include <unistd.h>

#include <utility>

namespace biaod::queue {

Fd::Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Fd& Fd::operator=(Fd&& other) noexcept {
    if (this != &other) {
        close();
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

Fd::~Fd() { close(); }

void Fd::close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

}  // namespace biaod::queue
