"""What the runs over media with programs of others in between share: nodes with any interface, and the trial between two ends."""

import re
import sys
import time
from dataclasses import dataclass

import checks
from control import PeerFailure
from nodes import KairosNode

MESSAGE_BYTES = 383  # the longest that travels in one packet
RESOURCE_BYTES = 100 * checks.KILO


@dataclass
class Way:
    """What a trial wants to know of the topology."""

    hops: int
    code: tuple = None


class FurtherNode(KairosNode):
    """A node with interfaces of any kind beside those that the driver knows."""

    features = ()
    further = ()

    def prepare(self):
        super().prepare()
        features = self.home / "etc" / "org.apache.karaf.features.cfg"
        wanted = "".join("    %s, \\\n" % feature for feature in self.features)
        features.write_text(re.sub(r"(?m)^featuresBoot = \\\n", lambda found: found.group() + wanted, features.read_text()))
        for pid, settings in self.further:
            lines = ["%s = %s" % entry for entry in settings.items()]
            file = self.home / "etc" / ("%s-%s.cfg" % (pid, settings["interface.name"]))
            file.write_text("\n".join(lines) + "\n")


def packets(trial):
    times = []
    for size in (1, MESSAGE_BYTES):
        answer = trial.initiator.call("packet", destination=trial.address, size=size, timeout=20)
        checks.expect("packet of %d bytes" % size, answer["status"], "DELIVERED")
        times.append(answer["millis"])
    return "%.0f ms" % times[-1]


def both_ways(trial):
    up = trial.resource("resource", RESOURCE_BYTES, 60)
    down = trial.resource("fetch", RESOURCE_BYTES, 60)
    return "%.2f and %.2f s" % (up, down)


TRIED = [
    ("announce", checks.announce),
    ("packet with proof", packets),
    ("link", checks.link),
    ("100 kB there and back", both_ways),
]


def try_both(left, right, hops, setup):
    """The trial in both directions; True where everything passed."""
    passed = True
    for initiator, target in ((left, right), (right, left)):
        trial = checks.Trial(initiator, target, Way(hops), setup)
        trial.address = target.call("open", name=trial.name, ratchets=True)["destination"]
        for name, check in TRIED:
            try:
                text = check(trial)
                print("ok      %s to %s: %s: %s" % (initiator.name, target.name, name, text), flush=True)
            except (PeerFailure, AssertionError) as problem:
                passed = False
                print("FAILED  %s to %s: %s: %s" % (initiator.name, target.name, name, problem), flush=True)
    return passed


def wait_for(what, seconds, condition):
    """Waits until a condition holds."""
    deadline = time.time() + seconds
    while not condition():
        if time.time() > deadline:
            sys.exit("waited in vain for " + what)
        time.sleep(0.2)
