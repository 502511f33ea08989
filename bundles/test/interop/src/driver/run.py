#!/usr/bin/env python3
"""Runs the interoperability matrix between Kairos and the reference implementation and writes the result as a table.

    run.py --reference DIR [--distribution DIR --bundle JAR] [--only TEXT] [--quick] [--output FILE]

Everything happens on loopback, in folders of its own. The exit status is 0 only if every check of every row passed.
"""

import argparse
import atexit
import datetime
import platform
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from checks import CHECKS, Trial
from control import PeerFailure
from nodes import Setup
from topologies import all_topologies

RUNNING = []


def stop_all():
    for node in list(RUNNING):
        node.stop()
        RUNNING.remove(node)


class Row:
    """A row of the table."""

    def __init__(self, name, initiator, target):
        self.name = name
        self.way = "%s to %s" % (initiator, target)
        self.cells = {}
        self.seconds = 0

    @property
    def passed(self):
        return bool(self.cells) and all(passed for passed, _ in self.cells.values())

    def report(self, name, passed, text):
        self.cells[name] = (passed, text)
        print("    %-4s %-16s %s" % ("ok" if passed else "FAIL", name, text), flush=True)


def run_topology(topology, setup, number):
    """Runs one topology, one way or both; gives its rows."""
    ways = [(0, -1)] + ([(-1, 0)] if topology.both_ways else [])
    rows = []
    for first, last in ways:
        row = Row(topology.name, "left" if first == 0 else "right", "right" if first == 0 else "left")
        folder = setup.work / ("%02d-%d" % (number, len(rows)))
        shutil.rmtree(folder, ignore_errors=True)  # of an earlier run
        began = time.time()
        print("%s (%s)" % (row.name, row.way), flush=True)
        try:
            nodes = start(topology.build(setup, folder))
            Trial(nodes[first], nodes[last], topology, setup).run(row.report)
            for node in nodes:
                row.report("node %s" % node.name, node.is_alive(), "alive") if not node.is_alive() else None
        except PeerFailure as problem:
            row.report("start", False, str(problem))
        finally:
            stop_all()
        row.seconds = time.time() - began
        if row.passed and not setup.keep:
            shutil.rmtree(folder, ignore_errors=True)
        rows.append(row)
    return rows


def start(nodes):
    """Starts what listens before what connects, then waits until everything is up."""
    for node in sorted(nodes, key=lambda node: any("client" in interface.kind for interface in node.interfaces)):
        RUNNING.append(node)
        node.start()
        node.connect()
    for node in nodes:
        node.wait_until_up(time.time() + 40)
    time.sleep(1)  # the listening side may still be busy taking the last connection in
    return nodes


def table(rows, setup, command):
    """The result as Markdown."""
    names = [name for name, _ in CHECKS]
    lines = [
        "Made by `%s` on %s; RNS %s, Kairos %s, Python %s, %s."
        % (
            command,
            datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
            version_of_reference(setup),
            version_of_kairos(setup),
            platform.python_version(),
            platform.system(),
        ),
        "",
        "%d of %d rows passed." % (sum(row.passed for row in rows), len(rows)),
        "",
        "| row | initiator | " + " | ".join(names) + " |",
        "|---|---|" + "---|" * len(names),
    ]
    for row in rows:
        cells = []
        for name in names:
            passed, text = row.cells.get(name, (False, "not run"))
            cells.append(text if passed else "**failed**")
        lines.append("| %s | %s | %s |" % (row.name, row.way.split()[0], " | ".join(cells)))
    failures = [
        "* %s (%s), %s: %s" % (row.name, row.way, name, text.replace("\n", " "))
        for row in rows
        for name, (passed, text) in row.cells.items()
        if not passed
    ]
    if failures:
        lines += ["", "Failures:", "", *failures]
    return "\n".join(lines) + "\n"


def write(file, text):
    """Writes the table, into the place between the marks where the file has them."""
    begin, end = "<!-- result -->\n", "<!-- /result -->"
    before = file.read_text() if file.exists() else ""
    if begin in before and end in before:
        text = before[: before.index(begin) + len(begin)] + text + before[before.index(end) :]
    file.write_text(text)


