// Runs a fuzz target without libFuzzer: each file of a corpus, then a fixed number of inputs made from them by simple
// mutations with a fixed seed. The same inputs every time: a find is repeated by running it again.
//
//   TARGET CORPUS_FOLDER RUNS
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string_view>
#include <vector>

#include "tests/fuzz/input.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;

std::vector<Bytes> read_corpus(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Bytes> corpus{{}};
    for (const auto& path : files) {
        std::ifstream file(path, std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return corpus;
}

class Mutator {
  public:
    explicit Mutator(const std::vector<Bytes>& corpus) : corpus_(corpus) {}

    Bytes next() {
        Bytes bytes = pick();
        for (std::size_t i = below(4) + 1; i > 0; --i) change(bytes);
        return bytes;
    }

  private:
    std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
    const Bytes& pick() { return corpus_[below(corpus_.size())]; }
    std::uint8_t any_byte() { return static_cast<std::uint8_t>(random_()); }

    void change(Bytes& bytes) {
        const std::size_t at = below(bytes.size() + 1);
        const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        switch (below(6)) {
            case 0:
                if (at < bytes.size()) bytes[at] = any_byte();
                break;
            case 1:
                if (at < bytes.size()) bytes[at] ^= static_cast<std::uint8_t>(1u << below(8));
                break;
            case 2: {
                Bytes more(below(24) + 1);
                for (auto& byte : more) byte = any_byte();
                bytes.insert(place, more.begin(), more.end());
                break;
            }
            case 3:
                bytes.erase(place, place + static_cast<std::ptrdiff_t>(
                                               below(std::min<std::size_t>(bytes.size() - at, 64) + 1)));
                break;
            case 4: {  // a piece of another one
                const Bytes other = pick();
                const std::size_t from = below(other.size() + 1);
                const std::size_t length = below(other.size() - from + 1);
                bytes.insert(place, other.begin() + static_cast<std::ptrdiff_t>(from),
                             other.begin() + static_cast<std::ptrdiff_t>(from + length));
                break;
            }
            default:
                bytes.resize(at);
        }
        if (bytes.size() > 1 << 16) bytes.resize(1 << 16);
    }

    const std::vector<Bytes>& corpus_;
    std::mt19937 random_{1};
};

}  // namespace

int main(int argc, char** argv) {
    unsigned long runs = 0;
    const std::string_view count = argc == 3 ? argv[2] : "";
    if (std::from_chars(count.data(), count.data() + count.size(), runs).ec != std::errc()) {
        std::cerr << "usage: " << argv[0] << " CORPUS_FOLDER RUNS\n";
        return 2;
    }
    const std::vector<Bytes> corpus = read_corpus(argv[1]);
    for (const Bytes& bytes : corpus) LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    Mutator mutator(corpus);
    for (unsigned long run = 0; run < runs; ++run) {
        const Bytes bytes = mutator.next();
        // Where a crash leaves its input.
        if (std::getenv("BIAOD_FUZZ_KEEP")) {
            std::ofstream(std::getenv("BIAOD_FUZZ_KEEP"), std::ios::binary)
                .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        }
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    }
    std::cout << corpus.size() << " inputs of the corpus and " << runs << " made from them\n";
    return 0;
}
