"""The nodes of the interoperability driver, set up for measurements."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
INTEROP = HERE.parents[2] / "interop" / "src" / "driver"
sys.path.insert(0, str(INTEROP))

from nodes import KairosNode, ReferenceNode, Setup, free_port  # noqa: E402,F401
from topologies import K, OUT, R, Topology, flip  # noqa: E402,F401


def chain(kind, label):
    """Two ends and one node between them, which listens for both."""
    return Topology("%s - %s - %s" % (label, label, label), [kind, kind, kind], [OUT, flip(OUT)])


def cpu_seconds(pid):
    """CPU time of a process since it began."""
    fields = Path("/proc/%d/stat" % pid).read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def resident_megabytes(pid):
    for line in Path("/proc/%d/status" % pid).read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("no resident size for process %d" % pid)


def java_pid(node):
    """The node itself: what the launcher script has started."""
    written = node.home / "data" / "kairos.pid"
    return int(written.read_text()) if written.exists() else node.process.pid


def median(values):
    return sorted(values)[len(values) // 2]
