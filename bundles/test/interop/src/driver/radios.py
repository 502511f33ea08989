#!/usr/bin/env python3
"""Lets the reference implementation and Kairos talk over simulated RNode radios: each has a modem of its own, the modems share the air.

    radios.py --reference DIR --distribution DIR --bundle JAR --radios CLASSPATH [--python PYTHON] [--only TEXT]

The modems are the program io.kairos.test.rnode.SimulatedRadios; the reference opens its modem as a serial port, Kairos as a serial
port or over TCP. Time on air is that of real radios. The exit status is 0 only if every check of every row passed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import checks
from checks import Trial
from control import PeerFailure
from nodes import Interface, KairosNode, ReferenceNode, Setup, free_port

HUNDRED = 100_000
TUNED = {"frequency": 914_900_000, "bandwidth": 500_000, "spreadingfactor": 7, "codingrate": 5, "txpower": 14}


class Topology:
    """Two nodes, one hop."""

    hops = 1
    code = None


def up(trial):
    return "%.0f s" % trial.resource("resource", HUNDRED, 400, compress=False)


def down(trial):
    return "%.0f s" % trial.resource("fetch", HUNDRED, 400, compress=False)


CHECKS = [
    ("announce", checks.announce),
    ("packet + proof", checks.packet),
    ("link", checks.link),
    ("link packet", checks.link_packet),
    ("100 kB up", up),
    ("100 kB down", down),
    ("close", checks.close),
]


def start_radios(options, places):
    command = ["java", "-cp", options.radios, "io.kairos.test.rnode.SimulatedRadios", *places]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    if not line.startswith("ready"):
        raise PeerFailure("the simulated radios do not start: " + line)
    return process


def run_row(name, kairos_over_tcp, code, setup, options, folder):
    """One pair of nodes, tried both ways; gives whether everything passed."""
    print(name, flush=True)
    reference_device = folder / "radio-r"
    kairos_port = free_port()
    kairos_device = "tcp://127.0.0.1:%d" % kairos_port if kairos_over_tcp else str(folder / "radio-k")
    kairos_place = "tcp:%d" % kairos_port if kairos_over_tcp else "pty:" + kairos_device
    folder.mkdir(parents=True)
    radios = start_radios(options, ["pty:%s" % reference_device, kairos_place])
    time.sleep(1)
    reference = ReferenceNode(
        "a", folder / "a", [Interface("rnode", device=str(reference_device), radio=TUNED, code=code)], False, setup
    )
    kairos = KairosNode("b", folder / "b", [Interface("rnode", device=kairos_device, code=code)], False, setup)
    passed = True
    try:
        for node in (reference, kairos):
            node.start()
            node.connect()
        for node in (reference, kairos):
            node.wait_until_up(time.time() + 60)
        for initiator, target, way in ((reference, kairos, "R to K"), (kairos, reference, "K to R")):
            trial = Trial(initiator, target, Topology, setup)
            trial.name = "kairos.radio." + way[0].lower()
            trial.address = target.call("open", name=trial.name, ratchets=True)["destination"]
            for check_name, check in CHECKS:
                try:
                    text, good = check(trial), True
                except (PeerFailure, AssertionError) as problem:
                    text, good, passed = str(problem), False, False
                print("    %-4s %-8s %-16s %s" % ("ok" if good else "FAIL", way, check_name, text), flush=True)
    except PeerFailure as problem:
        print("    FAIL start: %s" % problem, flush=True)
        passed = False
    finally:
        kairos.stop()
        reference.stop()
        radios.stdin.close()
        print("    radios: " + radios.stdout.read().strip(), flush=True)
        radios.wait(10)
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="checkout of the reference implementation")
    parser.add_argument("--distribution", type=Path, required=True, help="unpacked Kairos distribution")
    parser.add_argument("--bundle", type=Path, required=True, help="jar of the control bundle")
    parser.add_argument("--radios", required=True, help="class path of the simulated radios")
    parser.add_argument("--python", default=sys.executable, help="Python for the reference; it needs pyserial")
    parser.add_argument("--only", default="", help="run rows whose name contains it")
    parser.add_argument("--loglevel", type=int, default=3, help="log level of the reference, 0 to 8")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="kairos-radios-"))
    setup = Setup(
        reference=options.reference,
        python=options.python,
        distribution=options.distribution,
        bundle=options.bundle,
        work=work,
        loglevel=options.loglevel,
    )
    rows = [
        ("R - K, both at serial ports", False, None),
        ("R at a serial port - K over TCP", True, None),
        ("R - K, both at serial ports, IFAC", False, ("radio net", "correct horse battery staple")),
    ]
    passed = [
        run_row(name, tcp, code, setup, options, work / str(number))
        for number, (name, tcp, code) in enumerate(rows)
        if options.only in name
    ]
    if all(passed):
        shutil.rmtree(work, ignore_errors=True)
    print("%d of %d rows passed" % (sum(passed), len(passed)) + ("" if all(passed) else ", see %s" % work))
    return 0 if passed and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
