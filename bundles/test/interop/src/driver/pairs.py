#!/usr/bin/env python3
"""Joins every two unlike media by a Kairos node, with the reference implementation at one end and a Kairos node at the other.

    pairs.py --reference DIR --distribution DIR --bundle JAR --radios CLASSPATH [--python PYTHON] [--only TEXT] [--speed NUMBER]

R - first medium - K - second medium - K. Where the reference has neither medium it is connected over TCP, before one node more. In
each row: an announce, packets of 1 and 383 bytes with proofs and a link in both directions, and 100 kB up and down. The nodes run on;
their interfaces come and go with the rows. The exit status is 0 only if every check of every row passed.
"""

import argparse
import itertools
import shutil
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import checks
from control import PeerFailure
from hidden import PATIENCE, Hidden, HiddenKairos, HiddenReference, hear
from media import RESOURCE_BYTES, Way, packets
from nodes import HERE, LOOPBACK, Interface, Setup, free_port
from ports import BITRATE, Cable
from radios import TUNED, start_radios
from sam import Bridge
from sticks import settings, wait_until
from web import SECRET, certificate, start_nginx

LINK = HERE.parents[4] / "plugins-sdk/examples/no-java/link.py"
NUMBERS = itertools.count()


class SwitchedNode(HiddenKairos):
    """A node whose interfaces come and go while it runs."""

    features = ["kairos-transport-" + name for name in ("rnode", "i2p", "serial", "pipe", "websocket", "sneakernet")]

    def plug(self, interface):
        interface.name = "wire%d" % next(NUMBERS)
        self.interfaces.append(interface)
        self.write(interface)

    def unplug(self):
        for interface in self.interfaces:
            for file in (self.home / "etc").glob("*-%s.cfg" % interface.name):
                file.unlink()
        self.interfaces.clear()
        wait_until(30, "the interfaces of %s to go" % self.name, lambda: not self.call("status")["interfaces"])

    def wait_until_up(self, deadline):
        names = {interface.name for interface in self.interfaces}

        def all_up():
            return names <= {interface["name"] for interface in self.call("status")["interfaces"] if interface["up"]}

        wait_until(deadline - time.time(), "the interfaces of " + self.name, all_up)


# ---- media: each gives the interface of the Kairos node that is there first, then that of whoever is at the far end ----


@dataclass
class Site:
    """Where a medium is set up, and whose words its far end speaks."""

    folder: Path
    far: type
    options: object
    things: ExitStack


def spoken(who, kind, *lines):
    """An interface in the words of whoever has it."""
    if who is HiddenReference:
        return Hidden(kind, lines=["type = " + {"i2p": "I2PInterface", "pipe": "PipeInterface"}[kind], *lines])
    return Hidden(kind, pid="io.kairos.transport." + kind, lines=list(lines))


def end_radios(radios):
    radios.stdin.close()
    radios.wait(10)


def rnode(site):
    devices = [str(site.folder / name) for name in ("near", "far")]
    radios = start_radios(site.options, ["--speed", str(site.options.speed), *("pty:" + device for device in devices)])
    site.things.callback(end_radios, radios)
    time.sleep(1)
    for device in devices:
        yield Interface("rnode", device=device, radio=TUNED)


def i2p(site):
    bridge = Bridge()
    site.things.callback(bridge.close)
    port = "bridge.port = %d" % bridge.port
    yield spoken(SwitchedNode, "i2p", "connectable = true", port)
    lines = ["peers = " + bridge.wait_for_name(PATIENCE)]
    far = spoken(site.far, "i2p", *lines, *([] if site.far is HiddenReference else [port]))
    far.port = bridge.port
    yield far


def serial(site):
    cable = Cable(site.folder / "cable")
    site.things.callback(cable.stop)
    for device in cable.ends:
        yield Interface("serial", device=device, bitrate=BITRATE)


def pipe(site):
    ports = free_port(), free_port()
    for who, own, other in ((SwitchedNode, *ports), (site.far, *reversed(ports))):
        program = (sys.executable, LINK, own, LOOPBACK, other)
        yield spoken(who, "pipe", "command = %s %s --listen %d --peer %s:%d" % program)


def websocket(site):
    https_port, node_port = free_port(), free_port()
    certificate(site.folder)
    nginx = start_nginx(site.folder, https_port, node_port)
    site.things.callback(nginx.wait, 10)
    site.things.callback(nginx.terminate)
    yield spoken(SwitchedNode, "websocket.server", "listen.port = %d" % node_port, "secret.path = " + SECRET)
    yield spoken(
        site.far,
        "websocket.client",
        "peer.url = wss://localhost:%d%s" % (https_port, SECRET),
        "certificate.file = %s" % (site.folder / "certificate.pem"),
        "reconnect.delay.seconds = 1",
    )


def sneakernet(site):
    (site.folder / "kairos").mkdir()
    for who in (SwitchedNode, site.far):
        yield spoken(who, "sneakernet", *settings(site.folder, links=True))


def tcp(_site):
    port = free_port()
    yield Interface("tcp-server", port=port)
    yield Interface("tcp-client", peer_port=port)


MEDIA = {"RNode": rnode, "I2P": i2p, "serial": serial, "pipe": pipe, "WebSocket": websocket, "sneakernet": sneakernet}
ONLY_KAIROS = ("WebSocket", "sneakernet")


# ---- rows ----


def up(trial):
    return "%.1f s" % trial.resource("resource", RESOURCE_BYTES, 400)


def down(trial):
    return "%.1f s" % trial.resource("fetch", RESOURCE_BYTES, 400)


BACK = [("announce", hear), ("packet + proof", packets), ("link", checks.link)]
FORTH = BACK + [("100 kB up", up), ("100 kB down", down)]
COUNT = len(FORTH) + len(BACK)


