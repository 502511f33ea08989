#!/usr/bin/env python3
"""Runs a Kairos node and the reference against each other through I2P's SAM bridge and through a Tor network.

    hidden.py --reference DIR --distribution DIR --bundle JAR [--only TEXT]

I2P is a bridge of our own (sam.py), which both ends speak to as they would to a router. Tor is Debian's, in a network of its own on
loopback (tor.py); the reference is a plain TCP interface behind an onion service, or in front of one. Each row in both directions: an
announce, packets of message size with proofs, a link, 100 kB up and down. The exit status is 0 only if all passed.
"""

import argparse
import atexit
import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from checks import Trial, expect, link, packet
from control import PeerFailure
from media import FurtherNode
from nodes import LOOPBACK, Interface, ReferenceNode, Setup, free_port
from sam import Bridge
from shared import Place
from tor import Controller, Relay, TorNetwork

RUNNING = []
SIZE = 100_000
PATIENCE = 120


@dataclass
class Hidden(Interface):
    """An interface in the words of whoever has it: lines of the reference, or PID and settings of Kairos."""

    lines: list = field(default_factory=list)
    pid: str = ""


class HiddenReference(ReferenceNode):
    bridge = 0

    @staticmethod
    def lines_of(interface):
        return interface.lines if isinstance(interface, Hidden) else ReferenceNode.lines_of(interface)

    def environment(self):
        return {**super().environment(), "I2P_SAM_ADDRESS": "%s:%d" % (LOOPBACK, self.bridge)}


class HiddenKairos(FurtherNode):
    def prepare(self):
        """The transport is in the distribution, but installed by whoever wants it: here at the start."""
        pids = [interface.pid for interface in self.interfaces if isinstance(interface, Hidden)]
        self.features = self.features or ["-".join(["kairos", *pid.split(".")[2:4]]) for pid in pids]
        super().prepare()

    def write(self, interface):
        if not isinstance(interface, Hidden):
            super().write(interface)
            return
        file = self.home / "etc" / ("%s-%s.cfg" % (interface.pid, interface.name))
        file.write_text("\n".join(["interface.name = " + interface.name, *interface.lines]) + "\n")


class ServingKairos(HiddenKairos):
    """It serves programs of this machine too, such as rnstatus."""

    def prepare(self):
        super().prepare()
        self.place = Place(self.folder / "place", self.setup, False, False)
        self.place.write_config(daemon=False)
        lines = ["interface.name = programs", "instance.name = " + self.place.instance]
        lines += ["reticulum.folder = %s" % self.place.folder]
        (self.home / "etc" / "io.kairos.transport.local-programs.cfg").write_text("\n".join(lines) + "\n")

    def tells_of_i2p(self):
        """What the reference's rnstatus prints of the interface and its tunnels."""
        text = self.place.tool("rnstatus", "-a")
        wanted = ["I2P       : Tunnel Active"]  # an interface that cannot be called is not shown
        if any("connectable" in line for line in self.interfaces[0].lines):
            wanted += ["I2PInterface[", "I2P B32   : ", ".b32.i2p", "Peers     : 1 connected I2P endpoint"]
        missing = [each for each in wanted if each not in text]
        if missing:
            raise AssertionError("rnstatus does not print %s but %s" % (missing, text))
        return ", ".join(line.strip() for line in text.splitlines() if re.match(" +(I2P|Peers) .*: ", line))


def reference(setup, folder, *lines, bridge=0):
    node = HiddenReference("r", folder / "r", [Hidden("hidden", lines=list(lines))], False, setup)
    node.bridge = bridge
    return node


def kairos(setup, folder, pid, *lines):
    kind = ServingKairos if pid.endswith(".i2p") else HiddenKairos
    return kind("k", folder / "k", [Hidden("hidden", lines=list(lines), pid=pid)], False, setup)


def start(node):
    RUNNING.append(node)
    node.start()
    node.connect()
    return node


def stop_all():
    for thing in reversed(RUNNING):
        thing.stop() if hasattr(thing, "stop") else thing.close()
    RUNNING.clear()


def keep(thing):
    RUNNING.append(thing)
    return thing


# ---- rows: each gives the two ends ----


def i2p_kairos_called(setup, folder):
    bridge = keep(Bridge())
    node = start(kairos(setup, folder, "io.kairos.transport.i2p", "connectable = true", "bridge.port = %d" % bridge.port))
    name = bridge.wait_for_name(PATIENCE)
    return start(reference(setup, folder, "type = I2PInterface", "peers = " + name, bridge=bridge.port)), node


