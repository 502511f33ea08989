#!/usr/bin/env python3
"""Runs the tools of the reference implementation against a Kairos node, and the node's own against them.

    tools.py --reference DIR --distribution DIR [--only TEXT] [--keep]

Files (rncp), commands (rnx), probes (rnprobe), remote status and paths (rnstatus -R, rnpath -R), refused identities. One
node with a TCP server on loopback; every tool of the reference runs as an instance of its own that connects to it. The exit
status is 0 only if every check passed.
"""

import argparse
import hashlib
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

from line import Line
from nodes import copy_distribution, free_port

LOOPBACK = "127.0.0.1"
HASH = re.compile("[0-9a-f]{32}")


class Problem(Exception):
    pass


def expect(condition, what, told=""):
    if not condition:
        raise Problem("%s %s" % (what, told))


def until(seconds, what, question):
    deadline = time.time() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        if time.time() > deadline:
            raise Problem("waited %d s for %s" % (seconds, what))
        time.sleep(0.3)


class Kairos:
    """A node whose shell is reached by the wrappers of its distribution."""

    def __init__(self, distribution, folder, name="node"):
        self.home = folder / name
        self.port = free_port()
        self.ssh = free_port()
        self.process = None
        copy_distribution(distribution, self.home)
        etc = self.home / "etc"
        for shipped in etc.glob("io.kairos.transport.*.cfg"):
            shipped.unlink()
        shell = etc / "org.apache.karaf.shell.cfg"
        shell.write_text(re.sub("(?m)^sshPort *=.*$", "sshPort = %d" % self.ssh, shell.read_text()))
        self.settings(
            "io.kairos.transport.tcp.server-door",
            "interface.name = door",
            "listen.host = " + LOOPBACK,
            "listen.port = %d" % self.port,
        )

    def settings(self, pid, *lines):
        (self.home / "etc" / (pid + ".cfg")).write_text("\n".join(lines) + "\n")

    def start(self):
        kept = {key: value for key, value in os.environ.items() if not re.match("KARAF_|KAIROS_", key)}
        log = open(self.home / "output.log", "ab")
        self.process = subprocess.Popen(
            [str(self.home / "bin" / "kairos"), "run"],
            env={**kept, "KAIROS_HEAP": "192m"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until(240, "the node's shell", lambda: "door" in self.shell("mesh:status", check=False))

    def tool(self, name, *words, check=True, timeout=90, cwd=None):
        """Runs a wrapper of the distribution."""
        done = subprocess.run(
            [str(self.home / "bin" / name), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=cwd,
        )
        told = done.stdout + done.stderr
        if check:
            expect(done.returncode == 0, "%s %s ended with %d:" % (name, words, done.returncode), told)
        return told

    def shell(self, *words, **more):
        return self.tool("kairos-shell", *words, **more)

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


class Reference:
    """Tools of the reference with a folder of their own."""

    def __init__(self, setup, folder, name, port, transport=False, extra=()):
        self.setup = setup
        self.folder = folder / name
        self.folder.mkdir(parents=True)
        self.running = []
        lines = [
            "[reticulum]",
            "share_instance = no",
            "enable_transport = %s" % ("yes" if transport else "no"),
            *extra,
            "[logging]",
            "loglevel = 4",
            "[interfaces]",
            "[[up]]",
            "type = TCPClientInterface",
            "enabled = yes",
            "target_host = " + LOOPBACK,
            "target_port = %d" % port,
        ]
        (self.folder / "config").write_text("\n".join(lines) + "\n")

    def command(self, tool, *words):
        program = str(self.setup.reference / "RNS" / "Utilities" / (tool + ".py"))
        return [self.setup.python, "-u", program, "--config", str(self.folder), *words]

    def environment(self):
        return {
            **os.environ,
            "PYTHONPATH": str(self.setup.reference),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.folder),
            "TERM": "dumb",
        }

    def run(self, tool, *words, timeout=90, cwd=None):
        """Runs a tool to its end; gives status and what it wrote."""
        try:
            done = subprocess.run(
                self.command(tool, *words),
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=timeout,
                cwd=cwd or self.folder,
            )
            return done.returncode, done.stdout
        except subprocess.TimeoutExpired as late:
            return None, (late.stdout or b"").decode(errors="replace")

    def begin(self, tool, *words):
        """Starts a tool that goes on; gives the file with what it writes."""
        log = self.folder / (tool + ".log")
        process = subprocess.Popen(
            self.command(tool, *words),
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=open(log, "wb"),
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            start_new_session=True,
        )
        self.running.append(process)
        return log

    def identity(self, tool):
        """Identity and address of rncp or rnx, made where there is none."""
        told = self.run(tool, "-p")[1]
        hashes = HASH.findall(told)
        expect(len(hashes) >= 2, "%s -p tells two hashes:" % tool, told)
        return hashes[-2], hashes[-1]

    def stop(self):
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
        self.running.clear()


class World:
    """One node and the references around it."""

    def __init__(self, setup, folder):
        self.setup = setup
        self.folder = folder
        self.kairos = Kairos(setup.distribution, folder)
        self.references = []

    def reference(self, name, **more):
        made = Reference(self.setup, self.folder, name, self.kairos.port, **more)
        self.references.append(made)
        return made

    def content(self, name, size):
        file = self.folder / name
        file.write_bytes(hashlib.sha256(name.encode()).digest() * (size // 32 + 1))
        with open(file, "r+b") as opened:
            opened.truncate(size)
        return file

    def stop(self):
        for reference in self.references:
            reference.stop()
        self.kairos.stop()


def address_of(told, label="Listening"):
    for line in told.splitlines():
        if label in line:
            found = HASH.findall(line)
            if found:
                return found[-1]
    raise Problem("no address in: " + told)


def files_to_kairos(world):
    """rncp sends to the node and fetches from it."""
    friend, stranger = world.reference("friend"), world.reference("stranger")
    inbox, shared = world.folder / "inbox", world.folder / "shared"
    shared.mkdir()
    (shared / "here.txt").write_text("from the shared folder")
    (world.folder / "secret.txt").write_text("outside")
    (shared / "out").symlink_to(world.folder / "secret.txt")
    hash_of_friend = friend.identity("rncp")[0]
    told = world.kairos.shell("file:serve", "--receive", str(inbox), "--give", str(shared), "--allow", hash_of_friend)
    address = address_of(told)

    note = world.content("note.bin", 700_000)
    for number in ("", ".1"):
        status, told = friend.run("rncp", "-w", "30", str(note), address)
        expect(status == 0, "rncp sends:", told)
        saved = until(20, "the file", lambda: (inbox / ("note.bin" + number)).exists() and inbox / ("note.bin" + number))
        expect(saved.read_bytes() == note.read_bytes(), "the file is the same")
    status, told = stranger.run("rncp", "-w", "10", str(note), address, timeout=60)
    expect(not (inbox / "note.bin.2").exists(), "a stranger sends nothing")

    here = world.folder / "fetched"
    here.mkdir()
    status, told = friend.run("rncp", "-w", "30", "-f", "-s", str(here), "here.txt", address)
    expect(status == 0 and (here / "here.txt").read_text() == "from the shared folder", "rncp fetches:", told)
    for name in ("../secret.txt", "out", "/etc/passwd"):
        status, told = friend.run("rncp", "-w", "20", "-f", "-s", str(here), name, address)
        expect("not allowed" in told.lower(), "what leads out is not given out:", told)
    status, told = friend.run("rncp", "-w", "20", "-f", "-s", str(here), "nothing", address)
    expect("not found" in told.lower() or "fail" in told.lower(), "a missing file is told:", told)
    told = world.kairos.shell("file:serve")
    expect("3 fetched" in told or "1 fetched" in told, "the node counts:", told)


def files_from_kairos(world):
    """The node sends to a listening rncp and fetches from it."""
    listener = world.reference("listener")
    inbox, shared = world.folder / "pyinbox", world.folder / "pyshared"
    inbox.mkdir()
    shared.mkdir()
    (shared / "there.txt").write_text("from python")
    ours = HASH.findall(world.kairos.tool("rncp", "-p"))[0]
    address = listener.identity("rncp")[1]
    listener.begin("rncp", "-l", "-a", ours, "-s", str(inbox), "-F", "-j", str(shared), "-b", "0")
    big = world.content("big.bin", 3_000_000)
    time.sleep(3)
    told = world.kairos.tool("rncp", "-w", "30", str(big), address)
    saved = until(20, "the file", lambda: (inbox / "big.bin").exists() and inbox / "big.bin")
    expect(saved.read_bytes() == big.read_bytes(), "the file is the same", told)
    here = world.folder / "here"
    here.mkdir()
    world.kairos.tool("rncp", "-f", "there.txt", address, "-w", "30", cwd=here)
    expect((here / "there.txt").read_text() == "from python", "fetched into the folder of the wrapper")
    told = world.kairos.tool("rncp", "-f", "../big.bin", address, check=False)
    expect("does not give out" in told, "the refusal is told:", told)
    told = world.kairos.tool("rncp", "-f", "no.txt", address, check=False)
    expect("no such file" in told, "a missing file is told:", told)
    listener.stop()


def commands(world):
    """rnx in both directions."""
    friend, stranger = world.reference("xfriend"), world.reference("xstranger")
    allowed = friend.identity("rnx")[0]
    world.kairos.settings(
        "io.kairos.messaging.execution", "enabled = true", "allowed = " + allowed, "timeout.seconds = 5"
    )
    address = until(
        20,
        "the listener",
        lambda: next(
            (
                HASH.findall(line)[0]
                for line in world.kairos.shell("mesh:destinations").splitlines()
                if "rnx.execute" in line and HASH.findall(line)
            ),
            None,
        ),
    )
    status, told = friend.run("rnx", address, "echo 'hello from afar'", "-w", "20", "-W", "30")
    expect("hello from afar" in told, "rnx runs a command:", told)
    status, told = friend.run("rnx", address, "sh -c 'echo bad >&2; exit 3'", "-m", "-w", "20", "-W", "30")
    expect("bad" in told and status == 3, "error output and status come back (%s):" % status, told)
    status, told = stranger.run("rnx", address, "echo no", "-w", "8", timeout=40)
    expect("\nno" not in told, "a stranger runs nothing:", told)

    listener = world.reference("xlistener")
    world.kairos.shell("identity:create", "rnx", check=False)
    ours = next(HASH.findall(line)[0] for line in world.kairos.shell("identity:list").splitlines() if "rnx" in line)
    address = listener.identity("rnx")[1]
    listener.begin("rnx", "-l", "-a", ours)
    time.sleep(3)
    told = world.kairos.tool("rnx", address, "echo 'and back'", "-w", "30")
    expect("and back" in told, "the node runs a command there:", told)
    told = world.kairos.tool("rnx", address, "sh -c 'exit 4'", "-w", "30", check=False)
    expect("status 4" in told, "the status is told:", told)
    listener.stop()


def from_afar(world):
    """rnprobe, rnstatus -R and rnpath -R ask the node."""
    manager, stranger = world.reference("manager"), world.reference("other")
    told = manager.run("rnid", "-g", str(manager.folder / "manager.id"))[1]
    told += manager.run("rnid", "-i", str(manager.folder / "manager.id"), "-p")[1]
    identity = HASH.findall(told)[0]
    stranger.run("rnid", "-g", str(stranger.folder / "other.id"))
    world.kairos.settings(
        "io.kairos.core.management",
        "probe.respond = true",
        "remote.enabled = true",
        "remote.allowed = 00000000000000000000000000000000," + identity,
        "blackhole.publish = true",
    )
    until(20, "the probe responder", lambda: "rnstransport.probe" in world.kairos.shell("mesh:destinations"))
    node = next(line for line in world.kairos.shell("mesh:status").splitlines() if "Transport id" in line)
    node = HASH.findall(node)[0]
    probe = next(
        HASH.findall(line)[0]
        for line in world.kairos.shell("mesh:destinations").splitlines()
        if "rnstransport.probe" in line
    )
    status, told = manager.run("rnprobe", "rnstransport.probe", probe, "-n", "2", "-t", "20")
    expect(status == 0 and "packet loss 0.0%" in told, "rnprobe:", told)

    key = str(manager.folder / "manager.id")
    status, told = manager.run("rnstatus", "-R", node, "-i", key, "-w", "30", "-a", "-A", "-l", "-t")
    expect("TCPServerInterface[door" in told and "Uptime" in told and "link table" in told, "rnstatus -R:", told)
    expect("Probe responder at" in told, "rnstatus -R tells the probe responder:", told)
    status, told = manager.run("rnstatus", "-R", node, "-i", key, "-w", "30", "-j")
    expect('"interfaces"' in told and '"transport_id"' in told, "rnstatus -R -j:", told)

    friend = world.reference("announcer")
    friend.begin("rncp", "-l", "-n", "-b", "5")
    until(30, "a path", lambda: HASH.findall(world.kairos.shell("mesh:path")))
    status, told = manager.run("rnpath", "-R", node, "-i", key, "-W", "30", "-t")
    expect(status == 0 and "hop" in told and "away" in told, "rnpath -R -t:", told)
    status, told = manager.run("rnpath", "-R", node, "-i", key, "-W", "30", "-r")
    expect("last heard" in told or "No information" in told or status == 0, "rnpath -R -r:", told)
    friend.stop()

    status, told = stranger.run("rnstatus", "-R", node, "-i", str(stranger.folder / "other.id"), "-w", "6", timeout=45)
    expect("door" not in told, "a stranger is told nothing:", told)


def refused_identities(world):
    """Lists of refused identities go both ways; what their source lifts is let in again."""
    source = world.reference("source", transport=True, extra=["publish_blackhole = yes"])
    listed, kept = "11" * 16, "22" * 16
    world.kairos.shell("mesh:blackhole", "add", "33" * 16, "-r", "ours")
    helper = world.folder / "source.py"
    helper.write_text(SOURCE)
    log = source.folder / "source.log"
    process = subprocess.Popen(
        [world.setup.python, "-u", str(helper), str(source.folder), listed, kept],
        env=source.environment(),
        stdin=subprocess.PIPE,
        stdout=open(log, "wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    source.running.append(process)
    identity = until(30, "the source", lambda: HASH.findall(log.read_text()) or None)[0]
    world.kairos.settings(
        "io.kairos.core.management",
        "blackhole.publish = true",
        "blackhole.sources = " + identity,
        "blackhole.interval.minutes = 2",
    )
    until(60, "the list", lambda: listed in world.kairos.shell("mesh:blackhole", "list"))
    told = world.kairos.shell("mesh:blackhole", "list")
    expect(kept in told and "33" * 16 in told, "both are refused, and ours:", told)
    reader = world.reference("reader")
    node = next(line for line in world.kairos.shell("mesh:status").splitlines() if "Transport id" in line)
    status, told = reader.run("rnpath", "-p", HASH.findall(node)[0], "-W", "30")
    expect("33" * 16 in told, "rnpath -p reads the node's list:", told)
    process.stdin.write(b"lift\n")
    process.stdin.flush()
    until(200, "the identity to be let in", lambda: listed not in world.kairos.shell("mesh:blackhole", "list"))
    told = world.kairos.shell("mesh:blackhole", "list")
    expect(kept in told and "33" * 16 in told, "the others stay refused:", told)


SOURCE = """
import sys, RNS
folder, listed, kept = sys.argv[1:]
RNS.Reticulum(folder)
for identity in (listed, kept):
    RNS.Transport.blackhole_identity(bytes.fromhex(identity), until=None, reason="told by the source")
print(RNS.Transport.identity.hash.hex(), flush=True)
sys.stdin.readline()
RNS.Transport.unblackhole_identity(bytes.fromhex(listed))
print("lifted", flush=True)
sys.stdin.readline()
"""


def takeover(world):
    """mesh:import shows a folder of the reference."""
    old = world.reference("old")
    old.identity("rncp")
    told = world.kairos.shell("mesh:import", str(old.folder))
    expect("io.kairos.transport.tcp.client-up.cfg" in told and "planned" in told, "the preview:", told)
    told = world.kairos.shell("mesh:import", "--apply", str(old.folder))
    expect("0 failed" in told, "the import:", told)
    until(20, "the interface", lambda: "up (tcp-client)" in world.kairos.shell("mesh:status"))


def broken_line(world):
    """Files go on where they were after the line between two nodes broke, in both directions."""
    inbox, shared = world.folder / "far-inbox", world.folder / "far-shared"
    shared.mkdir()
    line = Line(world.kairos.port, rate=400_000)
    far = Kairos(world.setup.distribution, world.folder, "far")
    far.settings(
        "io.kairos.transport.tcp.client-line",
        "interface.name = line",
        "peer.host = " + LOOPBACK,
        "peer.port = %d" % line.port,
        "reconnect.delay.seconds = 1",
    )
    try:
        far.start()
        ours = HASH.findall(far.tool("rncp", "-p"))[0]
        told = world.kairos.shell("file:serve", "--receive", str(inbox), "--give", str(shared), "--allow", ours)
        address = address_of(told)
        until(30, "the line", lambda: "line (tcp-client) UP" in far.shell("mesh:status"))

        sent, given = world.content("sent.bin", 6_000_000), world.content("given.bin", 6_000_000)
        shutil.move(given, shared / "given.bin")
        here = world.folder / "far-here"
        here.mkdir()
        for words, came, original in (
            ((str(sent), address, "-w", "60"), inbox / "sent.bin", sent),
            (("-f", "given.bin", address, "-w", "60"), here / "given.bin", shared / "given.bin"),
        ):
            before = line.passed
            threading.Thread(target=interrupt, args=(line, before + 2_500_000), daemon=True).start()
            told = far.tool("rncp", *words, cwd=here, timeout=240)
            until(30, "the file", came.exists)
            expect(came.read_bytes() == original.read_bytes(), "the file is the same:", told)
            passed = line.passed - before
            expect(passed < 9_000_000, "what had arrived was not sent again, %d bytes:" % passed, told)
    finally:
        far.stop()
        line.close()


def interrupt(line, when):
    """Cuts the line for a quarter of a minute when so many bytes have passed."""
    until(120, "bytes on the line", lambda: line.passed > when)
    line.cut()
    time.sleep(15)
    line.mend()


CHECKS = [files_to_kairos, files_from_kairos, commands, from_afar, refused_identities, takeover, broken_line]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", type=Path, required=True, help="checkout of the reference (RNS inside)")
    parser.add_argument("--distribution", type=Path, required=True, help="an unpacked distribution")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--only", default="", help="only checks whose name contains this")
    parser.add_argument("--keep", action="store_true", help="keep the folder also when all is well")
    setup = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kairos-tools-"))
    world = World(setup, folder)
    failed = 0
    try:
        world.kairos.start()
        for check in CHECKS:
            if setup.only in check.__name__:
                start = time.time()
                try:
                    check(world)
                    print("ok    %-20s %5.1f s" % (check.__name__, time.time() - start), flush=True)
                except (Problem, subprocess.SubprocessError, OSError, StopIteration) as problem:
                    failed += 1
                    print("FAIL  %-20s %s" % (check.__name__, problem), flush=True)
    finally:
        world.stop()
    if failed or setup.keep:
        print("kept: %s" % folder)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
