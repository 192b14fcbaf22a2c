// What a worker may send: frames in pieces of any size, then its record. The first byte is the size of the pieces.
#include <algorithm>

#include "daemon/worker/document_worker.hpp"
#include "daemon/worker/pipe.hpp"
#include "daemon/worker/record_check.hpp"
#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace biaod;
    tests::FuzzInput input(data, size);
    const std::size_t piece = input.byte() + 1;
    constexpr std::size_t most = 4096;
    daemon::FrameReader reader(most);
    std::string_view rest = input.rest();
    while (!rest.empty()) {
        reader.take(rest.substr(0, piece));
        rest.remove_prefix(std::min(piece, rest.size()));
    }
    tests::require(!(reader.result() && reader.failure()), "a result and a failure");
    if (reader.result()) {
        tests::require(reader.result()->size() <= most, "a result over the limit");
        static_cast<void>(daemon::check_record(*reader.result(), ""));
    }
    // The same bytes as a record and as a request, so that a fuzzer need not find the frame first.
    static_cast<void>(daemon::check_record(std::string(input.rest()), ""));
    static_cast<void>(daemon::read_request_from(std::string(input.rest())));
    return 0;
}
