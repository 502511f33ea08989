"""One home, two builds: the old one makes it, the present one takes it over, the old one gets it back.

    python3 bundles/test/interop/src/driver/versions.py --reference FOLDER [--old TAG] [--work FOLDER]

Builds the old one in a worktree of its own, which is removed again; the present distribution has to be built (./kairos dist).
FOLDER of --reference holds the package RNS. Prints one line for each check; status 0 where all hold.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nodes import LOOPBACK, Interface, ReferenceNode, Setup, free_port

CLONE = Path(__file__).resolve().parents[5]
START_SECONDS = 240
ARCHIVE = "karaf-distribution/assembly/target/io.kairos.distribution.assembly-*.tar.gz"


def run(command, **more):
    print("+ " + " ".join(str(word) for word in command), flush=True)
    subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL, **more)


def unpack(clone, folder):
    archives = sorted(clone.glob(ARCHIVE))
    if not archives:
        sys.exit("There is no distribution in %s; ./kairos dist builds it." % clone)
    folder.mkdir(parents=True)
    run(["tar", "-xzf", archives[-1], "-C", folder, "--strip-components=1"])
    return folder


def build_old(tag, work):
    """The distribution of a tag."""
    worktree = work / "worktree"
    run(["git", "-C", CLONE, "worktree", "add", "--detach", worktree, tag])
    try:
        maven = ["mvn", "-q", "-B", "-ntp", "package", "-Dmaven.test.skip=true", "-am", "-pl", "karaf-distribution/assembly"]
        run(maven, cwd=worktree)
        return unpack(worktree, work / "old")
    finally:
        run(["git", "-C", CLONE, "worktree", "remove", "--force", worktree])


class Home:
    """A node's folder, run by one distribution after the other."""

    def __init__(self, folder, port):
        self.folder = folder
        self.port = port
        self.process = None
        etc = folder / "etc"
        etc.mkdir(parents=True)
        self.write("org.apache.karaf.shell.cfg", """
            sshHost = 127.0.0.1
            sshPort = %d
            hostKey = %s
            authMethods = publickey
            sshRealm = karaf
            sshRole = ssh
            algorithm = EC
            keySize = 256""" % (free_port(), etc / "host.key"))
        self.write("io.kairos.transport.auto-lan.cfg", "interface.name = lan\nenabled = false")
        self.write("io.kairos.transport.local-programs.cfg", "interface.name = programs\nenabled = false")
        self.write("io.kairos.transport.tcp.server-door.cfg",
                   "interface.name = door\nlisten.host = %s\nlisten.port = %d" % (LOOPBACK, port))
        self.write("io.kairos.core.router.cfg", "# mine\nforward = true")

    def write(self, name, text):
        lines = [line.strip() for line in text.strip().splitlines()]
        (self.folder / "etc" / name).write_text("\n".join(lines) + "\n")

    def environment(self):
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("KARAF_", "KAIROS_"))}
        return {**kept, "KAIROS_HOME": str(self.folder)}

    def start(self, distribution):
        self.distribution = distribution
        log = open(self.folder.parent / "node.log", "ab")
        self.process = subprocess.Popen([str(distribution / "bin/kairos"), "run"], env=self.environment(),
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.time() + START_SECONDS
        keys = self.folder / "etc/keys.properties"  # comes with the first start; kairos-shell would make another one before
        while not (keys.exists() and self.says("identity:list", "--json")):
            if time.time() > deadline or self.process.poll() is not None:
                sys.exit("the node does not come up, see %s" % log.name)
            time.sleep(1)

    def says(self, *words):
        """What a command prints; empty where it fails."""
        done = subprocess.run([str(self.distribution / "bin/kairos-shell"), *words], env=self.environment(),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return done.stdout if done.returncode == 0 else ""

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def facts(self):
        """What must be the same under each build."""
        identities = json.loads(self.says("identity:list", "--json"))
        return {
            "identities": sorted((one["name"], one["identity"]) for one in identities),
            "interface": "door" in self.says("iface:list"),
            "settings": (self.folder / "etc/io.kairos.core.router.cfg").read_text(),
        }


def wait_for(question, what):
    deadline = time.time() + 60
    while not question():
        if time.time() > deadline:
            sys.exit("not within 60 s: " + what)
        time.sleep(0.5)


def announce(setup, folder, port):
    """A neighbour of the reference implementation makes itself known and leaves; gives its address."""
    interface = Interface("tcp-client", peer_port=port)
    peer = ReferenceNode("peer", folder, [interface], False, setup)
    peer.start()
    try:
        peer.connect()
        peer.wait_until_up(time.time() + 60)
        address = peer.call("open")["destination"]
        peer.call("announce", destination=address, appData="versions")
        time.sleep(2)
        return address
    finally:
        peer.stop()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reference", type=Path, required=True)
    options.add_argument("--old", default="v0.0.1")
    options.add_argument("--work", type=Path)
    given = options.parse_args()
    work = (given.work or Path(tempfile.mkdtemp(prefix="kairos-versions-"))).resolve()
    new = unpack(CLONE, work / "new")
    old = build_old(given.old, work)
    home = Home(work / "home", free_port())
    bad = 0
    try:
        home.start(old)
        home.says("identity:create", "friend")
        address = announce(Setup(reference=given.reference, work=work), work / "peer", home.port)
        wait_for(lambda: address in home.says("mesh:path"), "the path to the neighbour")
        before = home.facts()
        for name, distribution in (("the present build", new), (given.old + " again", old)):
            home.stop()
            home.start(distribution)
            wait_for(lambda: home.facts()["interface"], "the interface")
            after = {**home.facts(), "path": address in home.says("mesh:path")}
            for fact, wanted in {**before, "path": True}.items():
                good = after[fact] == wanted
                bad += not good
                print("%-18s %-11s %s" % (name, fact, "same" if good else "%s, was %s" % (after[fact], wanted)), flush=True)
    finally:
        home.stop()
        if given.work is None:
            shutil.rmtree(work, ignore_errors=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