class Row:
    """A row of the table."""

    def __init__(self, first, second):
        self.media = (first, second)
        self.wires = [tcp] if first in ONLY_KAIROS else []
        self.wires += [MEDIA[first], MEDIA[second]]
        near = "R - TCP - K" if first in ONLY_KAIROS else "R"
        self.name = "%s - %s - K - %s - K" % (near, first, second)
        self.cells = {name: [] for name, _ in FORTH}
        self.passed = 0

    def attempt(self, way, name, check, trial):
        try:
            text = check(trial)
            self.passed += 1
        except (PeerFailure, AssertionError) as problem:
            print("    FAIL %s, %s, %s: %s" % (self.name, way, name, problem), flush=True)
            text = "**failed**"
        self.cells[name].append(text)

    def __str__(self):
        cells = [", back ".join(texts) or "–" for texts in self.cells.values()]
        return "| %s | %d of %d | %s |" % (self.name, self.passed, COUNT, " | ".join(cells))


def join(row, chain, folder, options, setup, things):
    """Sets the media up, plugs the nodes in; gives the reference at the near end."""
    for number, wire in enumerate(row.wires):
        site = Site(folder / str(number), HiddenReference if number == 0 else SwitchedNode, options, things)
        site.folder.mkdir(parents=True)
        ends = wire(site)
        chain[max(number - 1, 0)].plug(next(ends))
        far = next(ends)
        if number > 0:
            chain[number].plug(far)
            continue
        reference = HiddenReference("r", folder / "r", [far], False, setup)
        reference.bridge = far.port
    for node in chain:
        things.callback(node.unplug)
    things.callback(reference.stop)
    reference.start()
    reference.connect()
    for node in (*chain, reference):
        node.wait_until_up(time.time() + 60)
    return reference


def run(row, chain, folder, options, setup):
    try:
        with ExitStack() as things:
            reference = join(row, chain, folder, options, setup, things)
            for way, initiator, target, tried in (
                ("forth", reference, chain[-1], FORTH),
                ("back", chain[-1], reference, BACK),
            ):
                trial = checks.Trial(initiator, target, Way(len(row.wires)), setup)
                trial.name = "kairos.pair%d" % next(NUMBERS)  # nodes remember those of earlier rows
                trial.address = target.call("open", name=trial.name, ratchets=True)["destination"]
                for name, check in tried:
                    row.attempt(way, name, check, trial)
            if row.passed < COUNT:
                tell(chain)
    except (PeerFailure, AssertionError, OSError) as problem:
        print("    FAIL %s: %s" % (row.name, problem), flush=True)
        tell(chain)
        row.passed = min(row.passed, COUNT - 1)
    print(row, flush=True)


def tell(chain):
    """What the nodes say of their interfaces."""
    for node in chain:
        for interface in node.call("status")["interfaces"] if node.is_alive() else []:
            print("         %s: %s" % (node.name, interface), flush=True)


def start(names, folder, setup, running):
    """Fresh nodes, the last of which does not forward."""
    nodes = {name: SwitchedNode(name, folder / name, [], name != "end", setup) for name in names}
    for node in nodes.values():
        running.callback(node.stop)
        node.start()
    for node in nodes.values():
        node.connect()
    return nodes


def run_all(rows, options, setup):
    with ExitStack() as running:
        nodes = {}
        for number, row in enumerate(rows):
            folder = setup.work / str(number)
            wanted = ["middle", "second", "end"] if len(row.wires) == 3 else ["middle", "end"]
            missing = [name for name in wanted if name not in nodes]
            nodes.update(start(missing, folder, setup, running))
            run(row, [nodes[name] for name in wanted], folder, options, setup)
            if row.passed < COUNT:  # who knows what is left in them
                running.close()
                nodes.clear()


def table(rows):
    names = ["row", "checks passed", *(name for name, _ in FORTH)]
    return "\n".join(["| %s |" % " | ".join(names), "|---" * len(names) + "|", *map(str, rows)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="checkout of the reference implementation")
    parser.add_argument("--distribution", type=Path, required=True, help="unpacked Kairos distribution")
    parser.add_argument("--bundle", type=Path, required=True, help="jar of the control bundle")
    parser.add_argument("--radios", required=True, help="class path of the simulated radios")
    parser.add_argument("--python", default=sys.executable, help="Python for the reference; it needs pyserial")
    parser.add_argument("--only", default="", help="pairs that contain one of these media; several with commas")
    parser.add_argument("--skip", default="", help="leave out pairs that contain one of these")
    parser.add_argument("--turned", action="store_true", help="each pair the other way round")
    parser.add_argument("--speed", type=float, default=1, help="how many seconds of radio pass in one")
    parser.add_argument("--work", type=Path, help="folder for configurations and logs, which stay")
    parser.add_argument("--loglevel", type=int, default=3, help="log level of the reference, 0 to 8")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="kairos-pairs-"))
    setup = Setup(
        reference=options.reference.resolve(),
        python=options.python,
        distribution=options.distribution.resolve(),
        bundle=options.bundle.resolve(),
        work=work.resolve(),
        loglevel=options.loglevel,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    rows = [Row(*pair) for pair in itertools.combinations(reversed(MEDIA) if options.turned else MEDIA, 2)]
    rows = [row for row in rows if not options.only or set(options.only.split(",")) & set(row.media)]
    rows = [row for row in rows if not set(options.skip.split(",")) & set(row.media)]
    run_all(rows, options, setup)
    failed = [row for row in rows if row.passed < COUNT]
    print("\n%s\n\n%d of %d rows passed" % (table(rows), len(rows) - len(failed), len(rows)))
    if failed or not rows:
        print("logs below %s" % work)
        return 1
    if not options.work:
        shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
