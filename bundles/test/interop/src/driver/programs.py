#!/usr/bin/env python3
"""Runs unmodified programs (lxmd, NomadNet) on a Kairos node as their shared instance.

    programs.py --reference DIR --lxmf DIR --nomadnet DIR --distribution DIR --bundle JAR [--only TEXT] [--keep]

Messages go directly, opportunistically and over a propagation node that lxmd runs; a NomadNet in a terminal (tmux) hears
another one that runs as a daemon and reads its pages; then the node restarts under all of them and everything is done again.
Everything happens on loopback, in folders of its own. The exit status is 0 only if every check passed.
"""

import argparse
import atexit
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from control import PeerFailure
from nodes import LOOPBACK, Setup
from shared import RECONNECT_SECONDS, REGISTER_SECONDS, KairosDaemon, Scene, start, stop_all

HERE = Path(__file__).resolve().parent
BETWEEN_BRACKETS = re.compile("<([0-9a-f]{32})>")
AGAIN_SECONDS = RECONNECT_SECONDS + REGISTER_SECONDS + 15
STARTED = []


def until(seconds, what, question, pause=0.5):
    """What the question answers, as soon as that is something."""
    deadline = time.time() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.time() > deadline:
            raise AssertionError("not within %d s: %s" % (seconds, what))
        time.sleep(pause)