def version_of_reference(setup):
    code = "import RNS._version as v; print(v.__version__)"
    done = subprocess.run(
        [setup.python, "-c", code], env={"PYTHONPATH": str(setup.reference)}, capture_output=True, text=True, timeout=30
    )
    return done.stdout.strip() or "unknown"


def version_of_kairos(setup):
    if setup.distribution is None:
        return "not part of this run"
    for jar in sorted(setup.distribution.rglob("io.kairos.api.link-*.jar")):
        return jar.stem[len("io.kairos.api.link-") :]
    return "unknown"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, required=True, help="checkout of the reference implementation")
    parser.add_argument("--distribution", type=Path, help="unpacked Kairos distribution; without it only the reference is run")
    parser.add_argument("--bundle", type=Path, help="jar of the control bundle")
    parser.add_argument("--python", default=sys.executable, help="Python for the reference")
    parser.add_argument("--only", default="", help="run rows whose group is this or whose name contains it (^ and $ mark its ends); several with semicolons")
    parser.add_argument("--skip", default="", help="leave out such rows")
    parser.add_argument("--quick", action="store_true", help="2 MB instead of 20 MB everywhere")
    parser.add_argument("--full", action="store_true", help="20 MB also in the rows with access codes")
    parser.add_argument("--output", type=Path, help="file for the table")
    parser.add_argument("--work", type=Path, help="folder for configurations and logs; a failed row's folder stays")
    parser.add_argument("--keep", action="store_true", help="keep the folders of passed rows too")
    parser.add_argument("--loglevel", type=int, default=3, help="log level of the reference, 0 to 8")
    parser.add_argument("--list", action="store_true", help="only list the rows")
    return parser.parse_args()


def chosen(options):
    def hits(row, words):
        names = ("^" + row.name + "$", *row.groups)
        return any(word.strip() in names[0] or word.strip() in names[1:] for word in words.split(";") if word.strip())

    for row in all_topologies():
        if options.only and not hits(row, options.only):
            continue
        if options.skip and hits(row, options.skip):
            continue
        if row.needs_kairos() and options.distribution is None and not options.list:
            continue
        yield row


def command_for_people(words):
    """The command line without the folders of this machine."""
    names = {"--reference": "~/Reticulum", "--distribution": "/tmp/node", "--bundle": "JAR", "--output": "FILE"}
    left = iter(words)
    for word in left:
        if word in ("--work", "--python"):
            next(left, None)
            continue
        yield word
        if word in names:
            next(left, None)
            yield names[word]


def main():
    options = arguments()
    if options.list:
        for row in chosen(options):
            print("%-50s %s" % (row.name, ", ".join(sorted(row.groups))))
        return 0
    if options.distribution is not None and options.bundle is None:
        print("--distribution needs --bundle", file=sys.stderr)
        return 2
    work = options.work or Path(tempfile.mkdtemp(prefix="kairos-interop-"))
    setup = Setup(
        reference=options.reference.resolve(),
        python=options.python,
        distribution=options.distribution.resolve() if options.distribution else None,
        bundle=options.bundle.resolve() if options.bundle else None,
        work=work.resolve(),
        loglevel=options.loglevel,
        big=2_000_000 if options.quick else 20_000_000,
        big_closed=20_000_000 if options.full and not options.quick else 2_000_000,
        keep=options.keep,
    )
    atexit.register(stop_all)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    rows = []
    interrupted = False
    try:
        for number, topology in enumerate(chosen(options)):
            rows += run_topology(topology, setup, number)
    except (KeyboardInterrupt, SystemExit):  # what is known so far is worth writing down
        interrupted = True
    text = table(rows, setup, "run.py " + shlex.join(command_for_people(sys.argv[1:])))
    if options.output:
        write(options.output, text)
    failed = [row for row in rows if not row.passed]
    print("%d of %d rows passed" % (len(rows) - len(failed), len(rows)), flush=True)
    for row in failed:
        print("failed: %s (%s); logs below %s" % (row.name, row.way, work))
    if not failed and not interrupted and not options.keep and not options.work:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if failed or interrupted or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