def i2p_reference_called(setup, folder):
    bridge = keep(Bridge())
    node = start(reference(setup, folder, "type = I2PInterface", "connectable = yes", bridge=bridge.port))
    name = bridge.wait_for_name(PATIENCE)
    settings = ["peers = " + name, "bridge.port = %d" % bridge.port]
    return node, start(kairos(setup, folder, "io.kairos.transport.i2p", *settings))


def tor_kairos_calls(setup, folder):
    network = keep(TorNetwork(folder / "tor"))
    port = free_port()
    lines = ["type = TCPServerInterface", "listen_ip = " + LOOPBACK, "listen_port = %d" % port]
    node = start(reference(setup, folder, *lines))
    network.wait()
    host = keep(Controller(network)).publish(port)
    settings = ["target.host = " + host, "proxy.port = %d" % network.socks]
    return node, start(kairos(setup, folder, "io.kairos.transport.tor.client", *settings))


def tor_kairos_called(setup, folder):
    network = keep(TorNetwork(folder / "tor"))
    network.wait()
    controller = keep(Controller(network))
    node = start(kairos(setup, folder, "io.kairos.transport.tor.server", "control.port = %d" % network.control))
    relay = keep(Relay(network, controller.wait_for_any(), 4242))
    lines = ["type = TCPClientInterface", "target_host = " + LOOPBACK, "target_port = %d" % relay.port]
    return start(reference(setup, folder, *lines)), node


ROWS = [
    ("I2P: R calls, K is called", i2p_kairos_called),
    ("I2P: K calls, R is called", i2p_reference_called),
    ("Tor: K calls, R behind an onion service", tor_kairos_calls),
    ("Tor: R calls, K is an onion service", tor_kairos_called),
]


def hear(trial):
    """An announce, again and again until the way is open."""
    deadline = time.time() + PATIENCE
    while True:
        trial.target.call("announce", destination=trial.address, appData="hidden")
        answer = trial.initiator.call("waitPath", destination=trial.address, timeout=10)
        if answer["found"]:
            expect("hops", answer["hops"], trial.hops)
            return "%d hops" % answer["hops"]
        if time.time() > deadline:
            raise AssertionError("no announce was heard")


def checks(trial):
    yield "announce", lambda: hear(trial)
    yield "packet + proof", lambda: packet(trial)
    yield "link", lambda: link(trial)
    yield "100 kB up", lambda: "%.1f s" % trial.resource("resource", SIZE, 90)
    yield "100 kB down", lambda: "%.1f s" % trial.resource("fetch", SIZE, 90)


def run(name, build, setup, folder):
    print(name, flush=True)
    passed = True
    try:
        ends = build(setup, folder)
        for way, initiator, target in (("R to K", *ends), ("K to R", *reversed(ends))):
            trial = Trial(initiator, target, SimpleNamespace(hops=1, code=None), setup)
            trial.address = target.call("open", name=trial.name, ratchets=True)["destination"]
            for check, attempt in checks(trial):
                try:
                    print("    ok   %s, %-15s %s" % (way, check, attempt()), flush=True)
                except (PeerFailure, AssertionError) as problem:
                    passed = False
                    print("    FAIL %s, %-15s %s" % (way, check, problem), flush=True)
        for node in ends:
            if isinstance(node, ServingKairos):
                print("    ok   rnstatus prints %s" % node.tells_of_i2p(), flush=True)
    except (PeerFailure, AssertionError, OSError) as problem:
        passed = False
        print("    FAIL start %s" % problem, flush=True)
    finally:
        stop_all()
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="checkout of the reference implementation")
    parser.add_argument("--distribution", type=Path, required=True, help="unpacked Kairos distribution")
    parser.add_argument("--bundle", type=Path, required=True, help="jar of the control bundle")
    parser.add_argument("--python", default=sys.executable, help="Python for the reference")
    parser.add_argument("--only", default="", help="run rows whose name contains this")
    parser.add_argument("--loglevel", type=int, default=3, help="log level of the reference, 0 to 8")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="kairos-hidden-"))
    setup = Setup(
        reference=options.reference.resolve(),
        python=options.python,
        distribution=options.distribution.resolve(),
        bundle=options.bundle.resolve(),
        work=work,
        loglevel=options.loglevel,
    )
    atexit.register(stop_all)
    rows = [row for row in ROWS if options.only in row[0]]
    failed = [name for number, (name, build) in enumerate(rows) if not run(name, build, setup, work / str(number))]
    print("%d of %d rows passed" % (len(rows) - len(failed), len(rows)))
    if failed or not rows:
        print("logs below %s" % work)
        return 1
    shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
