// A configuration file of any content is read, or refused with a sentence that names the file.
#include "daemon/config.hpp"
#include "tests/fuzz/input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace biaod;
    const auto config = daemon::read_config(tests::FuzzInput(data, size).rest(), "/etc/biaod/biaod.toml");
    if (!config) {
        tests::require(config.error().kind == models::ErrorKind::config, "another kind of error");
        tests::require(config.error().reason.starts_with("/etc/biaod/biaod.toml"), "the file is not named");
    } else {
        tests::require(config->limits.pages > 0 && config->retry.deaths > 0, "a limit out of its range");
    }
    return 0;
}
