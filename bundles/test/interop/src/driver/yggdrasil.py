"""Over Yggdrasil: a reference program with a plain TCPClientInterface calls a Kairos node at its Yggdrasil address.

    python3 bundles/test/interop/src/driver/yggdrasil.py --reference FOLDER --distribution FOLDER --bundle JAR [--work FOLDER]

Makes two network namespaces joined by a cable, each with a daemon: the node and a second reference program behind it in one, the
calling program in the other. A second node there hears over the cable that the first one announces its Yggdrasil address, and
connects to it by itself. Needs root, iproute2 and yggdrasil. Prints one line for each check; status 0 where all hold.
"""

import argparse
import contextlib
import ctypes
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from media import FurtherNode, try_both, wait_for
from nodes import Interface, ReferenceNode, Setup, free_port

PORT = 4242
C = ctypes.CDLL(None, use_errno=True)


@contextlib.contextmanager
def inside(namespace):
    """Sockets that this thread opens meanwhile belong to the namespace."""
    with open("/proc/thread-self/ns/net") as before, open("/run/netns/" + namespace) as there:
        if C.setns(there.fileno(), 0) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        try:
            yield
        finally:
            C.setns(before.fileno(), 0)


class Placed:
    """A node within a namespace."""

    namespace = ""

    def command(self):
        return ["ip", "netns", "exec", self.namespace, *super().command()]

    def connect(self):
        with inside(self.namespace):
            super().connect()


class PlacedKairos(Placed, FurtherNode):
    pass


class Seeking(PlacedKairos):
    """A node that connects to one interface that was announced."""

    def prepare(self):
        super().prepare()
        settings = self.home / "etc" / "io.kairos.core.discovery.cfg"
        settings.write_text("enabled = true\nautoconnect.maximum = 1\n")


class PlacedReference(Placed, ReferenceNode):
    host = ""

    def prepare(self):
        super().prepare()
        if self.host:
            config = self.folder / "config"
            config.write_text(config.read_text().replace("target_host = 127.0.0.1", "target_host = " + self.host))


def run(command):
    subprocess.run(command.split(), check=True)


def daemon(namespace, folder, where):
    settings = {"AdminListen": "unix://%s/%s.sock" % (folder, namespace), "IfName": "auto", "MulticastInterfaces": [], **where}
    file = folder / (namespace + ".conf")
    file.write_text(json.dumps(settings))
    with open(folder / (namespace + ".log"), "wb") as log:
        return subprocess.Popen(
            ["ip", "netns", "exec", namespace, "yggdrasil", "-useconffile", str(file)], stdout=log, stderr=log
        )


def address(admin):
    """The daemon's address, or None."""
    try:
        with socket.socket(socket.AF_UNIX) as asked:
            asked.settimeout(5)
            asked.connect(str(admin))
            asked.sendall(b'{"request":"getself"}\n')
            answer = b"".join(iter(lambda: asked.recv(4096), b""))
        return json.loads(answer)["response"]["address"]
    except OSError:
        return None


def find(folder, setup, namespace, nodes):
    """Whether a node that was told nothing but the cable connects to the announced address."""
    node = Seeking("seeking", folder / "seeking", [], True, setup)
    node.namespace = namespace
    node.further = [
        ("io.kairos.transport.tcp.client", {"interface.name": "cable", "peer.host": "10.77.0.1", "peer.port": 4343})
    ]
    nodes.append(node)
    begin = time.time()
    node.start()
    node.connect()
    while time.time() < begin + 300:
        # Only found interfaces are TCP clients of another name, and only the Yggdrasil address is announced.
        if any(each["up"] and each["kind"] == "tcp-client" and each["name"] != "cable" for each in node.call("status")["interfaces"]):
            print("ok      seeking to node: connects by itself: %.0f s after its start" % (time.time() - begin), flush=True)
            return True
        time.sleep(1)
    print("FAILED  seeking to node: connects by itself: %s" % node.call("status")["interfaces"], flush=True)
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--reference", "--distribution", "--bundle"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--python", default=sys.executable, help="Python for the reference")
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    folder = options.work or Path(tempfile.mkdtemp(prefix="kairos-ygg-"))
    folder.mkdir(parents=True, exist_ok=True)
    setup = Setup(options.reference, options.python, options.distribution, options.bundle, folder)
    near, far = "ygg-near-%d" % os.getpid(), "ygg-far-%d" % os.getpid()
    inner = free_port()
    nodes, daemons = [], []
    try:
        run("ip netns add " + near)
        run("ip netns add " + far)
        run("ip -n %s link add cable type veth peer name cable netns %s" % (near, far))
        for namespace, host in ((near, 1), (far, 2)):
            run("ip -n %s addr add 10.77.0.%d/24 dev cable" % (namespace, host))
            run("ip -n %s link set lo up" % namespace)
            run("ip -n %s link set cable up" % namespace)
        daemons.append(daemon(near, folder, {"Listen": ["tcp://10.77.0.1:19001"], "Peers": []}))
        admin = folder / (near + ".sock")
        wait_for("the daemon", 20, lambda: address(admin))
        # It calls its peers once a minute: the other one has to listen first.
        daemons.append(daemon(far, folder, {"Listen": [], "Peers": ["tcp://10.77.0.1:19001"]}))

        node = PlacedKairos("node", folder / "node", [Interface("tcp-server", port=inner)], True, setup)
        node.features = ["kairos-transport-yggdrasil"]
        node.further = [
            (
                "io.kairos.transport.yggdrasil",
                {"interface.name": "ygg", "listen.port": PORT, "admin.socket": admin, "discoverable": "true"},
            ),
            ("io.kairos.transport.tcp.server", {"interface.name": "cable", "listen.host": "10.77.0.1", "listen.port": 4343}),
        ]
        behind = PlacedReference("behind", folder / "behind", [Interface("tcp-client", peer_port=inner)], False, setup)
        calling = PlacedReference("calling", folder / "calling", [Interface("tcp-client", peer_port=PORT)], False, setup)
        calling.host = address(admin)
        node.namespace = behind.namespace = near
        calling.namespace = far
        for each in (node, behind, calling):
            nodes.append(each)
            each.start()
            each.connect()
            each.wait_until_up(time.time() + 60)
        passed = try_both(calling, behind, 2, setup)
        return 0 if find(folder, setup, far, nodes) and passed else 1
    finally:
        for each in nodes:
            each.stop()
        for each in daemons:
            each.terminate()
            each.wait(10)
        for namespace in (near, far):
            subprocess.run(["ip", "netns", "del", namespace], check=False)


if __name__ == "__main__":
    sys.exit(main())
