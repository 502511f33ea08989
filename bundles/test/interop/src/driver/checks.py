"""What is tried between an initiator and a destination. Each check gives a short text for the table or raises."""

import hashlib
import time

from control import PeerFailure

KILO, MEGA = 1_000, 1_000_000
METADATA = {"name": "bytes.bin", "number": 300}


class Trial:
    """One initiator, one destination; checks run in order and share the link."""

    name = "kairos.interop"

    def __init__(self, initiator, target, topology, setup):
        self.initiator = initiator
        self.target = target
        self.hops = topology.hops
        self.big = setup.big_closed if topology.code else setup.big
        self.address = None
        self.link = None

    def run(self, report):
        """Runs all checks; `report(name, passed, text)` hears of each. A check that needs a failed one fails too."""
        self.address = self.target.call("open", name=self.name, ratchets=True)["destination"]
        for name, check in CHECKS:
            try:
                report(name, True, check(self))
            except (PeerFailure, AssertionError) as problem:
                report(name, False, str(problem))

    def resource(self, way, size, timeout, kind="random", metadata=None, compress=True):
        """Moves a resource and gives the seconds it took; way is resource (up) or fetch (down)."""
        seed = size % 1000 + 1
        arguments = {"kind": kind, "seed": seed, "size": size, "compress": compress, "metadata": metadata}
        answer = self.initiator.call(way, link=self.need_link(), timeout=timeout, **arguments)
        expect("status", answer["status"], "COMPLETE")
        if way == "resource":
            expect("hash told by the receiver", answer["received"], answer["sha256"])
        else:
            expect("metadata", answer["metadata"], metadata)
        expect("hash", answer["sha256"], hashlib.sha256(content(kind, seed, size)).hexdigest())
        return answer["seconds"]

    def need_link(self):
        if self.link is None:
            raise AssertionError("no link")
        return self.link


def expect(what, actual, wanted):
    if actual != wanted:
        raise AssertionError("%s: expected %s, got %s" % (what, wanted, actual))


_CONTENT = {}


