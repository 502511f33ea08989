#!/usr/bin/env python3
"""Runs Kairos and the reference at the two ends of a serial cable: plain, as KISS modems, with AX.25 headers.

    ports.py --reference DIR [--distribution DIR --bundle JAR] [--only TEXT] [--work DIR]

The cable is a pair of pseudo-terminals. At each kind of interface an announce, packets with proofs up to the size of a
message, a link, and 100 kB in both directions cross it, once open and once closed by an access code; then the cable is pulled
and plugged in again. The exit status is 0 only if all passed.
"""

import argparse
import atexit
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from checks import Trial, announce, expect, link, packet
from control import PeerFailure
from nodes import HERE, Interface, KairosNode, ReferenceNode, Setup

CABLE = HERE.parents[2] / "kit/src/main/resources/io/kairos/test/kit/serial-cable.py"
CODE = ("interop net", "correct horse battery staple")
KINDS = ("serial", "kiss", "ax25")
AMOUNT = 100_000
BITRATE = 115_200  # what the cable could carry; without it the modems count on 1,200
STARTED = []


class Cable:
    """Two pseudo-terminals whose names stay the same however often they are plugged in."""

    def __init__(self, folder):
        folder.mkdir(parents=True)
        self.ends = [str(folder / "left"), str(folder / "right")]
        self.plug()

    def plug(self):
        command = [sys.executable, str(CABLE), *self.ends]
        self.program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.program.stdout.readline()

    def pull(self):
        self.program.stdin.close()
        self.program.wait(10)

    stop = pull


class SturdyNode(ReferenceNode):
    """The reference, which goes on when an interface fails."""

    def prepare(self):
        super().prepare()
        config = self.folder / "config"
        config.write_text(config.read_text().replace("panic_on_interface_error = yes", "panic_on_interface_error = no"))


class Wire:
    """What a trial wants to know of a topology."""

    hops = 1

    def __init__(self, code):
        self.code = code


def up(trial):
    return "%.1f s" % trial.resource("resource", AMOUNT, 120)


def down(trial):
    return "%.1f s" % trial.resource("fetch", AMOUNT, 120)


CHECKS = [("announce", announce), ("packet + proof", packet), ("link", link), ("100 kB up", up), ("100 kB down", down)]


def again(trial, nodes, cable):
    """Everybody has to notice that the cable was pulled, and to find it again."""
    cable.pull()
    deadline = time.time() + 20
    for node in nodes:
        while any(interface["up"] for interface in node.call("status")["interfaces"]):
            expect("noticed in time by " + node.name, time.time() < deadline, True)
            time.sleep(0.2)
    time.sleep(1)
    cable.plug()
    began = time.time()
    seconds = {}
    for node in sorted(nodes, key=lambda node: node.implementation):
        node.wait_until_up(time.time() + 20)
        seconds[node.implementation] = time.time() - began
    expect("packet", trial.initiator.call("packet", destination=trial.address, size=383, timeout=30)["status"], "DELIVERED")
    return ", ".join("%s up after %.1f s" % (name[0].upper(), value) for name, value in seconds.items())


def run(name, kinds, kind, code, setup, folder, failed):
    print(name, flush=True)
    cable = Cable(folder / "cable")
    STARTED.append(cable)
    nodes = []
    for node, label, device in zip(kinds, "ab", cable.ends):
        interface = Interface(kind, code=code, bitrate=BITRATE, device=device)
        nodes.append(node(label, folder / label, [interface], False, setup))

    def report(what, check):
        try:
            print("    ok   %-16s %s" % (what, check()), flush=True)
        except (PeerFailure, AssertionError) as problem:
            failed.append("%s, %s: %s" % (name, what, problem))
            print("    FAIL %-16s %s" % (what, problem), flush=True)

    def begin():
        for node in nodes:
            STARTED.append(node)
            node.start()
        for node in nodes:
            node.connect()
            node.wait_until_up(time.time() + 40)
        time.sleep(1)
        return "up"

    report("start", begin)
    if not any(line.startswith(name) for line in failed):
        trial = Trial(nodes[0], nodes[1], Wire(code), setup)
        trial.address = trial.target.call("open", name=trial.name, ratchets=True)["destination"]
        for what, check in CHECKS:
            report(what, lambda check=check: check(trial))
        report("cable pulled", lambda: again(trial, nodes, cable))
    stop_all()


def stop_all():
    while STARTED:
        STARTED.pop().stop()


def rows(with_kairos):
    for kind in KINDS:
        for code in (None, CODE):
            suffix = ", IFAC" if code else ""
            yield "R - R, %s%s" % (kind, suffix), (SturdyNode, SturdyNode), kind, code
            if with_kairos:
                yield "R - K, %s%s" % (kind, suffix), (SturdyNode, KairosNode), kind, code
                yield "K - R, %s%s" % (kind, suffix), (KairosNode, SturdyNode), kind, code


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="checkout of the reference implementation")
    parser.add_argument("--distribution", type=Path, help="unpacked Kairos distribution")
    parser.add_argument("--bundle", type=Path, help="jar of the control bundle")
    parser.add_argument("--python", default=sys.executable, help="Python for the reference; needs pyserial")
    parser.add_argument("--only", default="", help="rows whose name contains this; several with semicolons")
    parser.add_argument("--work", type=Path, help="folder for configurations and logs, which stay")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="kairos-ports-"))
    setup = Setup(
        reference=options.reference.resolve(),
        python=options.python,
        distribution=options.distribution.resolve() if options.distribution else None,
        bundle=options.bundle.resolve() if options.bundle else None,
        work=work.resolve(),
    )
    atexit.register(stop_all)
    failed = []
    count = 0
    for name, kinds, kind, code in rows(options.distribution is not None):
        if options.only and not any(word.strip() in name for word in options.only.split(";")):
            continue
        folder = setup.work / str(count)
        shutil.rmtree(folder, ignore_errors=True)
        run(name, kinds, kind, code, setup, folder, failed)
        count += 1
    print("%d rows, %d checks failed" % (count, len(failed)))
    for line in failed:
        print("failed: " + line)
    if not failed and not options.work:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
