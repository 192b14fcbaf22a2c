#!/usr/bin/env python3
"""A consumer of biaod's bus to copy: prints each record's id and status, once, in order, over restarts of both sides.

    subscriber.py PULL PUBLISH NAME [SERVER.public OWN.secret]

Needs Debian's python3-zmq. The frames are described in queue/bus_protocol.hpp.
"""
import struct
import sys

import zmq


def number(value):
    return struct.pack(">Q", value)


def value_of(frame):
    return struct.unpack(">Q", frame)[0]


def key(path, word):
    with open(path, encoding="ascii") as file:
        return dict(line.split() for line in file)[word].encode()


class Bus:
    """A durable session. next() gives messages without a gap; acknowledge() says that one is stored."""

    def __init__(self, pull, publish, name, keys=None):
        self.pull, self.publish, self.name, self.keys = pull, publish, name.encode(), keys
        self.context = zmq.Context()
        self.stream, self.epoch, self.through, self.head, self.session = b"", 0, 0, 0, False
        self.live = self.connect(zmq.SUB, publish)
        self.live.setsockopt(zmq.SUBSCRIBE, b"")
        self.asking = self.connect(zmq.DEALER, pull)

    def connect(self, kind, endpoint):
        socket = self.context.socket(kind)
        socket.setsockopt(zmq.LINGER, 0)
        if self.keys:
            socket.curve_serverkey, socket.curve_publickey, socket.curve_secretkey = self.keys
        socket.connect(endpoint)
        return socket

    def ask(self, *frames):
        """All frames of the answer's messages; None when the server is silent: the next request uses a new socket."""
        self.asking.send_multipart(frames)
        answers = []
        while self.asking.poll(5000):
            answers.append(self.asking.recv_multipart())
            if answers[-1][0] != b"RECORD":
                return answers
        self.asking.close()
        self.asking = self.connect(zmq.DEALER, self.pull)
        self.session = False
        return None

    def refused(self, error):
        code = error[1].decode()
        if code == "GONE":
            first = value_of(error[3])
            print(f"messages {self.through + 1} to {first - 1} are no longer kept", file=sys.stderr)
            self.through = first - 1
        elif code == "STREAM_CHANGED":
            self.stream, self.epoch, self.through, self.session = b"", 0, 0, False
        elif code == "DENIED" and self.session:
            self.session = False  # the server was restarted: greet it again
        elif code != "BUSY":
            sys.exit(f"subscriber: {code}: {error[2].decode()}")

    def hello(self):
        answer = self.ask(b"HELLO", self.name, b"", self.stream, number(self.epoch))
        if answer is None:
            return
        if answer[0][0] != b"WELCOME":
            self.refused(answer[0])
            return
        _, self.stream, _, head, acked, epoch = answer[0]
        self.head, self.epoch, self.session = value_of(head), value_of(epoch), True
        self.through = max(self.through, value_of(acked))

    def messages(self):
        """The messages that are there now: (sequence, topic, meta, body)."""
        if not self.session:
            self.hello()
        if not self.session:
            return
        if self.through >= self.head:
            # The live socket is the doorbell; a head message each second shows what was missed.
            if self.live.poll(1000):
                topic, stream, sequence, _, _ = self.live.recv_multipart()
                if stream == self.stream:
                    self.head = max(self.head, value_of(sequence))
                else:
                    self.session = False
            return
        for answer in self.ask(b"FETCH", number(self.through + 1), number(100), number(4 << 20)) or []:
            if answer[0] == b"RECORD":
                _, topic, _, sequence, meta, body = answer
                yield value_of(sequence), topic.decode(), meta.decode(), body.decode()
            elif answer[0] == b"END":
                self.through, self.head = max(self.through, value_of(answer[1])), value_of(answer[2])
            else:
                self.refused(answer)

    def acknowledge(self, sequence):
        self.through = max(self.through, sequence)
        answer = self.ask(b"ACK", number(sequence), number(self.epoch)) if self.session else None
        if answer and answer[0][0] == b"ERROR":
            self.refused(answer[0])


def main():
    if len(sys.argv) not in (4, 6):
        sys.exit(__doc__)
    keys = None
    if len(sys.argv) == 6:
        keys = key(sys.argv[4], "public"), key(sys.argv[5], "public"), key(sys.argv[5], "secret")
    bus = Bus(*sys.argv[1:4], keys=keys)
    stored = 0  # stands for your database, which remembers the number with what it stores
    while True:
        for sequence, topic, meta, _body in list(bus.messages()):
            if sequence > stored:  # it may come again
                print(sequence, topic, meta, flush=True)
                stored = sequence
            bus.acknowledge(sequence)


if __name__ == "__main__":
    main()
