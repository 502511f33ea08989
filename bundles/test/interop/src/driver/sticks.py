#!/usr/bin/env python3
"""Exchanges packets between two programs of the reference implementation whose nodes meet only on a stick.

    sticks.py --reference DIR --distribution DIR --bundle JAR [--pause SECONDS] [--keep]

R - K ~ K - R: each program is connected to a Kairos node of its own over TCP; the nodes share a stick network, not a wire.
First the stick is carried: a folder is copied from one node to the other and back. Then both nodes look at one folder, and
links, a request and a resource of 100 kB cross it. The exit status is 0 only if every check passed.
"""

import argparse
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

from control import PeerFailure
from nodes import Interface, KairosNode, ReferenceNode, Setup, append, free_port

KEY = "2f" * 32


class StickNode(KairosNode):
    """A node with a folder of sticks beside its other interfaces."""

    sticks = None

    def prepare(self):
        super().prepare()
        append(self.home / "etc" / "custom.system.properties", "kairos.mode = developer")
        boot = self.home / "etc" / "org.apache.karaf.features.cfg"
        text = boot.read_text().replace("featuresBoot = \\\n", "featuresBoot = \\\n    kairos-transport-sneakernet,\\\n", 1)
        boot.write_text(text)
        (self.sticks / "stick" / "kairos").mkdir(parents=True, exist_ok=True)
        self.carry_by_hand()

    def carry_by_hand(self):
        self.put(self.sticks / "*", links=False)

    def put(self, folders, links):
        lines = ["interface.name = sticks", *settings(folders, links)]
        file = self.home / "etc" / "io.kairos.transport.sneakernet-sticks.cfg"
        file.write_text("\n".join(lines) + "\n")

    @property
    def folder_of_stick(self):
        return self.sticks / "stick" / "kairos"


def settings(folders, links):
    lines = ["folders = %s" % folders, "key = " + KEY, "look.seconds = 1"]
    return lines + (["links = true", "gather.milliseconds = 20", "bitrate.bits.per.second = 500000"] if links else [])


def expect(condition, what):
    if not condition:
        raise PeerFailure(what)


def wait_until(seconds, what, question):
    deadline = time.time() + seconds
    while not question():
        if time.time() > deadline:
            raise PeerFailure("waited %d s for %s" % (seconds, what))
        time.sleep(0.3)


def files(folder):
    return {file.name: file.stat().st_mtime for file in folder.iterdir() if not file.name.endswith(".tmp")}


def carry(source, target, seconds=15):
    """Waits until the stick is quiet, pulls it out and plugs it in at the other node."""
    last = None
    deadline = time.time() + seconds
    while time.time() < deadline:
        now = files(source)
        if now == last:
            break
        last = now
        time.sleep(3)
    copy = target.with_name("kairos-new")
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.tmp"))
    pulled = target.with_name("kairos-pulled")
    target.rename(pulled)
    copy.rename(target)
    shutil.rmtree(pulled, ignore_errors=True)


def run(setup, pause):
    ports = free_port(), free_port()
    nodes = []
    for number, port in enumerate(ports):
        node = StickNode("K%d" % number, setup.work / ("K%d" % number), [Interface("tcp-server", port)], True, setup)
        node.sticks = setup.work / ("sticks%d" % number)
        nodes.append(node)
    programs = [
        ReferenceNode("R%d" % n, setup.work / ("R%d" % n), [Interface("tcp-client", peer_port=port)], False, setup)
        for n, port in enumerate(ports)
    ]
    try:
        for each in nodes:
            each.start()
        for each in nodes:
            each.connect()
        for each in programs:
            each.start()
            each.connect()
            each.wait_until_up(time.time() + 60)
        carried(nodes, programs, pause)
        shared(nodes, programs, setup.work / "shared")
        return True
    except PeerFailure as problem:
        print("FAILED:", problem)
        return False
    finally:
        for each in programs + nodes:
            each.stop()


def carried(nodes, programs, pause):
    here, there = (node.folder_of_stick for node in nodes)
    near, far = programs
    address = far.call("open", name="sticks", ratchets=True, proofs="all")["destination"]
    far.call("announce", destination=address, appData="68656c6c6f")
    wait_until(30, "the announce on the stick", lambda: any(name.endswith(".kb") for name in files(there)))
    carry(there, here)
    found = near.call("waitPath", destination=address, timeout=30)
    print("announce by stick: hops %s" % found.get("hops"))

    answer = {}

    def send():
        try:
            answer.update(near.call("packet", destination=address, size=383, seed=5, timeout=300, patient=True))
        except PeerFailure as problem:
            answer["status"] = str(problem)

    sender = threading.Thread(target=send)
    before = set(files(here))
    sender.start()
    wait_until(30, "the packet on the stick", lambda: set(files(here)) - before)
    time.sleep(pause)
    carry(here, there)
    carry(there, here)
    sender.join(60)
    print("packet of 383 bytes and its proof by stick: %s after %s ms" % (answer.get("status"), answer.get("millis")))
    expect(answer.get("status") == "DELIVERED", "the proof came back")

    try:
        near.call("connect", destination=address, timeout=20)
        raise PeerFailure("a link came up over a stick that was not carried")
    except PeerFailure as problem:
        print("link by stick: %s" % str(problem).splitlines()[0])
        expect("no link" in str(problem), "links are refused by time")


def shared(nodes, programs, folder):
    (folder / "kairos").mkdir(parents=True)
    for node in nodes:
        node.put(folder, links=True)
    near, far = programs
    time.sleep(10)
    address = far.call("open", name="shared", ratchets=True, proofs="all", echo=True)["destination"]
    far.call("announce", destination=address, appData="68656c6c6f")
    near.call("waitPath", destination=address, timeout=60)
    packet = near.call("packet", destination=address, size=383, seed=6, timeout=60, patient=True)
    print("shared folder: packet and proof: %s after %s ms" % (packet["status"], packet["millis"]))
    expect(packet["status"] == "DELIVERED", "the proof came back")
    link = near.call("connect", destination=address, timeout=60)
    print("shared folder: link, mtu %s, %s ms" % (link.get("mtu"), link.get("millis")))
    back = near.call("request", link=link["link"], path="/echo", size=50, seed=3, timeout=60)
    print("shared folder: request %s after %s ms" % (back["status"], back.get("millis")))
    sent = near.call("resource", link=link["link"], kind="random", seed=7, size=100_000, timeout=240)
    print("shared folder: resource of 100 kB: %s after %s s" % (sent["status"], sent.get("seconds")))
    expect(sent["status"] in ("COMPLETE", "COMPLETED"), "the resource arrived: %s" % sent)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--reference", type=Path, required=True)
    arguments.add_argument("--distribution", type=Path, required=True)
    arguments.add_argument("--bundle", type=Path, required=True)
    arguments.add_argument("--python", default=sys.executable)
    arguments.add_argument("--pause", type=float, default=0, help="how long the stick is under way")
    arguments.add_argument("--keep", action="store_true")
    given = arguments.parse_args()
    work = Path(tempfile.mkdtemp(prefix="kairos-sticks-"))
    setup = Setup(given.reference.resolve(), given.python, given.distribution.resolve(), given.bundle.resolve(), work)
    passed = run(setup, given.pause)
    if passed and not given.keep:
        shutil.rmtree(work, ignore_errors=True)
    else:
        print("kept:", work)
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