def content(kind, seed, size):
    """The bytes that a kind, a seed and a size stand for, as every peer computes them."""
    key = (kind, seed, size)
    if key not in _CONTENT:
        if kind == "text":
            line = ("line of text, seed %d\n" % seed).encode()
            data = (line * (size // len(line) + 1))[:size]
        else:
            blocks = (
                hashlib.sha256(seed.to_bytes(8, "big") + index.to_bytes(8, "big")).digest()
                for index in range((size + 31) // 32)
            )
            data = b"".join(blocks)[:size]
        _CONTENT[key] = data
    return _CONTENT[key]


def announce(trial):
    text = "interop %d" % (time.time() * 1000)
    trial.target.call("announce", destination=trial.address, appData=text)
    answer = trial.initiator.call("waitPath", destination=trial.address, timeout=20)
    expect("announce heard", answer["found"], True)
    expect("application data", answer["appData"], text)
    expect("hops", answer["hops"], trial.hops)
    return "%d hops" % answer["hops"]


def packet(trial):
    texts = []
    for size in (1, 100, 383):
        answer = trial.initiator.call("packet", destination=trial.address, size=size, timeout=15)
        expect("packet of %d bytes" % size, answer["status"], "DELIVERED")
        texts.append(answer["millis"])
    return "%.0f ms" % sorted(texts)[1]


def link(trial):
    answer = trial.initiator.call("connect", destination=trial.address, timeout=30)
    trial.link = answer["link"]
    return "mtu %d, %.0f ms" % (answer["mtu"], answer["millis"])


def link_packet(trial):
    for size in (1, 200):
        # A receipt on a link fails after six round trips, on loopback some milliseconds: a busy machine needs a second try.
        for _ in range(3):
            answer = trial.initiator.call("linkPacket", link=trial.need_link(), size=size, timeout=15)
            expect("echo", answer["echoed"], True)
            if answer["status"] == "DELIVERED":
                break
        expect("proof", answer["status"], "DELIVERED")
    return "%.0f ms" % answer["millis"]


def identify(trial):
    before = trial.initiator.call("request", link=trial.need_link(), path="/identity", timeout=20)
    expect("status", before["status"], "READY")
    expect("identity before", before["size"], 0)
    identity = trial.initiator.call("identify", link=trial.link, identity="initiator")["identity"]
    after = trial.initiator.call("request", link=trial.link, path="/identity", timeout=20)
    expect("identity after", after["hex"], identity)
    return "ok"


def request_small(trial):
    answer = trial.initiator.call("request", link=trial.need_link(), path="/echo", size=50, seed=3, timeout=20)
    expect("status", answer["status"], "READY")
    expect("hash", answer["sha256"], hashlib.sha256(content("random", 3, 50)).hexdigest())
    return "%.0f ms" % answer["millis"]


def request_large(trial):
    answer = trial.initiator.call("request", link=trial.need_link(), path="/echo", size=30_000, seed=4, timeout=60)
    expect("status of a large request", answer["status"], "READY")
    expect("hash", answer["sha256"], hashlib.sha256(content("random", 4, 30_000)).hexdigest())
    answer = trial.initiator.call("request", link=trial.link, path="/size", number=100_000, timeout=60)
    expect("status of a large response", answer["status"], "READY")
    expect("hash", answer["sha256"], hashlib.sha256(content("random", 7, 100_000)).hexdigest())
    answer = trial.initiator.call("request", link=trial.link, path="/file", number=40_000, timeout=60)
    expect("status of a file response", answer["status"], "READY")
    expect("hash", answer["sha256"], hashlib.sha256(content("random", 9, 40_000)).hexdigest())
    expect("metadata", answer["metadata"], {"name": "answer.bin"})
    return "ok"


def channel(trial):
    answer = trial.initiator.call("channel", link=trial.need_link(), count=40, size=200, timeout=60)
    expect("messages echoed", answer["echoed"], 40)
    expect("contents", answer["equal"], True)
    return "40 messages"


def stream(trial):
    for number, kind in ((1, "text"), (2, "random")):
        answer = trial.initiator.call(
            "stream", link=trial.need_link(), number=number, kind=kind, size=20_000, timeout=90
        )
        expect("bytes of a %s stream" % kind, answer["received"], 20_001)
        expect("contents", answer["equal"], True)
    return "2 x 20 kB"


def up_small(trial):
    trial.resource("resource", KILO, 30)
    return "%.1f s" % trial.resource("resource", KILO, 30, kind="text", metadata=METADATA)


def up_middle(trial):
    trial.resource("resource", MEGA, 90, kind="text", metadata=METADATA)
    return "%.1f s" % trial.resource("resource", MEGA, 90)


def big(trial, way):
    seconds = trial.resource(way, trial.big, 600)
    return "%.1f s" % seconds if trial.big == 20 * MEGA else "%d MB: %.1f s" % (trial.big // MEGA, seconds)


def up_big(trial):
    return big(trial, "resource")


def down_small(trial):
    trial.resource("fetch", KILO, 30)
    return "%.1f s" % trial.resource("fetch", KILO, 30, kind="text", metadata=METADATA)


def down_middle(trial):
    trial.resource("fetch", MEGA, 90, kind="text", metadata=METADATA)
    return "%.1f s" % trial.resource("fetch", MEGA, 90)


def down_big(trial):
    return big(trial, "fetch")


def path_request(trial):
    dropped = trial.initiator.call("dropPath", destination=trial.address)
    expect("path dropped", dropped["dropped"], True)
    answer = trial.initiator.call("waitPath", destination=trial.address, ask=True, timeout=20)
    expect("path found", answer["found"], True)
    expect("hops", answer["hops"], trial.hops)
    expect("packet after it", trial.initiator.call("packet", destination=trial.address, timeout=15)["status"], "DELIVERED")
    return "ok"


def close(trial):
    trial.initiator.call("close", link=trial.need_link())
    deadline = time.time() + 10
    while not trial.target.call("linkState", link=trial.link)["closed"]:
        if time.time() > deadline:
            raise AssertionError("the other end did not hear of it")
        time.sleep(0.1)
    return "ok"


CHECKS = [
    ("announce", announce),
    ("packet + proof", packet),
    ("link", link),
    ("link packet", link_packet),
    ("identify", identify),
    ("request", request_small),
    ("request, large", request_large),
    ("channel", channel),
    ("stream", stream),
    ("1 kB up", up_small),
    ("1 MB up", up_middle),
    ("20 MB up", up_big),
    ("1 kB down", down_small),
    ("1 MB down", down_middle),
    ("20 MB down", down_big),
    ("path request", path_request),
    ("close", close),
]
