// Requests of any shape to the bus: PullSessions over an outbox of 20 messages.
// Input: for each request a byte for the peer, a byte for the number of frames, and for each frame a length byte and so
// many bytes. A frame that is one of the words below may be written as 0xF0 + its number.
#include "queue/bus_protocol.hpp"
#include "queue/pull_sessions.hpp"
#include "tests/fuzz/input.hpp"

namespace {

using namespace biaod;
using queue::Frames;

class FixedOutbox : public queue::Outbox {
  public:
    models::Result<queue::StreamHead> head() override { return head_; }
    models::Result<queue::Window> fetch(std::uint64_t from, std::size_t max_n, std::size_t max_bytes,
                                        const std::string& filter) override {
        queue::Window window{{}, from - 1, head_};
        std::size_t bytes = 0;
        for (std::uint64_t n = from; n <= head_.head && window.messages.size() < max_n; ++n) {
            window.through = n;
            const std::string topic = n % 3 == 0 ? "v1/failed/" : "v1/record/document/";
            if (!topic.starts_with(filter)) continue;
            window.messages.push_back({n, topic, "{}", "{}"});
            if ((bytes += 4 + topic.size()) >= max_bytes) break;
        }
        return window;
    }
    models::Result<std::optional<queue::Consumer>> attach(const std::string& name, const std::string& filter,
                                                          std::uint64_t epoch) override {
        return queue::Consumer{name, filter, 0, epoch + 1, 0};
    }
    models::Result<bool> acknowledge(const std::string&, std::uint64_t epoch, std::uint64_t) override {
        return epoch < 3;
    }
    models::Result<std::vector<queue::Consumer>> consumers() override { return std::vector<queue::Consumer>{}; }
    models::Result<std::uint64_t> retain(const queue::Retention&) override { return 0u; }

  private:
    queue::StreamHead head_{std::string(16, 's'), 3, 20};
};

std::string frame_of(tests::FuzzInput& input) {
    const unsigned length = input.byte();
    switch (length) {
        case 0xF0:
            return "HELLO";
        case 0xF1:
            return "FETCH";
        case 0xF2:
            return "ACK";
        case 0xF3:
            return queue::integer_frame(input.byte());
        case 0xF4:
            return std::string(16, 's');
        default:
            return input.text(length);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tests::FuzzInput input(data, size);
    FixedOutbox outbox;
    queue::PullSessions sessions(outbox);
    while (!input.at_end()) {
        const std::string peer(1, static_cast<char>(input.byte()));
        Frames request;
        for (unsigned n = input.byte() % 8; n > 0; --n) request.push_back(frame_of(input));
        std::size_t answers = 0;
        sessions.answer({peer, ""}, request, [&](const Frames& answer) {
            tests::require(!answer.empty(), "an answer without a frame");
            ++answers;
            return answers < 50;
        });
        tests::require(answers > 0 && answers <= 50, "a request without an answer, or with too many");
    }
    return 0;
}
