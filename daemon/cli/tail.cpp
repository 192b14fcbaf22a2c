// biaod tail: follows the bus, one JSON text a line.
#include <signal.h>

#include <iostream>

#include "daemon/cli/command_line.hpp"
#include "daemon/log.hpp"
#include "queue/bus_client.hpp"
#include "queue/bus_keys.hpp"
#include "queue/bus_protocol.hpp"

namespace biaod::daemon {
namespace {

using queue::BusEvent;

struct TailOptions {
    std::string topic;
    std::string consumer;
    std::uint64_t from = 0;
    std::uint64_t count = 0;
    std::vector<std::string> endpoints;
    std::string config;
    std::string key, server_key;  // files
    bool meta = false;
};

volatile sig_atomic_t interrupted = 0;

void print(const queue::Message& message, bool meta) {
    if (meta) {
        std::cout << R"({"sequence":)" << message.sequence << R"(,"topic":")" << message.topic << R"(","meta":)"
                  << message.meta << R"(,"body":)" << message.body << "}\n";
    } else {
        std::cout << message.body << '\n';
    }
    std::cout.flush();
}

// A message is acknowledged after it was written: a consumer that dies in between sees it again.
int follow(queue::BusClient& client, const TailOptions& options) {
    std::uint64_t printed = 0;
    while (!interrupted && std::cout) {
        const BusEvent event = client.next(200);
        switch (event.kind) {
            case BusEvent::Kind::none:
                break;
            case BusEvent::Kind::message:
                print(event.message, options.meta);
                if (!options.consumer.empty() && std::cout) client.acknowledge(event.message.sequence);
                if (options.count > 0 && ++printed >= options.count) return exit_done;
                break;
            case BusEvent::Kind::gone:
                std::cerr << "biaod: messages " << event.from << " to " << event.until << " are no longer kept\n";
                break;
            case BusEvent::Kind::stream_changed:
                std::cerr << "biaod: the journal is another one now, starting with its first message\n";
                break;
            case BusEvent::Kind::fenced:
            case BusEvent::Kind::denied:
                std::cerr << "biaod: " << shown(event.detail) << '\n';
                return exit_input_failed;
        }
    }
    return exit_done;
}

models::Result<void> take_keys(const TailOptions& options, const std::string& server_secret,
                               queue::BusClientOptions& client) {
    const std::string own = options.key.empty() ? server_secret : options.key;
    if (own.empty()) return {};
    const auto keys = queue::read_secret(own);
    if (!keys) return tl::unexpected(keys.error());
    client.public_key = keys->public_key;
    client.secret_key = keys->secret_key;
    // Beside the server's configuration, its secret file tells its public key, too.
    const bool has_file = !options.server_key.empty();
    const auto secret = has_file ? models::Result<queue::KeyPair>(queue::KeyPair{}) : queue::read_secret(server_secret);
    const auto server = has_file ? queue::read_public(options.server_key)
                                 : secret.map([](const queue::KeyPair& pair) { return pair.public_key; });
    if (!server) return tl::unexpected(server.error());
    client.server_key = *server;
    return {};
}

int tail(const TailOptions& options) {
    queue::BusClientOptions client_options;
    std::string server_secret;
    if (options.endpoints.empty()) {
        const auto config = load_config(options.config);
        if (!config) return complain(config.error());
        client_options.pull = config->bus.pull;
        client_options.publish = config->bus.publish;
        server_secret = config->bus.secret;
    } else {
        client_options.pull = options.endpoints[0];
        client_options.publish = options.endpoints[1];
    }
    client_options.name = options.consumer;
    client_options.filter = options.topic;
    client_options.from = options.from;
    client_options.only_new = options.consumer.empty() && options.from == 0;
    if (auto taken = take_keys(options, server_secret, client_options); !taken) return complain(taken.error());
    const auto client = queue::BusClient::connect(client_options);
    if (!client) return complain(client.error());

    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = 1; };
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return follow(**client, options);
}

}  // namespace

void add_tail(CLI::App& app, ChosenCommand& chosen) {
    CLI::App* command = app.add_subcommand("tail", "follows the bus: one record or failure a line, as JSON");
    const auto options = std::make_shared<TailOptions>();
    command->add_option("--topic", options->topic, "beginning of the topics wanted, such as v1/record/ or v1/failed/");
    command->add_option("--consumer", options->consumer,
                        "a name under which biaod remembers what was delivered: go on where it ended");
    command->add_option("--from", options->from, "first sequence number wanted (1: all that is kept)")
        ->check(CLI::PositiveNumber);
    command->add_option("--count", options->count, "end after so many messages")->check(CLI::PositiveNumber);
    command
        ->add_option("--endpoint", options->endpoints,
                     "addresses for pulling and for live messages, instead of --config")
        ->expected(2)
        ->type_name("PULL PUBLISH");
    command->add_option("--key", options->key, "our secret key, for a bus with keys (biaod keygen)")->type_name("FILE");
    command->add_option("--server-key", options->server_key, "the bus's public key")->type_name("FILE");
    command->add_flag("--meta", options->meta, "print {sequence, topic, meta, body} instead of the body alone");
    add_config_option(*command, options->config);
    command->callback([&chosen, options] { chosen = [options] { return tail(*options); }; });
}

}  // namespace biaod::daemon
