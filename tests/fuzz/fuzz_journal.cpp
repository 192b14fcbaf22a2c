// A journal with damaged bytes: opened or refused; whatever is asked of it is answered or refused.
// Input: patches of a good journal, each 3 bytes of offset, a length byte, and so many bytes; a length of 0 cuts the
// file there.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "queue/sqlite_store.hpp"
#include "tests/fuzz/input.hpp"

namespace {

using namespace biaod;

// A folder of its own, removed at the end.
class Place {
  public:
    Place() { std::filesystem::create_directories(folder_); }
    ~Place() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::string journal() const { return (folder_ / "journal.sqlite").string(); }

  private:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("biaod-fuzz-" + std::to_string(::getpid()));
};

std::string place() {
    static const Place made;
    return made.journal();
}

const std::string& good_journal() {
    static const std::string bytes = [] {
        {
            auto store = *queue::open_sqlite_store({place(), "1"}, queue::system_clock(), queue::system_random());
            for (int n = 1; n <= 3; ++n) {
                const std::string hash(64, static_cast<char>('0' + n));
                static_cast<void>(store->jobs().accept({hash, 1}, {"a.pdf", {"b"}, hash, 5}));
                const auto lease = store->jobs().claim(1000);
                if (n < 3) static_cast<void>(store->jobs().finish(**lease, {{"id", hash}, {"report", nullptr}}));
            }
            static_cast<void>(store->outbox().attach("archive", "", 0));
        }
        std::ifstream file(place(), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tests::FuzzInput input(data, size);
    std::string bytes = good_journal();
    while (!input.at_end()) {
        const std::size_t at = input.integer(3) % (bytes.size() + 1);
        const std::string patch = input.text(input.byte());
        if (patch.empty()) bytes.resize(at);
        bytes.replace(at, patch.size(), patch);
    }
    for (const char* more : {"-wal", "-shm"}) std::filesystem::remove(place() + more);
    std::ofstream(place(), std::ios::binary | std::ios::trunc) << bytes;
    const auto store = queue::open_sqlite_store({place(), "1", true}, queue::system_clock(), queue::system_random());
    if (!store) {
        tests::require(!store.error().reason.empty(), "refused without a word");
        return 0;
    }
    static_cast<void>((*store)->jobs().recover());
    static_cast<void>((*store)->catalogue().list(std::nullopt, 100));
    static_cast<void>((*store)->catalogue().arrivals(1));
    static_cast<void>((*store)->outbox().fetch(1, 100, 1 << 20, ""));
    static_cast<void>((*store)->outbox().consumers());
    const auto lease = (*store)->jobs().claim(1000);
    if (lease && *lease) {
        static_cast<void>((*store)->jobs().fail(**lease, {{models::ErrorKind::internal, "x", 0, "x"}, ""}));
    }
    static_cast<void>((*store)->outbox().retain({0, 0}));
    return 0;
}
