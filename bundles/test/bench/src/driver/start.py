#!/usr/bin/env python3
"""Times the start of nodes and looks at their memory, first and second start.

    start.py --distribution full=DIR --distribution lean=DIR --reference DIR [--rounds 3] [--idle 20]

A start ends when the TCP port of the node's one interface takes a connection. The resident size is read after the node
has been idle for some seconds. Rounds are interleaved; medians are printed as a Markdown table.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from nodes_under_load import Setup, ReferenceNode, free_port, median, resident_megabytes


class Home:
    """The folder of a node that is started more than once."""

    def __init__(self, folder, port):
        self.folder = folder
        self.port = port
        self.process = None

    def start(self, environment):
        """Seconds until the port answers."""
        began = time.monotonic()
        with open(self.folder / "output.log", "ab") as log:
            self.process = subprocess.Popen(
                self.command(), env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return time.monotonic() - began
            except OSError:
                if self.process.poll() is not None or time.monotonic() - began > 180:
                    raise AssertionError("did not start, see %s" % self.folder) from None
                time.sleep(0.01)

    def stop(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class KairosHome(Home):
    def __init__(self, folder, port, distribution):
        super().__init__(folder, port)
        shutil.copytree(distribution, folder, dirs_exist_ok=True)
        for shipped in (folder / "etc").glob("io.kairos.transport.*.cfg"):
            shipped.unlink()
        (folder / "etc" / "io.kairos.transport.tcp.server-bench.cfg").write_text(
            "interface.name = bench\nlisten.host = 127.0.0.1\nlisten.port = %d\n" % port
        )

    def command(self):
        return [str(self.folder / "bin" / "kairos"), "run"]

    def pid(self):
        return int((self.folder / "data" / "kairos.pid").read_text())


class ReferenceHome(Home):
    def __init__(self, folder, port, checkout):
        super().__init__(folder, port)
        (folder / "config").write_text(
            "[reticulum]\nenable_transport = yes\nshare_instance = no\n[interfaces]\n[[bench]]\ntype = TCPServerInterface\n"
            "enabled = yes\nlisten_ip = 127.0.0.1\nlisten_port = %d\n" % port
        )
        self.checkout = checkout

    def command(self):
        program = "import RNS, time; RNS.Reticulum(%r)\nwhile True: time.sleep(1)" % str(self.folder)
        return ["/usr/bin/env", "PYTHONPATH=%s" % self.checkout, "/usr/bin/python3", "-c", program]

    def pid(self):
        return self.process.pid


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--distribution", action="append", default=[], metavar="NAME=DIR")
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--heap", default="", help="KAIROS_HEAP of the Kairos nodes, for example 64m")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle", type=float, default=20)
    options = parser.parse_args()
    makers = {}
    for given in options.distribution:
        name, _, path = given.partition("=")
        makers[name] = lambda folder, port, path=Path(path).resolve(): KairosHome(folder, port, path)
    if options.reference:
        makers["reference"] = lambda folder, port: ReferenceHome(folder, port, options.reference.resolve())
    environment = {"KAIROS_HEAP": options.heap} if options.heap else {}
    figures = {name: [] for name in makers}
    for _ in range(options.rounds):
        for name, make in makers.items():
            figures[name].append(measure(make, environment, options.idle))
            print("# %s: %s" % (name, figures[name][-1]), flush=True)
    print("| node | figure | median | of %d rounds |\n|---|---|---|---|" % options.rounds)
    for name, rounds in figures.items():
        for figure in rounds[0]:
            values = [measured[figure] for measured in rounds]
            print("| %s | %s | %.1f | %s |" % (name, figure, median(values), ", ".join("%.1f" % v for v in values)))


def measure(make, environment, idle):
    folder = Path(tempfile.mkdtemp(prefix="kairos-bench-start-"))
    home = make(folder, free_port())
    measured = {}
    try:
        for which in ("first", "second"):
            measured["%s start, s" % which] = round(home.start(environment), 2)
            time.sleep(idle)
            measured["%s start, resident MB" % which] = round(resident_megabytes(home.pid()), 1)
            home.stop()
    finally:
        home.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return measured


if __name__ == "__main__":
    main()
