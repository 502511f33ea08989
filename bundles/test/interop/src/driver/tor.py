"""A Tor network of its own on loopback: one directory authority, three further relays, and a tor that uses them."""

import re
import socket
import subprocess
import threading
import time

from nodes import LOOPBACK, free_port
from sam import join

RELAYS = 4
COMMON = """TestingTorNetwork 1
DataDirectory %(folder)s
PidFile %(folder)s/pid
Log notice file %(folder)s/log
ShutdownWaitLength 0
AvoidDiskWrites 1
PathsNeededToBuildCircuits 0.67
"""
RELAY = """Nickname relay%(number)d
Address 127.0.0.1
ContactInfo nobody
ORPort 127.0.0.1:%(onion)d IPv4Only
DirPort 127.0.0.1:%(directory)d
SocksPort 0
ExitRelay 1
ExitPolicyRejectPrivate 0
ExitPolicy accept 127.0.0.0/8:*
AssumeReachable 1
ServerDNSDetectHijacking 0
ServerDNSTestAddresses
"""
AUTHORITY = """AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
V3AuthVotingInterval 10
V3AuthVoteDelay 2
V3AuthDistDelay 2
TestingV3AuthInitialVotingInterval 5
TestingV3AuthInitialVoteDelay 2
TestingV3AuthInitialDistDelay 2
TestingDirAuthVoteExit *
TestingDirAuthVoteHSDir *
TestingDirAuthVoteGuard *
TestingMinExitFlagThreshold 0
MinUptimeHidServDirectoryV2 0
V3AuthNIntervalsValid 2
"""


class TorNetwork:
    """Starts with the constructor; `wait` returns when circuits can be built."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        self.socks, self.control = free_port(), free_port()
        ports = [(free_port(), free_port()) for _ in range(RELAYS)]
        texts = {}
        authority = ""
        for number, (onion, directory) in enumerate(ports):
            place = self.place("relay%d" % number)
            values = {"folder": place, "number": number, "onion": onion, "directory": directory}
            texts[place] = (COMMON + RELAY) % values + (AUTHORITY if number == 0 else "")
            (place / "torrc").write_text(texts[place])
            if number == 0:
                authority = self.authority(place, onion, directory)
        self.user = self.place("user")
        texts[self.user] = COMMON % {"folder": self.user} + "SocksPort 127.0.0.1:%d ExtendedErrors\n" % self.socks
        texts[self.user] += "ControlPort 127.0.0.1:%d\nCookieAuthentication 1\n" % self.control
        for place, text in texts.items():
            (place / "torrc").write_text(text + authority)
            self.processes.append(subprocess.Popen(["tor", "-f", str(place / "torrc"), "--quiet"]))

    def place(self, name):
        place = self.folder / name
        place.mkdir(parents=True, mode=0o700)
        return place

    @staticmethod
    def authority(place, onion, directory):
        keys = place / "keys"
        keys.mkdir(mode=0o700)
        parts = (("-i", "authority_identity_key"), ("-s", "authority_signing_key"), ("-c", "authority_certificate"))
        files = [word for option, file in parts for word in (option, str(keys / file))]
        make = ["tor-gencert", "--create-identity-key", "-m", "12", "-a", "%s:%d" % (LOOPBACK, directory)]
        subprocess.run([*make, *files, "--passphrase-fd", "0"], input=b"nobody\n", check=True, capture_output=True)
        nobody = "nobody 127.0.0.1:1 " + "F" * 40
        tell = ["tor", "-f", str(place / "torrc"), "--list-fingerprint", "--quiet", "--DirAuthority", nobody]
        subprocess.run(tell, check=True, capture_output=True)
        identity = re.search(r"fingerprint (\w+)", (keys / "authority_certificate").read_text()).group(1)
        relay = (place / "fingerprint").read_text().split()[1]
        line = "DirAuthority relay0 orport=%d no-v2 v3ident=%s %s:%d %s\n"
        return line % (onion, identity, LOOPBACK, directory, relay)

    def wait(self, seconds=90):
        deadline = time.time() + seconds
        log = self.user / "log"
        while not (log.exists() and "Bootstrapped 100%" in log.read_text()):
            if time.time() > deadline:
                raise AssertionError("no circuits, see %s" % log)
            time.sleep(0.2)

    def close(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


class Controller:
    """Speaks to the control port; knows which onion services were published."""

    def __init__(self, network):
        self.connection = socket.create_connection((LOOPBACK, network.control))
        self.lines = self.connection.makefile("r")
        cookie = (network.user / "control_auth_cookie").read_bytes().hex()
        self.ask("AUTHENTICATE " + cookie)
        self.ask("SETEVENTS HS_DESC")
        self.published = set()

    def ask(self, command):
        self.connection.sendall(command.encode() + b"\r\n")
        answer = []
        while True:
            line = self.lines.readline().strip()
            if line.startswith("650"):
                continue
            answer.append(line)
            if line[3:4] == " ":
                if not line.startswith("250"):
                    raise AssertionError("%s: %s" % (command.split()[0], line))
                return answer

    def publish(self, port):
        """An onion service that leads to a local port; gives its host once others can find it."""
        answer = self.ask("ADD_ONION NEW:ED25519-V3 Flags=DiscardPK Port=4242,127.0.0.1:%d" % port)
        service = answer[0].split("=")[1]
        self.wait(lambda: service in self.published)
        return service + ".onion"

    def wait_for_any(self):
        """The host of a service that somebody else has published."""
        self.wait(lambda: self.published)
        return sorted(self.published)[0] + ".onion"

    def close(self):
        """Ends the services it has published."""
        self.lines.close()
        self.connection.close()

    def wait(self, condition):
        self.connection.settimeout(90)
        while not condition():
            words = self.lines.readline().split()
            if words[1:3] == ["HS_DESC", "UPLOADED"]:
                self.published.add(words[3])


class Relay:
    """For programs that know no proxy: a local port that leads to an onion service."""

    def __init__(self, network, host, port):
        self.network, self.host, self.far = network, host, port
        self.door = socket.create_server((LOOPBACK, 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self.connect, args=(near,), daemon=True).start()

    def connect(self, near):
        far = socket.create_connection((LOOPBACK, self.network.socks))
        far.sendall(b"\x05\x01\x00")
        far.recv(2)
        name = self.host.encode()
        far.sendall(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + self.far.to_bytes(2, "big"))
        answer = far.recv(10)
        if len(answer) < 10 or answer[1] != 0:
            near.close()
            far.close()
            return
        join(near, far)

    def close(self):
        self.door.close()
