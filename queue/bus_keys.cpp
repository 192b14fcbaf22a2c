#include "queue/bus_keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <sstream>

#include "queue/bus_protocol.hpp"
#include "queue/fd.hpp"
#include "queue/file_layer.hpp"
#include "queue/system.hpp"

namespace biaod::queue {

using models::ErrorKind;
using models::Result;

namespace {

constexpr std::size_t key_characters = 40;
constexpr std::size_t key_bytes = 32;

tl::unexpected<models::Error> unusable(const std::string& what) { return models::fail(ErrorKind::config, "bus", what); }

bool is_key(const std::string& text) {
    std::array<std::uint8_t, key_bytes> bytes{};
    return text.size() == key_characters && text.find_first_of(" \t") == std::string::npos &&
           zmq_z85_decode(bytes.data(), text.c_str()) != nullptr;
}

Result<std::string> content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file.is_open() || file.bad()) return unusable("the file " + path + " cannot be read");
    return text;
}

// The value of the line "WORD VALUE".
std::string value_of(const std::string& text, const std::string& word) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(word + " ")) return line.substr(word.size() + 1);
    }
    return {};
}

Result<void> write_new(const std::string& path, mode_t mode, const std::string& text) {
    const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!file && errno == EEXIST) return unusable(path + " exists already");
    if (!file) return tl::unexpected(system_error("bus", "write " + path));
    if (auto written = system_files().write_all(file.get(), text); !written) return written;
    return system_files().sync(file.get());
}

}  // namespace

Result<KeyPair> make_keys() {
    std::array<char, key_characters + 1> public_key{}, secret_key{};
    if (zmq_curve_keypair(public_key.data(), secret_key.data()) != 0) {
        return unusable("ZeroMQ was built without CURVE");
    }
    return KeyPair{public_key.data(), secret_key.data()};
}

Result<void> write_keys(const KeyPair& keys, const std::string& name) {
    const std::string open_part = "public " + keys.public_key + "\n";
    if (auto put = write_new(name + ".secret", 0600, open_part + "secret " + keys.secret_key + "\n"); !put) return put;
    return write_new(name + ".public", 0644, open_part);
}

Result<KeyPair> read_secret(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IWGRP | S_IRWXO)) != 0) {
        return unusable("the secret key " + path + " is open to others: chmod 600 it");
    }
    const auto text = content_of(path);
    if (!text) return tl::unexpected(text.error());
    const KeyPair keys{value_of(*text, "public"), value_of(*text, "secret")};
    if (!is_key(keys.public_key) || !is_key(keys.secret_key))
        return unusable(path + " is no secret key of biaod keygen");
    return keys;
}

Result<std::string> read_public(const std::string& path) {
    const auto text = content_of(path);
    if (!text) return text;
    const std::string key = value_of(*text, "public");
    if (!is_key(key)) return unusable(path + " is no public key of biaod keygen");
    return key;
}

Result<Consumers> Consumers::parse(std::string_view text) {
    Consumers consumers;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        std::istringstream words(line);
        std::string key;
        if (!(words >> key) || key == "#") continue;
        if (!is_key(key)) return unusable("line " + std::to_string(number) + ": '" + key + "' is no public key");
        consumers.allow(key, "");
        for (std::string name; words >> name && name != "#";) {
            if (name.size() > name_at_most_bytes)
                return unusable("line " + std::to_string(number) + ": a name too long");
            consumers.allow(key, name);
        }
    }
    return consumers;
}

Result<Consumers> Consumers::read(const std::string& path) {
    const auto text = content_of(path);
    if (!text) return tl::unexpected(text.error());
    auto consumers = parse(*text);
    if (!consumers) return unusable(path + ", " + consumers.error().reason);
    return consumers;
}

void Consumers::allow(const std::string& public_key, const std::string& name) { names_[public_key].insert(name); }

bool Consumers::may(const std::string& public_key, const std::string& name) const {
    const auto found = names_.find(public_key);
    return found != names_.end() && (found->second.contains(name) || found->second.contains("*"));
}

Frames answer_zap(const Frames& request, const Consumers& consumers) {
    // version, request id, domain, address, identity, mechanism, key
    const bool understood = request.size() == 7 && request[0] == "1.0" && request[5] == "CURVE";
    std::string key;
    if (understood && request[6].size() == key_bytes) {
        std::array<char, key_characters + 1> text{};
        zmq_z85_encode(text.data(), reinterpret_cast<const std::uint8_t*>(request[6].data()), key_bytes);
        key = text.data();
    }
    const std::string id = request.size() > 1 ? request[1] : "";
    if (key.empty() || !consumers.knows(key)) return {"1.0", id, "400", "not a key of this bus", "", ""};
    return {"1.0", id, "200", "", key, ""};
}

}  // namespace biaod::queue
