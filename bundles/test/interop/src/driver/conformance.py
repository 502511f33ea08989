#!/usr/bin/env python3
"""Runs the public conformance suite for Reticulum against Kairos and writes the result as a table.

    conformance.py --suite DIR --reference DIR --lxmf DIR [--bridge PROGRAM] [--only PATH ...] [--select TEXT]
                   [--workers N] [--known FILE] [--output FILE]

DIR are unpacked trees: the suite, the reference at the version the suite is made for, and LXMF. Nothing of them is
copied. The exit status is 0 only if every case passes or is listed, with its reason, in the file of known cases.
"""

import argparse
import collections
import datetime
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as elements
from pathlib import Path

HERE = Path(__file__).resolve().parent
BRIDGE = HERE.parents[2] / "conformance" / "src" / "main" / "bin" / "kairos-bridge"

# Makes our name known to the suite, whose own names come with exemptions for other implementations.
PLUGIN = '''
import os, sys

def pytest_configure(config):
    for module in list(sys.modules.values()):
        commands = getattr(module, "BRIDGE_COMMANDS", None)
        variables = getattr(module, "PER_IMPL_CMD_ENV", None)
        if isinstance(commands, dict) and isinstance(variables, dict):
            commands["kairos"] = os.environ["CONFORMANCE_KAIROS_BRIDGE_CMD"]
            variables["kairos"] = "CONFORMANCE_KAIROS_BRIDGE_CMD"
'''


class Case:
    """One case and what became of it."""

    def __init__(self, element):
        self.file = element.get("classname", "").replace(".", "/") + ".py"
        self.name = element.get("name", "")
        self.result = "passed"
        self.text = ""
        for kind in ("failure", "error", "skipped"):
            found = element.find(kind)
            if found is not None:
                self.result = "failed" if kind != "skipped" else "skipped"
                self.text = " ".join((found.get("message") or "").split())[:160]

    @property
    def function(self):
        return "%s::%s" % (self.file, self.name.split("[")[0])


def read_known(path):
    """Cases that are expected not to pass: a function or a file, a tab, the reason."""
    known = {}
    if path and path.exists():
        for line in path.read_text().splitlines():
            if line and not line.startswith("#"):
                name, reason = line.split("\t", 1)
                known[name] = reason
    return known


def run_suite(options, folder):
    """Runs pytest in the suite's folder; gives all cases."""
    (folder / "kairos_suite_plugin.py").write_text(PLUGIN)
    report = folder / "report.xml"
    environment = dict(os.environ)
    environment.update(
        HOME=str(folder),
        PYTHONPATH=str(folder),
        PYTHONDONTWRITEBYTECODE="1",
        PYTHON_RNS_PATH=str(options.reference.resolve()),
        PYTHON_LXMF_PATH=str(options.lxmf.resolve()),
        CONFORMANCE_REFERENCE_BRIDGE_CMD="exec %s %s/reference/bridge_server.py" % (options.python, options.suite.resolve()),
        CONFORMANCE_KAIROS_BRIDGE_CMD="exec %s" % options.bridge.resolve(),
    )
    command = [options.python, "-m", "pytest", "-p", "kairos_suite_plugin", "--impl=kairos", "-q", "--tb=line",
               "-p", "no:cacheprovider", "--junitxml", str(report)]
    command += ["-n", str(options.workers)] if options.workers > 1 else []
    command += ["-k", options.select] if options.select else []
    subprocess.run(command + (options.only or ["tests"]), cwd=options.suite, env=environment, check=False)
    return [Case(element) for element in elements.parse(report).getroot().iter("testcase")]


def table(cases, known):
    """The result as Markdown; tells also which cases failed without being known."""
    files = collections.OrderedDict()
    for case in cases:
        files.setdefault(case.file, collections.Counter())[case.result] += 1
    lines = ["| file | passed | failed | skipped |", "|---|---|---|---|"]
    total = collections.Counter()
    for file, count in sorted(files.items()):
        total.update(count)
        lines.append("| %s | %d | %d | %d |" % (file, count["passed"], count["failed"], count["skipped"]))
    lines.append("| **all** | **%d** | **%d** | **%d** |" % (total["passed"], total["failed"], total["skipped"]))
    rows = collections.OrderedDict()
    unknown = []
    for case in sorted((case for case in cases if case.result == "failed"), key=lambda case: case.function):
        reason = known.get(case.function) or known.get(case.file)
        if reason is None:
            unknown.append(case)
            reason = "**not known:** " + re.sub(r"[|<>]", " ", case.text)
        count, _ = rows.get(case.function, (0, ""))
        rows[case.function] = (count + 1, reason)
    lines += ["", "| not passed | cases | why |", "|---|---|---|"]
    lines += ["| %s | %d | %s |" % (name, count, reason) for name, (count, reason) in rows.items()]
    return "\n".join(lines), unknown


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", type=Path, required=True)
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--lxmf", type=Path, required=True)
    parser.add_argument("--bridge", type=Path, default=BRIDGE)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--only", nargs="*", help="files or folders of the suite, relative to it")
    parser.add_argument("--select", help="passed on as -k")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--known", type=Path, default=HERE / "conformance_known.tsv")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    started = datetime.datetime.now()
    with tempfile.TemporaryDirectory(prefix="kairos-conformance-") as folder:
        cases = run_suite(options, Path(folder))
    text, unknown = table(cases, read_known(options.known))
    seconds = (datetime.datetime.now() - started).seconds
    text = "%d cases in %d s.\n\n%s\n" % (len(cases), seconds, text)
    print(text)
    if options.output:
        options.output.write_text(text)
    for case in unknown:
        print("not known: %s::%s: %s" % (case.file, case.name, case.text))
    sys.exit(1 if unknown or not cases else 0)


if __name__ == "__main__":
    main()
