// biaod keygen: a key pair for the bus.
#include <iostream>

#include "daemon/cli/command_line.hpp"
#include "queue/bus_keys.hpp"

namespace biaod::daemon {
namespace {

int keygen(const std::string& name) {
    const auto keys = queue::make_keys();
    if (!keys) return complain(keys.error());
    if (auto written = queue::write_keys(*keys, name); !written) return complain(written.error());
    std::cout << keys->public_key << '\n';
    std::cerr << "biaod: wrote " << name << ".secret (keep it) and " << name << ".public\n";
    return exit_done;
}

}  // namespace

void add_keygen(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("keygen", "makes a key pair for the bus; prints the public key");
    const auto name = std::make_shared<std::string>();
    command->add_option("name", *name, "writes NAME.secret and NAME.public")->required()->type_name("NAME");
    command->callback([&chosen, name] { chosen = [name] { return keygen(*name); }; });
}

}  // namespace biaod::daemon
