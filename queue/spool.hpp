// The spool: our own durable copies of what was dropped, named by their content.
//
//   <folder>/tmp/<random>   a copy that is being made; whatever stands here at start is left over and removed
//   <folder>/<sha256 hex>   a complete copy, on disk for certain
//
// put(): copy into tmp while hashing, fsync the copy, look at the source again, rename to the hash, fsync the folder.
// After success the copy survives a power cut; after any failure the source is untouched and no complete name exists.
// The rename may replace a copy of the same content, which changes nothing.
//
// One thread, but for get(); the FileLayer and Random must outlive it.
//
// SECURITY: the source is untrusted and may grow while it is read: at most max_bytes are copied.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/error.hpp"
#include "queue/fd.hpp"
#include "queue/file_layer.hpp"
#include "queue/system.hpp"

namespace biaod::queue {

struct Spooled {
    bool changed = false;  // the source was written to during the copy: nothing was kept, settle again
    std::string sha256;
    std::uint64_t bytes = 0;
};

class Spool {
  public:
    // Makes the folders where needed and removes left-over copies from tmp.
    static models::Result<Spool> open(FileLayer& files, Random& random, const std::string& folder,
                                      std::uint64_t max_bytes);

    // Reads `source` (a regular file, from its start). Errors: bad_input when it is larger than max_bytes; temporary
    // for everything that the disk refuses.
    models::Result<Spooled> put(int source);

    models::Result<Fd> get(const std::string& sha256);  // for reading; any thread
    models::Result<void> remove(const std::string& sha256);
    models::Result<std::vector<std::string>> list();  // the hashes
    models::Result<std::uint64_t> free_bytes();

  private:
    Spool(FileLayer& files, Random& random, std::uint64_t max_bytes, Fd folder, Fd tmp);
    models::Result<Spooled> copy(int source, int target);

    FileLayer* files_;
    Random* random_;
    std::uint64_t max_bytes_;
    Fd folder_;
    Fd tmp_;
};

// Lower-case hex of the file's content from its start; the offset is back at the start afterwards.
models::Result<std::string> sha256_of(FileLayer& files, int fd);

}  // namespace biaod::queue
