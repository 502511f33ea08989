"""Starts peers as processes of their own, with folders of their own, on loopback."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from control import Control, PeerFailure

HERE = Path(__file__).resolve().parent
LOOPBACK = "127.0.0.1"
START_SECONDS = 240


def free_port():
    """A port that is free for TCP and UDP now."""
    while True:
        with socket.socket() as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            tcp.bind((LOOPBACK, 0))
            port = tcp.getsockname()[1]
            try:
                udp.bind((LOOPBACK, port))
                return port
            except OSError:
                continue


@dataclass
class Interface:
    """An interface of a node: kind is tcp-server, tcp-client, backbone-server, backbone-client, udp, serial, kiss, ax25 or rnode."""

    kind: str
    port: int = 0
    peer_port: int = 0
    code: tuple = None
    bitrate: int = 0
    name: str = ""
    device: str = ""
    radio: dict = None


@dataclass
class Node:
    """A peer process. Subclasses write its configuration and know its command line."""

    name: str
    folder: Path
    interfaces: list
    forwards: bool
    setup: object
    port: int = field(default_factory=free_port)
    process: object = None
    control: object = None

    def prepare(self):
        raise NotImplementedError

    def command(self):
        raise NotImplementedError

    def environment(self):
        return dict(os.environ)

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        for number, interface in enumerate(self.interfaces):
            interface.name = "%s%d" % (self.name, number)
        self.prepare()
        self.launch()

    def launch(self):
        with open(self.folder / "output.log", "ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                env=self.environment(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def connect(self):
        deadline = time.time() + START_SECONDS
        while True:
            if self.process.poll() is not None:
                raise PeerFailure("%s ended with status %s, see %s" % (self.name, self.process.returncode, self.folder))
            try:
                self.control = Control(self.port, time.time() + 1)
                return
            except PeerFailure:
                if time.time() > deadline:
                    raise

    def wait_until_up(self, deadline):
        """Waits until every configured interface is up."""
        while True:
            status = self.control.call("status")
            up = sum(1 for interface in status["interfaces"] if interface["up"])
            if up >= len(self.interfaces):
                return
            if time.time() > deadline:
                raise PeerFailure("%s: interfaces did not come up: %s" % (self.name, status["interfaces"]))
            time.sleep(0.2)

    def call(self, do, **arguments):
        patience = arguments.get("timeout", 20) * 1.5 + 20
        return self.control.call(do, patience, **arguments)

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        """Ends the process and what it started; asks first."""
        if self.process is None:
            return
        if self.control is not None and self.is_alive():
            try:
                self.control.call("shutdown", 3)
            except PeerFailure:
                pass
            self.control.close()
        for word, seconds in ((None, 4), (signal.SIGTERM, 5), (signal.SIGKILL, 5)):
            if word is not None and self.is_alive():
                try:
                    os.killpg(self.process.pid, word)
                except ProcessLookupError:
                    pass
            try:
                self.process.wait(seconds)
                break
            except subprocess.TimeoutExpired:
                continue
        self.process = None


class ReferenceNode(Node):
    """The reference implementation with peer.py."""

    implementation = "reference"

    def prepare(self):
        lines = [
            "[reticulum]",
            "enable_transport = %s" % ("yes" if self.forwards else "no"),
            "share_instance = no",
            "panic_on_interface_error = yes",
            "[logging]",
            "loglevel = %d" % self.setup.loglevel,
            "[interfaces]",
        ]
        for interface in self.interfaces:
            lines += ["[[%s]]" % interface.name, "enabled = yes", *self.lines_of(interface)]
        (self.folder / "config").write_text("\n".join(lines) + "\n")

    @staticmethod
    def lines_of(interface):
        kinds = {
            "tcp-server": ["type = TCPServerInterface"],
            "tcp-client": ["type = TCPClientInterface"],
            "backbone-server": ["type = BackboneInterface"],
            "backbone-client": ["type = BackboneInterface"],
            "udp": ["type = UDPInterface"],
            "rnode": ["type = RNodeInterface"],
            "serial": ["type = SerialInterface"],
            "kiss": ["type = KISSInterface"],
            "ax25": ["type = AX25KISSInterface", "callsign = N0REF", "ssid = 1"],
        }
        lines = list(kinds[interface.kind])
        if interface.kind in ("tcp-server", "backbone-server"):
            lines += ["listen_ip = " + LOOPBACK, "listen_port = %d" % interface.port]
        elif interface.kind == "tcp-client":
            lines += ["target_host = " + LOOPBACK, "target_port = %d" % interface.peer_port]
        elif interface.kind == "backbone-client":
            lines += ["remote = " + LOOPBACK, "target_port = %d" % interface.peer_port]
        elif interface.kind == "rnode":
            lines += ["port = " + interface.device, *("%s = %d" % each for each in interface.radio.items())]
        elif interface.device:
            lines += ["port = " + interface.device, "speed = 115200"]
        else:
            lines += [
                "listen_ip = " + LOOPBACK,
                "listen_port = %d" % interface.port,
                "forward_ip = " + LOOPBACK,
                "forward_port = %d" % interface.peer_port,
            ]
        if interface.code:
            lines += ["network_name = " + interface.code[0], "passphrase = " + interface.code[1]]
        if interface.bitrate:
            lines += ["bitrate = %d" % interface.bitrate]
        return lines

    def command(self):
        return [self.setup.python, "-u", str(HERE / "peer.py"), "--config", str(self.folder), "--port", str(self.port)]

    def environment(self):
        return {
            **os.environ,
            "PYTHONPATH": str(self.setup.reference),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.folder),
            "INTEROP_LOGLEVEL": str(self.setup.loglevel),
        }


class KairosNode(Node):
    """An unpacked distribution with the control bundle in it."""

    implementation = "kairos"

    @property
    def home(self):
        return self.folder / "node"

    def prepare(self):
        copy_distribution(self.setup.distribution, self.home)
        etc = self.home / "etc"
        for shipped in etc.glob("io.kairos.transport.*.cfg"):
            shipped.unlink()
        extra = self.home / "extra"
        extra.mkdir()
        shutil.copyfile(self.setup.bundle, extra / "interop.jar")
        # A watched folder installs the bundle and starts it again and again until what it needs is there.
        (etc / "org.apache.felix.fileinstall-interop.cfg").write_text(
            "felix.fileinstall.dir = %s\n"
            "felix.fileinstall.tmpdir = %s\n"
            "felix.fileinstall.poll = 500\n"
            "felix.fileinstall.log.level = 1\n" % (extra, self.home / "data" / "interop")
        )
        append(etc / "custom.system.properties", "kairos.interop.port = %d" % self.port)
        append(etc / "custom.system.properties", "kairos.mode = developer")  # the control bundle is nobody's package
        shell = etc / "org.apache.karaf.shell.cfg"
        if shell.exists():
            shell.write_text(re.sub("(?m)^sshPort *=.*$", "sshPort = %d" % free_port(), shell.read_text()))
        for transport in {"rnode" if interface.kind == "rnode" else "serial" for interface in self.interfaces if interface.device}:
            boot = etc / "org.apache.karaf.features.cfg"
            boot.write_text(re.sub("(?m)^(featuresBoot *= *)", r"\1kairos-transport-%s," % transport, boot.read_text()))
        (etc / "io.kairos.core.router.cfg").write_text("forward = %s\n" % ("true" if self.forwards else "false"))
        for interface in self.interfaces:
            self.write(interface)

    def write(self, interface):
        """Writes the configuration of an interface; a running node takes it at once."""
        pids = {
            "tcp-server": "io.kairos.transport.tcp.server",
            "tcp-client": "io.kairos.transport.tcp.client",
            "udp": "io.kairos.transport.udp",
            "rnode": "io.kairos.transport.rnode",
            "serial": "io.kairos.transport.serial",
            "kiss": "io.kairos.transport.kiss",
            "ax25": "io.kairos.transport.ax25",
        }
        lines = ["interface.name = " + interface.name]
        if interface.kind == "tcp-server":
            lines += ["listen.host = " + LOOPBACK, "listen.port = %d" % interface.port]
        elif interface.kind == "tcp-client":
            lines += ["peer.host = " + LOOPBACK, "peer.port = %d" % interface.peer_port]
        elif interface.kind == "rnode":
            lines += ["port = " + interface.device, "region = us915", "profile = fast"]
        elif interface.device:
            lines += ["port = " + interface.device, "speed = 115200"]
            if interface.kind == "ax25":
                lines += ["callsign = N0KAI", "ssid = 2"]
        else:
            lines += [
                "listen.host = " + LOOPBACK,
                "listen.port = %d" % interface.port,
                "forward.host = " + LOOPBACK,
                "forward.port = %d" % interface.peer_port,
            ]
        if interface.code:
            lines += ["access.network.name = " + interface.code[0], "access.passphrase = " + interface.code[1]]
        if interface.bitrate:
            lines += ["bitrate.bits.per.second = %d" % interface.bitrate]
        file = self.home / "etc" / ("%s-%s.cfg" % (pids[interface.kind], interface.name))
        file.write_text("\n".join(lines) + "\n")

    def command(self):
        own = self.home / "bin" / "kairos"
        return [str(own), "run"] if own.exists() else [str(self.home / "bin" / "karaf"), "server"]

    def environment(self):
        kept = {key: value for key, value in os.environ.items() if not re.match("KARAF_|KAIROS_", key)}
        return {**kept, "KAIROS_HEAP": "192m"}


def copy_distribution(source, target):
    """Program files become links to the distribution's, settings are copied, data are left out."""

    def link(existing, new):
        try:
            os.link(existing, new)
        except OSError:
            shutil.copy2(existing, new)

    target.mkdir(parents=True)
    for entry in sorted(source.iterdir()):
        if entry.name in ("data", "instances"):
            continue
        if entry.is_dir():
            program = entry.name in ("system", "lib")
            shutil.copytree(entry, target / entry.name, copy_function=link if program else shutil.copy2)
        else:
            shutil.copy2(entry, target / entry.name)


def append(file, line):
    text = file.read_text() if file.exists() else ""
    file.write_text(text + ("" if text.endswith("\n") or not text else "\n") + line + "\n")


@dataclass
class Setup:
    """What the driver was given."""

    reference: Path
    python: str = sys.executable
    distribution: Path = None
    bundle: Path = None
    work: Path = None
    loglevel: int = 3
    big: int = 20_000_000
    big_closed: int = 2_000_000
    keep: bool = False
