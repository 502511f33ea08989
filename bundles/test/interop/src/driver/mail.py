"""An LXMF program for programs.py: sends and receives messages as its input says, and tells what happens.

    mail.py --config RETICULUM --storage FOLDER

Input, one line each: `send direct|opportunistic|propagated ADDRESS TEXT`, `through ADDRESS` (of a propagation node), `sync`,
`announce`, `path ADDRESS`. Output: one JSON object a line.
"""

import argparse
import json
import os
import sys
import threading

import LXMF
import RNS

METHODS = {
    "direct": LXMF.LXMessage.DIRECT,
    "opportunistic": LXMF.LXMessage.OPPORTUNISTIC,
    "propagated": LXMF.LXMessage.PROPAGATED,
}
STATES = {
    LXMF.LXMessage.DELIVERED: "delivered",
    LXMF.LXMessage.SENT: "sent",
    LXMF.LXMessage.FAILED: "failed",
    LXMF.LXMessage.REJECTED: "rejected",
}
LOCK = threading.Lock()


def tell(**event):
    with LOCK:
        print(json.dumps(event), flush=True)


class Program:
    def __init__(self, config, storage):
        os.makedirs(storage, exist_ok=True)
        self.reticulum = RNS.Reticulum(configdir=config)
        file = os.path.join(storage, "identity")
        self.identity = RNS.Identity.from_file(file) if os.path.exists(file) else RNS.Identity()
        self.identity.to_file(file)
        self.router = LXMF.LXMRouter(storagepath=storage)
        self.router.register_delivery_callback(self.received)
        self.source = self.router.register_delivery_identity(self.identity, display_name="Interop")

    def received(self, message):
        method = {value: name for name, value in METHODS.items()}.get(message.method, str(message.method))
        tell(
            event="received",
            text=message.content_as_string(),
            method=method,
            source=message.source_hash.hex(),
            valid=message.signature_validated,
        )

    def concluded(self, message):
        tell(event="concluded", text=message.content_as_string(), state=STATES.get(message.state, message.state))

    def send(self, method, address, text):
        wanted = bytes.fromhex(address)
        identity = RNS.Identity.recall(wanted)
        if identity is None:
            tell(event="concluded", text=text, state="unknown")
            return
        to = RNS.Destination(identity, RNS.Destination.OUT, RNS.Destination.SINGLE, "lxmf", "delivery")
        message = LXMF.LXMessage(to, self.source, text, "interop", desired_method=METHODS[method])
        message.register_delivery_callback(self.concluded)
        message.register_failed_callback(self.concluded)
        self.router.handle_outbound(message)

    def sync(self):
        self.router.request_messages_from_propagation_node(self.identity)

    def path(self, address):
        wanted = bytes.fromhex(address)
        if not RNS.Transport.has_path(wanted) or RNS.Identity.recall(wanted) is None:
            RNS.Transport.request_path(wanted)
        known = RNS.Transport.has_path(wanted) and RNS.Identity.recall(wanted) is not None
        tell(event="path", address=address, known=known)

    def obey(self, line):
        word, _, rest = line.strip().partition(" ")
        if word == "send":
            self.send(*rest.split(" ", 2))
        elif word == "through":
            self.router.set_outbound_propagation_node(bytes.fromhex(rest))
        elif word == "sync":
            self.sync()
        elif word == "announce":
            self.router.announce(self.source.hash)
        elif word == "path":
            self.path(rest)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", required=True)
    parser.add_argument("--storage", required=True)
    options = parser.parse_args()
    program = Program(options.config, options.storage)
    tell(event="ready", address=program.source.hash.hex())
    # Not sys.stdin: LXMF forks for its proof of work, and a child that closes sys.stdin waits for whoever reads from it.
    with open(os.dup(sys.stdin.fileno())) as commands:
        for line in commands:
            program.obey(line)


if __name__ == "__main__":
    main()
