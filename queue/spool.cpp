#include "queue/spool.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>
#include <vector>

#include "queue/crash_point.hpp"

namespace biaod::queue {

using models::ErrorKind;
using models::Result;

namespace {

constexpr std::size_t chunk = 1 << 20;

class Sha256 {
  public:
    Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
    void add(std::span<const char> bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
    std::string hex() {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned length = 0;
        EVP_DigestFinal_ex(context_.get(), digest, &length);
        return to_hex({digest, length});
    }

  private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

tl::unexpected<models::Error> too_large(std::uint64_t max_bytes) {
    return models::fail(ErrorKind::bad_input, "spool",
                        "the file is larger than the limit of " + std::to_string(max_bytes) + " bytes");
}

Result<void> rewind_file(int fd) {
    if (::lseek(fd, 0, SEEK_SET) < 0) return tl::unexpected(system_error("spool", "read the file from its start"));
    return {};
}

Result<std::vector<std::string>> names_in(int folder) {
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR* listing = copy < 0 ? nullptr : ::fdopendir(copy);
    if (!listing) {
        if (copy >= 0) ::close(copy);
        return tl::unexpected(system_error("spool", "list the spool"));
    }
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(listing)) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..") names.push_back(name);
    }
    ::closedir(listing);
    return names;
}

Result<void> clear_folder(FileLayer& files, int folder) {
    const auto names = names_in(folder);
    if (!names) return tl::unexpected(names.error());
    for (const std::string& name : *names) {
        if (auto removed = files.remove(folder, name); !removed) return removed;
    }
    return {};
}

}  // namespace

Spool::Spool(FileLayer& files, Random& random, std::uint64_t max_bytes, Fd folder, Fd tmp)
    : files_(&files), random_(&random), max_bytes_(max_bytes), folder_(std::move(folder)), tmp_(std::move(tmp)) {}

Result<Spool> Spool::open(FileLayer& files, Random& random, const std::string& folder, std::uint64_t max_bytes) {
    auto opened = files.open_folder(folder);
    if (!opened) return tl::unexpected(opened.error());
    auto tmp = files.open_folder_below(opened->get(), "tmp", true);
    if (!tmp) return tl::unexpected(tmp.error());
    if (auto cleared = clear_folder(files, tmp->get()); !cleared) return tl::unexpected(cleared.error());
    return Spool(files, random, max_bytes, std::move(*opened), std::move(*tmp));
}

Result<Spooled> Spool::copy(int source, int target) {
    if (auto at_start = rewind_file(source); !at_start) return tl::unexpected(at_start.error());
    Sha256 hash;
    Spooled spooled;
    std::vector<char> buffer(chunk);
    for (;;) {
        const auto got = files_->read(source, buffer);
        if (!got) return tl::unexpected(got.error());
        if (*got == 0) break;
        const std::span<const char> bytes(buffer.data(), *got);
        spooled.bytes += *got;
        if (spooled.bytes > max_bytes_) {
            return too_large(max_bytes_);  // it has grown since the look
        }
        hash.add(bytes);
        if (auto put = files_->write_all(target, bytes); !put) return tl::unexpected(put.error());
        crash_point("spool.mid_copy");
    }
    if (auto synced = files_->sync(target); !synced) return tl::unexpected(synced.error());
    crash_point("spool.synced");
    spooled.sha256 = hash.hex();
    return spooled;
}

Result<Spooled> Spool::put(int source) {
    const auto before = files_->look(source);
    if (!before) return tl::unexpected(before.error());
    if (before->size > max_bytes_) return too_large(max_bytes_);
    const std::string name = random_hex(*random_, 16);
    auto target = files_->create_file(tmp_.get(), name);
    if (!target) return tl::unexpected(target.error());
    auto spooled = copy(source, target->get());
    if (spooled) {
        const auto after = files_->look(source);
        if (!after) {
            spooled = tl::unexpected(after.error());
        } else if (*after != *before || after->size != spooled->bytes) {
            spooled = Spooled{true, {}, 0};
        }
    }
    if (spooled && !spooled->changed) {
        auto renamed = files_->move(tmp_.get(), name, folder_.get(), spooled->sha256, true);
        crash_point("spool.renamed");
        if (renamed) renamed = files_->sync(folder_.get());
        if (renamed) return spooled;
        spooled = tl::unexpected(renamed.error());
    }
    // What cannot be removed here is removed at the next start.
    static_cast<void>(files_->remove(tmp_.get(), name));
    return spooled;
}

Result<Fd> Spool::get(const std::string& sha256) { return files_->open_file(folder_.get(), sha256); }

Result<void> Spool::remove(const std::string& sha256) { return files_->remove(folder_.get(), sha256); }

Result<std::vector<std::string>> Spool::list() {
    auto names = names_in(folder_.get());
    if (names) std::erase(*names, "tmp");
    return names;
}

Result<std::uint64_t> Spool::free_bytes() { return files_->free_bytes(folder_.get()); }

Result<std::string> sha256_of(FileLayer& files, int fd) {
    if (auto at_start = rewind_file(fd); !at_start) return tl::unexpected(at_start.error());
    Sha256 hash;
    std::vector<char> buffer(chunk);
    for (;;) {
        const auto got = files.read(fd, buffer);
        if (!got) return tl::unexpected(got.error());
        if (*got == 0) break;
        hash.add({buffer.data(), *got});
    }
    if (auto at_start = rewind_file(fd); !at_start) return tl::unexpected(at_start.error());
    return hash.hex();
}

}  // namespace biaod::queue
