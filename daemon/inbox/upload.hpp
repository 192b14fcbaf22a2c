// A file that comes through the review page, into the inbox: written under a name that the intake passes over, synced,
// then renamed. What the intake promises for dropped files holds from the rename on; an upload that ends before leaves
// nothing.
//
// SECURITY: the name is a stranger's. It becomes one component below the inbox's open folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "models/error.hpp"
#include "queue/fd.hpp"
#include "queue/file_layer.hpp"
#include "queue/system.hpp"

namespace biaod::daemon {

// UTF-8, one component, without control characters, not one that the intake passes over, at most 200 bytes.
bool is_safe_name(const std::string& name);

class Upload {
  public:
    // Errors: temporary.
    static models::Result<Upload> begin(const std::string& inbox, queue::FileLayer& files, queue::Random& random,
                                        std::uint64_t max_bytes);
    Upload(Upload&& other) = default;
    Upload& operator=(Upload&&) = delete;
    ~Upload();  // removes what was not finished

    models::Result<void> take(std::string_view bytes);  // bad_input over max_bytes
    // The name under which it stands in the inbox: "a~2.pdf" where "a.pdf" is taken.
    models::Result<std::string> finish(const std::string& name);

  private:
    Upload(queue::FileLayer& files, queue::Fd folder, queue::Fd file, std::string draft, std::uint64_t max_bytes);

    queue::FileLayer* files_;
    queue::Fd folder_, file_;
    std::string draft_;
    std::uint64_t left_;
};

}  // namespace biaod::daemon
