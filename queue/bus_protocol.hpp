// The frames of the bus. A client in another language needs this file and a ZeroMQ binding, nothing else.
//
// Integers are 8 bytes, big-endian, unsigned. Text is UTF-8 without a terminator. A stream id is 16 random bytes that
// change when the journal is made anew: sequence numbers of different streams have nothing to do with each other.
//
// PUB socket (live view and doorbell; a message may be lost, the sequence numbers tell):
//   topic | stream id | sequence | meta JSON | body JSON
// Topics: v1/record/<type>/, v1/failed/, and each second v1/head/ with the head as sequence, meta {} and body
// {"first": n, "head": n}, so that a lost last message shows.
//
// ROUTER socket (pulling; the client is a DEALER). One request, then its answer:
//   HELLO | name | filter | stream id or empty | epoch
//        A session begins. An empty name is an anonymous session: nothing is remembered, ACK is refused. The filter is
//        the beginning of a topic; empty takes all. The stream id is the one the client knows: when it is not ours the
//        answer is STREAM_CHANGED. Epoch 0 is a new session and fences any other of this name; the epoch of an
//        earlier WELCOME goes on with that session (after a lost connection or a restart of the server).
//     → WELCOME | stream id | first | head | acked | epoch
//   FETCH | from | max_n | max_bytes
//     → RECORD | topic | stream id | sequence | meta | body      (none or more; at most 1000 messages and about 16 MiB
//                                                                 an answer, but at least one message where there is
//                                                                 one)
//     → END | through | head     All that matches up to `through` was sent; go on from through + 1 while below head.
//   ACK | sequence | epoch
//     → ACKED | sequence         What is remembered now, on disk. Never goes back.
//   Any request may be answered by
//     → ERROR | code | detail text | first | head
//        GONE            `from` is before the oldest message that is kept (`first`)
//        STREAM_CHANGED  the journal is another one; start at its first message
//        FENCED          another session with this name has begun: stop
//        DENIED          not understood or not allowed; also FETCH or ACK without HELLO (the server was restarted, or
//                        the connection was lost for long): say HELLO again with the epoch
//        BUSY            the journal could not be read now: ask again later
//
// With CURVE keys the HELLO of a name that the peer's key may not take is DENIED, and a session belongs to the key that
// began it.
//
// Rejected: acknowledging through PUB/SUB; XPUB_NODROP (one stalled peer starves all); one socket per consumer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/error.hpp"

namespace biaod::queue {

inline constexpr std::size_t stream_id_bytes = 16;
inline constexpr std::uint64_t fetch_at_most_n = 1000;
inline constexpr std::uint64_t fetch_at_most_bytes = 16u << 20;
inline constexpr std::size_t inbound_at_most_bytes = 1u << 20;
inline constexpr std::size_t name_at_most_bytes = 128;

using Frames = std::vector<std::string>;

std::string integer_frame(std::uint64_t value);
std::optional<std::uint64_t> integer_of(std::string_view frame);  // nullopt when it is not 8 bytes

// ok: an ipc:// path or a tcp:// address; of this host only when the bus has no keys (bus_keys.hpp), because whoever
// reaches the socket then reads every record. Anything else is a config error.
models::Result<void> check_endpoint(const std::string& endpoint, bool has_keys);

}  // namespace biaod::queue