class Process:
    """A program in a folder of its own; what it writes goes to a file."""

    def __init__(self, world, name):
        self.world = world
        self.name = name
        self.folder = world.folder / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "output.log"
        self.process = None

    def command(self):
        raise NotImplementedError

    def begin(self, **more):
        self.process = subprocess.Popen(
            [str(word) for word in self.command()],
            env=self.world.environment(self.folder),
            cwd=self.folder,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **more,
        )
        STARTED.append(self)
        return self

    def end(self):
        if self in STARTED:
            STARTED.remove(self)
        for word in (signal.SIGTERM, signal.SIGKILL):
            if self.process is not None and self.process.poll() is None:
                os.killpg(self.process.pid, word)
                try:
                    self.process.wait(8)
                except subprocess.TimeoutExpired:
                    continue

    def written(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def is_alive(self):
        return self.process is not None and self.process.poll() is None


class Mail(Process):
    """mail.py: an LXMF program that does what it is told."""

    def __init__(self, world, name, config=None):
        super().__init__(world, name)
        self.config = config or world.scene.place.folder
        self.events = []

    def command(self):
        return [self.world.setup.python, "-u", HERE / "mail.py", "--config", self.config, "--storage", self.folder / "lxmf"]

    def begin(self):
        super().begin(stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self.read, daemon=True).start()
        self.address = until(60, "%s is ready" % self.name, lambda: self.first("ready"))["address"]
        return self

    def read(self):
        with open(self.log, "a") as log:
            for line in self.process.stdout:
                log.write(line)
                log.flush()
                if line.startswith("{"):
                    self.events.append(json.loads(line))

    def first(self, event, **members):
        for each in list(self.events):
            if each["event"] == event and all(each.get(key) == value for key, value in members.items()):
                return each
        return None

    def tell(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def knows(self, address, seconds):
        def asked():
            self.events = [each for each in self.events if each["event"] != "path"]
            self.tell("path", address)
            time.sleep(1)
            return self.first("path", address=address, known=True)

        until(seconds, "%s knows a path" % self.name, asked)

    def send(self, method, address, text, state, seconds=90):
        self.tell("send", method, address, text)
        concluded = until(seconds, "%s is concluded" % text, lambda: self.first("concluded", text=text))
        if concluded["state"] != state:
            raise AssertionError("%s is %s, not %s" % (text, concluded["state"], state))

    def receives(self, text, method, seconds=90):
        got = until(seconds, "%s receives %s" % (self.name, text), lambda: self.first("received", text=text))
        if got["method"] != method or not got["valid"]:
            raise AssertionError("%s came as %s" % (text, got))


class Lxmd(Process):
    """lxmd as it is, also a propagation node."""

    def command(self):
        return [self.world.setup.python, "-u", self.world.setup.lxmf / "LXMF" / "Utilities" / "lxmd.py", *self.folders(), "-v"]

    def folders(self):
        return ["--config", self.folder / "lxmd", "--rnsconfig", self.world.scene.place.folder]

    def begin(self):
        (self.folder / "lxmd").mkdir(exist_ok=True)
        (self.folder / "inbox").mkdir(exist_ok=True)
        (self.folder / "lxmd" / "config").write_text(
            "[propagation]\nenable_node = yes\nnode_name = interop\nannounce_at_start = yes\nannounce_interval = 1\n"
            "propagation_stamp_cost_target = 13\nautopeer = no\n"
            "[lxmf]\ndisplay_name = lxmd\nannounce_at_start = yes\nannounce_interval = 1\n"
            "on_inbound = cp -t %s\n[logging]\nloglevel = 5\n" % (self.folder / "inbox")
        )
        super().begin(stdin=subprocess.DEVNULL, stdout=open(self.log, "ab"))
        self.address = until(60, "lxmd is ready", lambda: self.told("ready to receive on"))
        self.node = until(60, "lxmd is a propagation node", lambda: self.told("Propagation Node started on"))
        return self

    def told(self, what):
        for line in self.written().splitlines():
            if what in line:
                return BETWEEN_BRACKETS.findall(line)[-1]
        return None

    def received(self, text):
        return any(text.encode() in file.read_bytes() for file in (self.folder / "inbox").iterdir())

    def status(self):
        done = subprocess.run(
            [str(word) for word in [*self.command(), "--status", "--timeout", "20"]],
            env=self.world.environment(self.folder),
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout + done.stderr


class NomadNet(Process):
    """NomadNet as it is."""

    def command(self):
        return [self.world.setup.python, "-u", "-m", "nomadnet.nomadnet", *self.folders()]

    def folders(self):
        return ["--config", self.folder / "nomadnet", "--rnsconfig", self.world.scene.place.folder]

    def settings(self, serves):
        folder = self.folder / "nomadnet"
        (folder / "storage" / "pages").mkdir(parents=True, exist_ok=True)
        (folder / "config").write_text(
            "[logging]\nloglevel = 5\ndestination = file\n"
            "[client]\nenable_client = yes\nuser_interface = text\ndownloads_path = %s\nnotify_on_new_message = no\n"
            "announce_at_start = yes\nperiodic_lxmf_sync = no\ncompact_announce_stream = no\n"
            "[textui]\nintro_time = 0\ntheme = dark\ncolormode = monochrome\nglyphs = plain\nmouse_enabled = True\n"
            "editor = nano\nhide_guide = yes\n"
            "[node]\nenable_node = %s\nnode_name = Pages of interop\nannounce_interval = 1\nannounce_at_start = Yes\n"
            "disable_propagation = Yes\npage_refresh_interval = 0\n[printing]\nprint_messages = No\n"
            % (self.folder, "yes" if serves else "no")
        )

    def page(self, text):
        """A page that readers do not keep."""
        (self.folder / "nomadnet" / "storage" / "pages" / "index.mu").write_text("#!c=0\n> %s\n\nread over Kairos\n" % text)


class NomadNetDaemon(NomadNet):
    """One that serves pages, without a terminal."""

    def command(self):
        return [*super().command(), "--daemon", "--console"]

    def begin(self):
        self.settings(serves=True)
        self.page("first page")
        super().begin(stdin=subprocess.DEVNULL, stdout=open(self.log, "ab"))

        def address():
            found = [line for line in self.written().splitlines() if "ready for incoming connections" in line]
            return found and BETWEEN_BRACKETS.findall(found[0])

        self.address = until(60, "the daemon serves pages", address)[-1]
        return self


class NomadNetTerminal(NomadNet):
    """One in a terminal; keys and clicks go to tmux."""

    def tmux(self, *words):
        return subprocess.run(
            ["tmux", "-L", self.world.tmux, "-f", "/dev/null", *words],
            env=self.world.environment(self.folder),
            capture_output=True,
            text=True,
            timeout=20,
        ).stdout

    def begin(self):
        self.settings(serves=False)
        words = " ".join("'%s'" % word for word in self.command())
        self.tmux("new-session", "-d", "-x", "170", "-y", "48", "-s", "nomad", words + " 2>" + str(self.log))
        STARTED.append(self)
        until(60, "NomadNet shows its menu", lambda: "Network" in self.screen())
        return self

    def end(self):
        if self in STARTED:
            STARTED.remove(self)
        self.tmux("kill-server")

    def is_alive(self):
        return "nomad" in self.tmux("list-sessions")

    def screen(self):
        return self.tmux("capture-pane", "-p", "-t", "nomad")

    def keys(self, *words):
        self.tmux("send-keys", "-t", "nomad", *words)
        time.sleep(0.5)

    def network(self):
        """From the conversations into the menu, one to the right, and there to the announces."""
        for key in ("Up", "Right", "Enter", "Down", "C-l"):
            self.keys(key)
        until(10, "NomadNet lists announces:\n" + self.screen(), lambda: "Announce Stream" in self.screen())

    def open(self, url):
        self.keys("C-u")
        until(10, "NomadNet asks for an address", lambda: "URL" in self.screen())
        self.keys("-N", "80", "BSpace")
        self.keys("-l", url)
        self.keys("Enter")


class World:
    """A node that forwards, the programs on it, and a far one over TCP."""

    def __init__(self, setup, folder):
        self.setup = setup
        self.folder = folder
        self.tmux = "kairos-%d" % os.getpid()
        self.scene = Scene(KairosDaemon, folder, setup)

    def environment(self, home):
        roots = [self.setup.reference, self.setup.lxmf, self.setup.nomadnet]
        return {
            **os.environ,
            "PYTHONPATH": ":".join(str(root) for root in roots),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(home),
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }

    def start(self):
        start(self.scene.daemon)

    def restart(self):
        daemon = self.scene.daemon
        daemon.stop()
        daemon.launch()
        daemon.connect()
        daemon.wait_until_up(time.time() + 240)

    def far_config(self):
        folder = self.folder / "far" / "reticulum"
        folder.mkdir(parents=True)
        (folder / "config").write_text(
            "[reticulum]\nenable_transport = no\nshare_instance = no\n[logging]\nloglevel = 3\n[interfaces]\n[[up]]\n"
            "type = TCPClientInterface\nenabled = yes\ntarget_host = %s\ntarget_port = %d\n"
            % (LOOPBACK, self.scene.place.line)
        )
        return folder


class Report:
    """Prints and counts."""

    def __init__(self):
        self.passed = 0
        self.failed = []

    def check(self, name, action):
        began = time.time()
        try:
            action()
            self.passed += 1
            print("ok    %-52s %5.1f s" % (name, time.time() - began), flush=True)
        except (AssertionError, PeerFailure, OSError, subprocess.SubprocessError) as problem:
            self.failed.append(name)
            print("FAIL  %-52s %s" % (name, problem), flush=True)


def delivered(one, two, method, text, patience=90):
    one.knows(two.address, 40)
    one.send(method, two.address, text, "delivered", patience)
    two.receives(text, method)


def to_lxmd(one, lxmd, method, text):
    one.knows(lxmd.address, 40)
    one.send(method, lxmd.address, text, "delivered")
    until(20, "lxmd hands on " + text, lambda: lxmd.received(text))


def stored(world, one, two, lxmd, text):
    """The recipient is away while the message is sent, and fetches it when it is back."""
    one.knows(two.address, 40)
    one.knows(lxmd.node, 60)
    two.end()
    one.tell("through", lxmd.node)
    one.send("propagated", two.address, text, "sent", 180)
    back = Mail(world, two.name).begin()
    back.knows(lxmd.node, 60)
    back.knows(one.address, 40)  # or it could not check who wrote
    back.tell("through", lxmd.node)
    back.tell("sync")
    back.receives(text, "propagated", 60)
    return back


def messages(world, report):
    """Programs with LXMF: lxmd, two others on the node, one on a node far away."""
    lxmd = Lxmd(world, "lxmd").begin()
    one, two = Mail(world, "one").begin(), Mail(world, "two").begin()
    far = Mail(world, "far", world.far_config()).begin()
    people = {"two": two}
    for each in (one, two, far):
        each.tell("announce")

    def all_of(when):
        for method in ("direct", "opportunistic"):
            report.check("%s: program to program, %s" % (when, method), lambda m=method: delivered(one, people["two"], m, "%s-p-%s" % (when, m)))
            report.check("%s: program to lxmd, %s" % (when, method), lambda m=method: to_lxmd(one, lxmd, m, "%s-l-%s" % (when, m)))
            report.check("%s: program to far program, %s" % (when, method), lambda m=method: delivered(one, far, m, "%s-o-%s" % (when, m)))
            report.check("%s: far program to program, %s" % (when, method), lambda m=method: delivered(far, people["two"], m, "%s-i-%s" % (when, m)))
        report.check("%s: far program to lxmd" % when, lambda: to_lxmd(far, lxmd, "direct", when + "-f"))

        def kept():
            people["two"] = stored(world, one, people["two"], lxmd, when + "-n")

        report.check("%s: over the propagation node of lxmd" % when, kept)

        def kept_for_far():
            far.knows(people["two"].address, 40)
            people["two"] = stored(world, far, people["two"], lxmd, when + "-v")

        report.check("%s: from afar over the propagation node" % when, kept_for_far)

        def answers():
            told = lxmd.status()
            assert "Propagation Node running" in told and "Uptime" in told.title(), told[-400:]

        report.check("%s: lxmd --status asks lxmd" % when, answers)

    all_of("before")
    world.restart()
    time.sleep(AGAIN_SECONDS)
    all_of("after")
    report.check("lxmd was never restarted", lambda: until(1, "it runs", lxmd.is_alive))


def pages(world, report):
    """Two NomadNets."""
    daemon = NomadNetDaemon(world, "pages").begin()
    reader = NomadNetTerminal(world, "reader").begin()
    url = daemon.address + ":/page/index.mu"
    report.check("NomadNet lists announces", reader.network)

    def announced():
        until(90, "the announce is shown:\n" + reader.screen(), lambda: "Pages of interop" in reader.screen(), 2)

    report.check("NomadNet shows the announce of the other", announced)

    def read(title, seconds=60):
        reader.open(url)

        def shown():
            if title in reader.screen() and "read over Kairos" in reader.screen():
                return True
            if "failed" in reader.screen().lower() or "retry" in reader.screen().lower():
                reader.keys("C-r")
            return False

        try:
            until(seconds, "the page", shown, 2)
        except AssertionError:
            raise AssertionError("the page does not come:\n" + reader.screen()) from None

    report.check("NomadNet reads a page of the other", lambda: read("first page"))
    daemon.page("second page")
    world.restart()
    report.check("both are there after the restart", lambda: until(1, "both", lambda: daemon.is_alive() and reader.is_alive()))
    time.sleep(AGAIN_SECONDS)

    def again():
        reader.keys("C-w")
        read("second page", 90)

    report.check("NomadNet reads a page after the restart", again)


SCENES = {"messages": messages, "pages": pages}


def end_all():
    for each in reversed(list(STARTED)):
        each.end()
    stop_all()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=Path, required=True, help="checkout of the reference (RNS inside)")
    parser.add_argument("--lxmf", type=Path, required=True, help="checkout of LXMF")
    parser.add_argument("--nomadnet", type=Path, required=True, help="checkout of NomadNet")
    parser.add_argument("--distribution", type=Path, required=True, help="an unpacked distribution")
    parser.add_argument("--bundle", type=Path, required=True, help="jar of the control bundle")
    parser.add_argument("--python", default=sys.executable, help="Python for the programs; NomadNet needs urwid")
    parser.add_argument("--only", default="", help="only scenes whose name contains this: " + ", ".join(SCENES))
    parser.add_argument("--keep", action="store_true", help="keep the folder also when all is well")
    return parser.parse_args()


def main():
    options = arguments()
    folder = Path(tempfile.mkdtemp(prefix="kairos-programs-"))
    setup = Setup(
        reference=options.reference.resolve(),
        python=options.python,
        distribution=options.distribution.resolve(),
        bundle=options.bundle.resolve(),
        work=folder,
    )
    setup.lxmf, setup.nomadnet = options.lxmf.resolve(), options.nomadnet.resolve()
    atexit.register(end_all)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    report = Report()
    for name, scene in SCENES.items():
        if options.only in name:
            world = World(setup, folder / name)
            try:
                world.start()
                scene(world, report)
            except (AssertionError, PeerFailure, OSError) as problem:
                report.failed.append(name)
                print("FAIL  %-52s %s" % (name, problem), flush=True)
            finally:
                end_all()
    print("%d checks passed, %d failed" % (report.passed, len(report.failed)))
    if report.failed or options.keep:
        print("kept: %s" % folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
