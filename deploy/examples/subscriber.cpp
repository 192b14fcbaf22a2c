// A consumer of biaod's bus to copy: prints each record's id and status, once, in order, over restarts of both sides.
//
//   subscriber PULL PUBLISH NAME [SERVER.public OWN.secret]
//
// Build: g++ -std=c++20 subscriber.cpp -I/usr/include/biaod -lbiaod_client -lzmq
#include <cstdlib>
#include <iostream>
#include <string>

#include "queue/bus_client.hpp"
#include "queue/bus_keys.hpp"

using biaod::queue::BusClient;
using biaod::queue::BusEvent;

namespace {

// Stands for your database: what it has stored, and the number of the last message, change together.
struct Storage {
    std::uint64_t through = 0;
    void store(const biaod::queue::Message& message) {
        std::cout << message.sequence << ' ' << message.topic << ' ' << message.meta << std::endl;
        through = message.sequence;
    }
};

bool take_keys(char** files, biaod::queue::BusClientOptions& options) {
    const auto server = biaod::queue::read_public(files[0]);
    const auto own = biaod::queue::read_secret(files[1]);
    if (!server || !own) return false;
    options.server_key = *server;
    options.public_key = own->public_key;
    options.secret_key = own->secret_key;
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4 && argc != 6) {
        std::cerr << "usage: subscriber PULL PUBLISH NAME [SERVER.public OWN.secret]\n";
        return 2;
    }
    biaod::queue::BusClientOptions options;
    options.pull = argv[1];
    options.publish = argv[2];
    options.name = argv[3];
    if (argc == 6 && !take_keys(argv + 4, options)) {
        std::cerr << "subscriber: the keys cannot be read\n";
        return 2;
    }
    const auto client = BusClient::connect(options);
    if (!client) {
        std::cerr << "subscriber: " << client.error().reason << '\n';
        return 1;
    }
    Storage storage;
    for (;;) {
        const BusEvent event = (*client)->next(1000);
        switch (event.kind) {
            case BusEvent::Kind::none:
                break;
            case BusEvent::Kind::message:
                // It may come again after a crash between the two lines below: what is stored is dropped.
                if (event.message.sequence > storage.through) storage.store(event.message);
                (*client)->acknowledge(event.message.sequence);
                break;
            case BusEvent::Kind::gone:
                std::cerr << "messages " << event.from << " to " << event.until << " are no longer kept\n";
                break;
            case BusEvent::Kind::stream_changed:
                storage.through = 0;  // another journal: its numbers start anew
                break;
            case BusEvent::Kind::fenced:
            case BusEvent::Kind::denied:
                std::cerr << "subscriber: " << event.detail << '\n';
                return 1;
        }
    }
}
