#!/usr/bin/env python3
"""Times links and a large resource through one hop: three nodes of one kind, or reference ends around a Kairos node.

    transfer.py --reference DIR --distribution DIR --bundle JAR [--rounds 3] [--links 50] [--warm-up 500] [--megabytes 20]

The chains take turns, the medians of all rounds are printed as a Markdown table. What the resource costs is the CPU time
of each process for one byte; that of the ends includes making and hashing the contents, which the time does not.
"""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from nodes_under_load import K, OUT, R, Setup, Topology, chain, cpu_seconds, flip, java_pid, median


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--distribution", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, required=True, help="the control bundle of bundles/test/interop")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--links", type=int, default=50)
    parser.add_argument("--warm-up", type=int, default=500, help="links made before any is timed")
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--only", default="", help="for example K-K-K")
    options = parser.parse_args()
    setup = Setup(
        reference=options.reference.resolve(),
        python=options.python,
        distribution=options.distribution.resolve(),
        bundle=options.bundle.resolve(),
    )
    chains = [chain(K, "K"), chain(R, "R"), Topology("R - K - R", [R, K, R], [OUT, flip(OUT)])]
    chains = [row for row in chains if options.only.replace("-", " - ") in row.name]
    figures = {row.name: [] for row in chains}
    for _ in range(options.rounds):
        for row in chains:
            figures[row.name].append(measure(row, setup, options))
            print("# %s: %s" % (row.name, figures[row.name][-1]), flush=True)
    print("| chain | figure | median | of %d rounds |\n|---|---|---|---|" % options.rounds)
    for name, rounds in figures.items():
        for figure in rounds[0]:
            values = [measured[figure] for measured in rounds]
            print("| %s | %s | %.2f | %s |" % (name, figure, median(values), ", ".join("%.2f" % v for v in values)))


def measure(topology, setup, options):
    folder = Path(tempfile.mkdtemp(prefix="kairos-bench-chain-"))
    nodes = topology.build(setup, folder)
    try:
        for node in (nodes[1], nodes[0], nodes[2]):
            node.start()
        for node in nodes:
            node.connect()
        for node in nodes:
            node.wait_until_up(time.time() + 120)
        return exchange(nodes[0], nodes[2], nodes, options)
    finally:
        for node in nodes:
            node.stop()
        shutil.rmtree(folder, ignore_errors=True)


def exchange(initiator, target, nodes, options):
    address = target.call("open", name="kairos.interop")["destination"]
    learn(initiator, target, address)
    for _ in range(options.warm_up):
        connect(initiator, address)
    times = [connect(initiator, address) for _ in range(options.links)]
    link = initiator.call("connect", destination=address, timeout=60)["link"]
    size = options.megabytes * 1_000_000
    warm = initiator.call("resource", link=link, size=size, seed=1, compress=False, timeout=600)
    pids = [java_pid(node) if hasattr(node, "home") else node.process.pid for node in nodes]
    before = [cpu_seconds(pid) for pid in pids]
    answer = initiator.call("resource", link=link, size=size, seed=2, compress=False, timeout=600)
    used = [cpu_seconds(pid) - earlier for pid, earlier in zip(pids, before)]
    if answer["status"] != "COMPLETE" or answer["received"] != answer["sha256"]:
        raise AssertionError("the resource did not arrive: %s" % answer)
    return {
        "link set-up, median ms": median(times),
        "first resource, MB/s": options.megabytes / warm["seconds"],
        "second resource, MB/s": options.megabytes / answer["seconds"],
        "CPU ns/B, sender": used[0] / size * 1e9,
        "CPU ns/B, between": used[1] / size * 1e9,
        "CPU ns/B, receiver": used[2] / size * 1e9,
    }


def learn(initiator, target, address):
    for _ in range(10):
        target.call("announce", destination=address)
        if initiator.call("waitPath", destination=address, timeout=5)["found"]:
            return
    raise AssertionError("the announce was not heard")


def connect(initiator, address):
    """Set-up time as the initiator tells it: from the request to the proof, in milliseconds."""
    answer = initiator.call("connect", destination=address, timeout=60)
    initiator.call("close", link=answer["link"])
    return answer["millis"]


if __name__ == "__main__":
    main()
