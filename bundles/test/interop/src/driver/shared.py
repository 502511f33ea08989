#!/usr/bin/env python3
"""Runs real Reticulum programs on a Kairos node as their shared instance, and beside it on the reference daemon.

    shared.py --reference DIR [--distribution DIR --bundle JAR] [--old-reference DIR] [--only TEXT] [--quick]

Programs exchange announces, packets, links and resources with each other and with a node behind a TCP line; the tools'
printed output is compared with what they print on the reference daemon; the daemon restarts under its programs; another
program holds the name; a node is itself a program of the reference daemon. Everything happens on loopback, in folders of its own. The exit status is 0 only if all passed.
"""

import argparse
import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from checks import CHECKS, Trial, expect
from control import PeerFailure
from nodes import LOOPBACK, Interface, KairosNode, Node, ReferenceNode, Setup, append, free_port

RUNNING = []
RECONNECT_SECONDS = 8  # of a program whose daemon has gone
REGISTER_SECONDS = 10  # until it announces its destinations again


class Place:
    """What a daemon and its programs share: a Reticulum folder and the name or ports of the instance."""

    def __init__(self, folder, setup, tcp, forwards):
        self.folder = folder
        self.setup = setup
        self.tcp = tcp
        self.forwards = forwards
        self.instance = "kairos-%d" % free_port()
        self.packets, self.control, self.line = free_port(), free_port(), free_port()

    def write_config(self, daemon):
        """The programs' configuration; the reference daemon also needs its interface in it."""
        lines = [
            "[reticulum]",
            "enable_transport = %s" % ("yes" if self.forwards else "no"),
            "static_transport_identity = yes",
            "share_instance = yes",
            "instance_name = " + self.instance,
            "[logging]",
            "loglevel = %d" % self.setup.loglevel,
            "[interfaces]",
        ]
        if self.tcp:
            lines[5:5] = [
                "shared_instance_type = tcp",
                "shared_instance_port = %d" % self.packets,
                "instance_control_port = %d" % self.control,
            ]
        if daemon:
            lines += ["[[daemon0]]", "type = TCPServerInterface", "enabled = yes"]
            lines += ["listen_ip = " + LOOPBACK, "listen_port = %d" % self.line]
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "config").write_text("\n".join(lines) + "\n")

    def make_identity(self):
        """Two programs of the reference that start at the same time would each make their own."""
        storage = self.folder / "storage"
        storage.mkdir(exist_ok=True)
        (storage / "transport_identity").write_bytes(os.urandom(64))

    def environment(self, reference=None):
        return {
            **os.environ,
            "PYTHONPATH": str(reference or self.setup.reference),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.folder),
            "INTEROP_LOGLEVEL": str(self.setup.loglevel),
        }

    def tool(self, *words, reference=None, timeout=60):
        """Runs a tool of the reference and gives what it printed."""
        root = reference or self.setup.reference
        done = subprocess.run(
            [self.setup.python, str(root / "RNS" / "Utilities" / (words[0] + ".py")), "--config", str(self.folder), *words[1:]],
            env=self.environment(reference),
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        return done.stdout + done.stderr


class KairosDaemon(KairosNode):
    """A Kairos node that serves programs."""

    label = "Kairos"

    def prepare(self):
        super().prepare()
        place = self.place
        lines = ["interface.name = programs", "instance.name = " + place.instance]
        lines += ["socket = %s" % ("tcp" if place.tcp else "auto"), "reticulum.folder = %s" % place.folder]
        lines += ["listen.port = %d" % place.packets, "control.port = %d" % place.control]
        (self.home / "etc" / "io.kairos.transport.local-programs.cfg").write_text("\n".join(lines) + "\n")
        append(self.home / "etc" / "io.kairos.core.management.cfg", "probe.respond = true")
        place.write_config(daemon=False)

    def wait_until_up(self, deadline):
        while sum(1 for each in self.call("status")["interfaces"] if each["up"]) < 2:
            if time.time() > deadline:
                raise PeerFailure("interfaces did not come up: %s" % self.call("status")["interfaces"])
            time.sleep(0.2)


class ReferenceDaemon(Node):
    """The reference daemon."""

    label = "reference"

    def prepare(self):
        self.place.write_config(daemon=True)
        self.place.make_identity()
        if self.place.forwards:
            config = self.place.folder / "config"
            config.write_text(config.read_text().replace("[reticulum]", "[reticulum]\nrespond_to_probes = yes", 1))

    def command(self):
        tool = self.setup.reference / "RNS" / "Utilities" / "rnsd.py"
        return [self.setup.python, str(tool), "--config", str(self.place.folder)]

    def environment(self):
        return self.place.environment()

    def connect(self):
        pass

    def wait_until_up(self, deadline):
        # A tool that starts before the daemon takes the name for a moment, and the daemon becomes the tool's client.
        while "Started rnsd" not in (self.folder / "output.log").read_text():
            if time.time() > deadline:
                raise PeerFailure("the reference daemon does not start")
            time.sleep(0.5)
        while "daemon0" not in self.place.tool("rnstatus"):
            if time.time() > deadline:
                raise PeerFailure("the reference daemon does not come up")
            time.sleep(0.5)


class KairosProgram(KairosNode):
    """A Kairos node whose only interface leads to the shared instance."""

    label = "Kairos"

    def prepare(self):
        super().prepare()
        place = self.place
        lines = ["interface.name = upstream", "instance.name = " + place.instance]
        lines += ["socket = %s" % ("tcp" if place.tcp else "auto"), "peer.port = %d" % place.packets]
        (self.home / "etc" / "io.kairos.transport.local.client-upstream.cfg").write_text("\n".join(lines) + "\n")

    def wait_until_up(self, deadline):
        while not any(each["up"] for each in self.call("status")["interfaces"]):
            if time.time() > deadline:
                raise PeerFailure("%s does not use the shared instance" % self.name)
            time.sleep(0.2)


class Program(ReferenceNode):
    """A program of the reference that uses the shared instance of its machine."""

    def prepare(self):
        pass

    def command(self):
        return [
            self.setup.python,
            "-u",
            str(Path(__file__).resolve().parent / "peer.py"),
            "--config",
            str(self.place.folder),
            "--port",
            str(self.port),
        ]

    def environment(self):
        return self.place.environment(getattr(self, "reference", None))

    def wait_until_up(self, deadline):
        while not any(each["up"] and each["name"].startswith("LocalInterface[") for each in self.call("status")["interfaces"]):
            if time.time() > deadline:
                raise PeerFailure("%s does not use the shared instance" % self.name)
            time.sleep(0.2)


def start(node):
    RUNNING.append(node)
    node.start()
    node.connect()
    node.wait_until_up(time.time() + 240)
    return node


def stop(node):
    RUNNING.remove(node)
    node.stop()


def stop_all():
    for node in reversed(list(RUNNING)):
        stop(node)


class Scene:
    """A daemon, programs on it and a node that is connected to it over TCP."""

    def __init__(self, kind, folder, setup, tcp=False, forwards=True):
        self.setup = setup
        self.folder = folder
        self.place = Place(folder / "reticulum", setup, tcp, forwards)
        self.daemon = self.make(kind, "daemon", [Interface("tcp-server", port=self.place.line)], forwards)

    def make(self, kind, name, interfaces, forwards=False):
        node = kind(name, self.folder / name, interfaces, forwards, self.setup)
        node.place = self.place
        return node

    def program(self, name, reference=None):
        node = self.make(Program, name, [])
        if reference:
            node.reference = reference
        return start(node)

    def far(self):
        return start(self.make(ReferenceNode, "far", [Interface("tcp-client", port=free_port(), peer_port=self.place.line)]))


class Report:
    """Collects what passed. What fails on the reference daemon is shown, but it is not our failure."""

    def __init__(self):
        self.failed = []
        self.theirs = 0
        self.passed = 0
        self.row = ""

    def begin(self, row):
        self.row = row
        print(row, flush=True)

    def __call__(self, name, passed, text):
        print("    %-4s %-16s %s" % ("ok" if passed else "FAIL", name, text), flush=True)
        if passed:
            self.passed += 1
        elif self.row.startswith(ReferenceDaemon.label):
            self.theirs += 1
        else:
            self.failed.append("%s, %s: %s" % (self.row, name, text))

    def check(self, name, action):
        try:
            self(name, True, action() or "ok")
        except (PeerFailure, AssertionError, subprocess.TimeoutExpired, KeyError) as problem:
            self(name, False, str(problem))


def trial(initiator, target, hops, setup, report, name=Trial.name):
    """All checks between two programs or nodes. A resource between two programs whose parts have 262144 bytes fails now and
    then, through the reference daemon too; so a failed transfer has a second try, and every try is shown."""

    def retried(name, passed, text):
        again = not passed and name.endswith(("up", "down")) and hops == 0
        if again:
            print("    again %s: %s" % (name, text))
            try:
                passed, text = True, dict(CHECKS)[name](mine) + ", second try"
            except (PeerFailure, AssertionError) as problem:
                text = str(problem)
        report(name, passed, text)

    mine = Trial(initiator, target, SimpleNamespace(hops=hops, code=None), setup)
    mine.name = name
    mine.run(retried)


def exchange(kind, folder, setup, report, tcp, forwards):
    """Programs with each other and with the network, in all directions."""
    name = "%s, %s, forwarding %s" % (kind.label, "tcp" if tcp else "unix", "on" if forwards else "off")
    scene = Scene(kind, folder, setup, tcp, forwards)
    report.begin("%s: program to program" % name)
    start(scene.daemon)
    one, two, far = scene.program("one"), scene.program("two"), scene.far()
    trial(one, two, 0, setup, report)
    report.begin("%s: program to far node" % name)
    trial(two, far, 1, setup, report)
    report.begin("%s: far node to program" % name)
    trial(far, one, 1, setup, report)


def normalise(text):
    """Without what differs from run to run: hashes, numbers, times, the name of the instance."""
    text = re.sub(r"kairos-[0-9]+", "name", text)
    text = re.sub("[\u2800-\u28ff\b\r]", " ", text)  # what turns while a tool waits
    # Who refused an identity is left out where the tool takes it for itself, by an identity file that is not the node's.
    text = re.sub(r" by <[0-9a-f]{32}>", "", text)
    text = re.sub(r"127\.0\.0\.1:[0-9]+", "HOST", text)
    text = re.sub(r"<[0-9a-f]{20,64}>", "<HASH>", text)
    text = re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", "HASH", text)
    text = re.sub("Hz *([\u2191\u2193])", r"Hz\1", text)  # numbers decide about the width of a column
    text = re.sub(r"\S*/reticulum/", "FOLDER/", text)
    text = text.replace("[Notice] ", "[Level]").replace("[Warning]", "[Level]")
    text = re.sub(r"\b[0-9a-f]{128}\b", "KEYS", text)
    text = re.sub(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}", "TIME", text)
    text = re.sub(r"\b[0-9.]+ ?(h|m|s|ms|[KM]?B|[KMG]?bps|milliseconds|seconds)\b", "N", text)
    text = re.sub(r"(N(, | and )?)+", "N ", text)
    text = re.sub(r"(?m)^.*(Announces|Path Req|Heard|Held|Queued).*\n", "", text)
    return "\n".join(sorted(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def keys(text):
    """The keys of the statistics, of the whole and of each kind of interface."""
    answer = json.loads(text)
    lines = ["node: %s" % sorted(answer)]
    # a queue is told where one exists, which is a matter of the implementation
    lines += ["%s: %s" % (each["type"], sorted(set(each) - {"announce_queue"})) for each in answer["interfaces"]]
    return "\n".join(lines)


def shape(text):
    """What a JSON answer is made of: keys and kinds of values, each kind of element of a list once."""

    def of(value):
        if isinstance(value, dict):
            return {"KEY" if re.fullmatch("[0-9a-f]{32}", key) else key: of(each) for key, each in value.items()}
        if isinstance(value, list):
            return sorted({json.dumps(of(each), sort_keys=True) for each in value})
        return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__

    return json.dumps(of(json.loads(text)), sort_keys=True, indent=1)


class Listening:
    """A tool that listens: what it prints is read when it has ended."""

    def __init__(self, place, *words):
        self.place = place
        self.words = words

    def __enter__(self):
        program = self.place.setup.reference / "RNS" / "Utilities" / (self.words[0] + ".py")
        self.process = subprocess.Popen(
            [self.place.setup.python, "-u", str(program), "--config", str(self.place.folder), *self.words[1:]],
            env=self.place.environment(),
            cwd=self.place.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.text = self.process.communicate(timeout=10)[0]


def copied(place):
    """rncp and rnx between two programs on the daemon: what both ends print, and what arrived."""
    inbox, note = place.folder / "inbox", place.folder / "note.txt"
    inbox.mkdir()
    note.write_text("a note that is copied\n" * 2_000)
    told = place.tool("rncp", "-p")
    address = re.findall("[0-9a-f]{32}", told)[-1]
    texts = {"rncp -p": told}
    with Listening(place, "rncp", "-l", "-n", "-s", str(inbox), "-F", "-j", str(place.folder), "-b", "0") as listener:
        time.sleep(4)
        for _ in range(3):  # on the reference daemon the first one is "not accepted" now and then
            texts["rncp"] = place.tool("rncp", "-S", "-w", "20", str(note), address)
            if "copied to" in texts["rncp"]:
                break
        texts["rncp -f"] = place.tool("rncp", "-S", "-w", "20", "-f", "-s", str(inbox), "note.txt", address)
    texts["rncp -l"] = listener.text
    texts["rncp, files"] = "\n".join(sorted("%s %d" % (file.name, file.stat().st_size) for file in inbox.iterdir()))
    told = place.tool("rnx", "-p")
    address = re.findall("[0-9a-f]{32}", told)[-1]
    texts["rnx -p"] = told
    with Listening(place, "rnx", "-l", "-n"):
        time.sleep(4)
        texts["rnx"] = place.tool("rnx", "-w", "20", address, "echo hello")
        texts["rnx -d"] = place.tool("rnx", "-w", "20", "-d", address, "sh -c 'echo bad >&2; exit 3'")
    return texts


def monitored(place):
    with Listening(place, "rnstatus", "-m", "-I", "30") as watching:
        time.sleep(4)
    return watching.text.replace("\x1b[H\x1b[2J", "\n")


def printed(kind, folder, setup, forwards):
    """What the tools print on a daemon with two destinations of a program and one of a far node."""
    scene = Scene(kind, folder, setup, forwards=forwards)
    start(scene.daemon)
    one, far = scene.program("one"), scene.far()
    near = one.call("open", name="kairos.interop")["destination"]
    away = far.call("open", name="kairos.interop")["destination"]
    one.call("announce", destination=near)
    far.call("announce", destination=away)
    for node, address in ((far, near), (one, away)):
        if not node.call("waitPath", destination=address, timeout=20)["found"]:
            raise PeerFailure("%s does not hear the announce" % node.name)
    tool, nobody = scene.place.tool, "00112233445566778899aabbccddeeff"
    texts = {
        "rnstatus": tool("rnstatus"),
        "rnstatus -a": tool("rnstatus", "-a"),
        "rnstatus -A": tool("rnstatus", "-A"),
        "rnstatus -P": tool("rnstatus", "-P"),
        "rnstatus -l": tool("rnstatus", "-l"),
        "rnstatus -t": tool("rnstatus", "-t"),
        "rnstatus -B": tool("rnstatus", "-B"),
        "rnstatus -s": tool("rnstatus", "-s", "rx"),
        "rnstatus -s -r": tool("rnstatus", "-a", "-s", "announces", "-r"),
        "rnstatus filter": tool("rnstatus", "daemon"),
        "rnstatus -d": tool("rnstatus", "-d"),
        "rnstatus -D": tool("rnstatus", "-D"),
        "rnstatus -d -j": tool("rnstatus", "-d", "-j"),
        "rnstatus -m": monitored(scene.place),
        "rnstatus -j": keys(tool("rnstatus", "-j")),
        "rnpath -t": tool("rnpath", "-t"),
        "rnpath -t -m 0": tool("rnpath", "-t", "-m", "0"),
        "rnpath -t one": tool("rnpath", "-t", away),
        "rnpath -t -j": shape(tool("rnpath", "-t", "-j")),
        "rnpath": tool("rnpath", away),
        "rnpath near": tool("rnpath", near),
        "rnpath unknown": tool("rnpath", "-w", "3", nobody),
        "rnprobe": tool("rnprobe", "kairos.interop", away, timeout=90),
        "rnprobe -n -s": tool("rnprobe", "kairos.interop", away, "-n", "2", "-s", "32", timeout=90),
        "rnpath -b": tool("rnpath", "-b"),
        "rnpath -B": tool("rnpath", "-B", nobody, "--reason", "noise"),
        "rnpath -B again": tool("rnpath", "-B", nobody),
        "rnpath -b listed": tool("rnpath", "-b"),
        "rnpath -U": tool("rnpath", "-U", nobody),
        "rnpath -U again": tool("rnpath", "-U", nobody),
        "rnpath -B hours": tool("rnpath", "-B", nobody, "--duration", "2"),
        "rnpath -b hours": tool("rnpath", "-b"),
        "rnpath -D": tool("rnpath", "-D"),
        "rnid -R": tool("rnid", "-R", "-i", near, "-p"),
        "rnid -H": tool("rnid", "-R", "-i", near, "-H", "lxmf.delivery"),
        "rnid -x": tool("rnid", "-R", "-i", near, "-x"),
        "rnid -R unknown": tool("rnid", "-R", "-t", "3", "-i", nobody, "-p"),
        **copied(scene.place),
        "rnpath -d": tool("rnpath", "-d", away),
        "rnpath -d again": tool("rnpath", "-d", away),
        "rnpath -x": tool("rnpath", "-x", nobody),
    }
    # the last but one announces a second time, which makes a rate
    one.call("announce", destination=near)
    time.sleep(1)
    one.call("announce", destination=near)
    time.sleep(1)
    texts["rnpath -r"] = tool("rnpath", "-r", near)
    texts["rnpath -r -j"] = shape(tool("rnpath", "-r", "-j"))
    stop_all()
    return texts


def tools(folder, setup, report, forwards):
    """The tools' output on both daemons."""
    report.begin("tools, forwarding %s" % ("on" if forwards else "off"))
    reference = printed(ReferenceDaemon, folder / "reference", setup, forwards)
    ours = printed(KairosDaemon, folder / "kairos", setup, forwards)
    for name, text in reference.items():
        (folder / ("%s.reference.txt" % name.replace(" ", "_"))).write_text(text)
        (folder / ("%s.kairos.txt" % name.replace(" ", "_"))).write_text(ours[name])

        def same(name=name, text=text):
            for each, told in ((folder / "reference", text), (folder / "kairos", ours[name])):
                each.mkdir(exist_ok=True)
                (each / (name.replace(" ", "_") + ".normal")).write_text(normalise(told))
            expect("printed", normalise(ours[name]), normalise(text))
            return "%d lines" % len(text.splitlines())

        report.check(name, same)


def old_programs(folder, setup, report):
    """Programs and tools of the generation that pickles its questions, beside new ones."""
    report.begin("old programs")
    scene = Scene(KairosDaemon, folder, setup)
    start(scene.daemon)
    old, new = scene.program("old", setup.old_reference), scene.program("new")

    def tool(*words, wanted):
        text = scene.place.tool(*words, reference=setup.old_reference)
        if wanted not in text:
            raise AssertionError("%s is not in %r" % (wanted, text))

    report.check("rnstatus", lambda: tool("rnstatus", wanted="Shared Instance[rns/%s]" % scene.place.instance))
    report.check("rnstatus -l", lambda: tool("rnstatus", "-l", wanted="entries in link table"))
    trial(old, new, 0, setup, report)
    report.begin("old programs: new to old")
    trial(new, old, 0, setup, report)
    report.check("rnpath -t", lambda: tool("rnpath", "-t", wanted="is 0 hops away"))


def wait_for(what, seconds, action):
    """Tries until it passes."""
    deadline = time.time() + seconds
    while True:
        try:
            return action()
        except (AssertionError, PeerFailure):
            if time.time() > deadline:
                raise AssertionError("not within %d s: %s" % (seconds, what)) from None
            time.sleep(1)


def restart(folder, setup, report):
    """The daemon restarts under its programs."""
    report.begin("the node restarts under its programs")
    scene = Scene(KairosDaemon, folder, setup)
    start(scene.daemon)
    one, two, far = scene.program("one"), scene.program("two"), scene.far()
    address = two.call("open", name="kairos.interop")["destination"]
    two.call("announce", destination=address)
    for node in (one, far):
        expect("path", node.call("waitPath", destination=address, timeout=20)["found"], True)
    scene.daemon.stop()
    scene.daemon.launch()
    scene.daemon.connect()
    scene.daemon.wait_until_up(time.time() + 240)
    began = time.time()

    def delivered(node):
        found = node.call("waitPath", destination=address, timeout=1, ask=True)
        expect("path", found["found"], True)
        expect("packet", node.call("packet", destination=address, timeout=3)["status"], "DELIVERED")

    for node in (one, far):
        patience = RECONNECT_SECONDS + REGISTER_SECONDS + 15

        def again(node=node, patience=patience):
            wait_for("a packet is delivered", patience, lambda: delivered(node))
            return "%.0f s after the node was up" % (time.time() - began)

        report.check("from " + node.name, again)


def client(folder, setup, report, tcp):
    """A Kairos node is a program of the reference daemon, beside one of the reference, and the daemon restarts under both."""
    name = "client of the reference daemon, %s" % ("tcp" if tcp else "unix")
    report.begin("%s: to a program" % name)
    scene = Scene(ReferenceDaemon, folder, setup, tcp, False)
    start(scene.daemon)
    own, program, far = start(scene.make(KairosProgram, "own", [])), scene.program("program"), scene.far()
    trial(own, program, 0, setup, report)
    report.begin("%s: from a program" % name)

    def lenient(what, passed, text):
        if what == "path request" and not passed:
            # Asked to drop a path the daemon still answers from it, and drops it then, whoever the destination is.
            print("    %-4s %-16s %s" % ("-", what, "the daemon forgot the path after its answer"))
        else:
            report(what, passed, text)

    trial(program, own, 0, setup, lenient)
    report.begin("%s: to a far node" % name)
    trial(own, far, 1, setup, report)
    report.begin("%s: from a far node" % name)
    trial(far, own, 1, setup, report, "kairos.interop.far")
    report.begin("%s: the daemon restarts" % name)
    address = own.call("open", name="kairos.interop.again")["destination"]
    away = far.call("open", name="kairos.interop.again")["destination"]

    def delivered(node, to):
        expect("path", node.call("waitPath", destination=to, timeout=1, ask=True)["found"], True)
        expect("packet", node.call("packet", destination=to, timeout=3)["status"], "DELIVERED")

    for node, to in ((program, address), (own, away)):
        report.check("before: from " + node.name, lambda n=node, t=to: wait_for("a packet", 20, lambda: delivered(n, t)))
    stop(scene.daemon)

    def gone():
        expect("up", any(each["up"] for each in own.call("status")["interfaces"]), False)
        expect("path", own.call("waitPath", destination=away, timeout=0.1)["found"], False)

    report.check("the way is down", lambda: wait_for("it is down", 10, gone))
    start(scene.daemon)
    began = time.time()
    for node, to in ((program, address), (own, away), (far, address)):

        def again(n=node, t=to):
            wait_for("a packet is delivered", RECONNECT_SECONDS + REGISTER_SECONDS + 25, lambda: delivered(n, t))
            return "%.0f s after the daemon was up" % (time.time() - began)

        report.check("after: from " + node.name, again)


def taken(folder, setup, report):
    """Another program holds the name; when it goes, the node takes over."""
    report.begin("the name is taken")
    scene = Scene(KairosDaemon, folder, setup)
    scene.place.write_config(daemon=False)
    holder = scene.make(ReferenceDaemon, "holder", [])
    holder.prepare = scene.place.make_identity
    holder.wait_until_up = lambda deadline: wait_for(
        "rnsd answers", 60, lambda: expect("up", "Shared Instance[" in scene.place.tool("rnstatus"), True)
    )
    start(holder)
    RUNNING.append(scene.daemon)
    scene.daemon.start()
    scene.daemon.connect()

    def programs():
        found = [each for each in scene.daemon.call("status")["interfaces"] if "programs" in str(each)]
        return bool(found) and found[0]["up"]

    wait_for("the node is up otherwise", 60, lambda: expect("line", any(
        each["up"] for each in scene.daemon.call("status")["interfaces"]), True))
    report.check("down while taken", lambda: expect("programs are served", programs(), False))
    stop(holder)
    report.check("takes over", lambda: wait_for("it is up", 30, lambda: expect("up", programs(), True)))
    report.check("rnstatus", lambda: wait_for("rnstatus answers", 20, lambda: expect(
        "printed", "TCPServerInterface[" in scene.place.tool("rnstatus"), True)))


def scenes(setup):
    """All of them: name and action."""
    for forwards in (True, False):
        for tcp in (False, True):
            for kind in (KairosDaemon, ReferenceDaemon):
                if kind is ReferenceDaemon and tcp:
                    continue
                words = "exchange %s %s %s" % (kind.label.lower(), "tcp" if tcp else "unix", "on" if forwards else "off")
                yield words, lambda folder, report, k=kind, t=tcp, f=forwards: exchange(k, folder, setup, report, t, f)
    for forwards in (True, False):
        yield (
            "tools %s" % ("on" if forwards else "off"),
            lambda folder, report, f=forwards: tools(folder, setup, report, f),
        )
    yield "restart", lambda folder, report: restart(folder, setup, report)
    yield "taken", lambda folder, report: taken(folder, setup, report)
    for tcp in (False, True):
        words = "client %s" % ("tcp" if tcp else "unix")
        yield words, lambda folder, report, t=tcp: client(folder, setup, report, t)
    if setup.old_reference:
        yield "old", lambda folder, report: old_programs(folder, setup, report)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="checkout of the reference implementation")
    parser.add_argument("--old-reference", type=Path, help="folder with the RNS package of a release up to 1.3.3")
    parser.add_argument("--distribution", type=Path, help="unpacked Kairos distribution; without it only the reference is run")
    parser.add_argument("--bundle", type=Path, help="jar of the control bundle")
    parser.add_argument("--python", default=sys.executable, help="Python for the reference")
    parser.add_argument("--only", default="", help="run scenes whose name contains one of these words (see --list)")
    parser.add_argument("--quick", action="store_true", help="2 MB instead of 20 MB")
    parser.add_argument("--work", type=Path, help="folder for configurations, logs and printed output; it stays")
    parser.add_argument("--loglevel", type=int, default=3, help="log level of the reference, 0 to 8")
    parser.add_argument("--list", action="store_true", help="only list the scenes")
    return parser.parse_args()


def main():
    options = arguments()
    if options.distribution is not None and options.bundle is None:
        print("--distribution needs --bundle", file=sys.stderr)
        return 2
    work = options.work or Path(tempfile.mkdtemp(prefix="kairos-shared-"))
    setup = Setup(
        reference=options.reference.resolve(),
        python=options.python,
        distribution=options.distribution.resolve() if options.distribution else None,
        bundle=options.bundle.resolve() if options.bundle else None,
        work=work.resolve(),
        loglevel=options.loglevel,
        big=2_000_000 if options.quick else 20_000_000,
    )
    setup.old_reference = options.old_reference.resolve() if options.old_reference else None
    atexit.register(stop_all)
    report = Report()
    for name, scene in scenes(setup):
        if options.list:
            print(name)
            continue
        words = options.only.split()
        if words and not any(word in name for word in words) or not setup.distribution and "reference" not in name:
            continue
        folder = setup.work / name.replace(" ", "-")
        shutil.rmtree(folder, ignore_errors=True)
        try:
            scene(folder, report)
        except (PeerFailure, AssertionError) as problem:
            report("start", False, str(problem))
        finally:
            stop_all()
    if not options.list:
        theirs = ", %d failed on the reference daemon" % report.theirs if report.theirs else ""
        print("%d checks passed, %d failed%s" % (report.passed, len(report.failed), theirs))
        for line in report.failed:
            print("failed: " + line)
    if not report.failed and not options.work:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
