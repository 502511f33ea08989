"""The rows of the matrix: who is connected to whom, and over what."""

from dataclasses import dataclass, field

from nodes import Interface, KairosNode, ReferenceNode, free_port

CODE = ("interop net", "correct horse battery staple")
R, K = ReferenceNode, KairosNode


@dataclass
class Topology:
    """A chain of nodes; `wires[i]` connects node i with node i + 1.

    A wire is (kind at the left, kind at the right), for example ("tcp-client", "tcp-server").
    """

    name: str
    kinds: list
    wires: list
    code: tuple = None
    both_ways: bool = False
    groups: set = field(default_factory=set)

    @property
    def hops(self):
        return len(self.kinds) - 1

    def needs_kairos(self):
        return K in self.kinds

    def build(self, setup, folder):
        """Makes the nodes, servers before their clients."""
        ends = [[] for _ in self.kinds]
        for left, (kind_left, kind_right) in enumerate(self.wires):
            a, b = free_port(), free_port()
            for node, kind, own, other in ((left, kind_left, a, b), (left + 1, kind_right, b, a)):
                ends[node].append(Interface(kind, port=own, peer_port=other, code=self.code))
        nodes = []
        for number, (kind, interfaces) in enumerate(zip(self.kinds, ends)):
            name = "abcdefgh"[number]
            forwards = 0 < number < len(self.kinds) - 1
            nodes.append(kind(name, folder / name, interfaces, forwards, setup))
        return nodes


OUT = ("tcp-client", "tcp-server")
IN = ("tcp-server", "tcp-client")
BACK_OUT = ("backbone-client", "tcp-server")
BACK_IN = ("backbone-server", "tcp-client")
UDP = ("udp", "udp")


def flip(wire):
    return (wire[1], wire[0])


def with_code(topologies):
    """Each row twice: open, and closed by an access code."""
    closed = [
        Topology(row.name + ", IFAC", row.kinds, row.wires, CODE, row.both_ways, row.groups | {"ifac"})
        for row in topologies
    ]
    return [row for pair in zip(topologies, closed) for row in pair]


def through(middle, label, groups):
    """Reference ends, `middle` between them."""
    return [
        Topology("R - %s - R, tcp: %s listens" % (label, label), [R, middle, R], [OUT, flip(OUT)], groups=groups),
        Topology("R - %s - R, tcp: %s connects" % (label, label), [R, middle, R], [IN, flip(IN)], groups=groups),
        Topology("R - %s - R, udp" % label, [R, middle, R], [UDP, UDP], groups=groups),
        Topology("R - %s - R, tcp and udp" % label, [R, middle, R], [OUT, UDP], groups=groups, both_ways=True),
    ]


def all_topologies():
    reference = with_code(
        through(R, "R", {"reference"})
        + [
            Topology(
                "R - R - R, backbone",
                [R, R, R],
                [("backbone-client", "backbone-server"), ("backbone-server", "backbone-client")],
                groups={"reference"},
            ),
            Topology("R - R, tcp", [R, R], [OUT], groups={"reference"}),
        ]
    )
    kairos = with_code(
        through(K, "K", {"through"})
        + [
            Topology(
                "R - K - R, backbone on both sides, K listens", [R, K, R], [BACK_OUT, flip(BACK_OUT)], groups={"through"}
            ),
            Topology(
                "R - K - R, backbone on both sides, K connects", [R, K, R], [BACK_IN, flip(BACK_IN)], groups={"through"}
            ),
            Topology("R - K - K - R, tcp", [R, K, K, R], [OUT, OUT, flip(OUT)], groups={"chain"}),
            Topology("R - K - K - R, tcp, udp, tcp", [R, K, K, R], [OUT, UDP, flip(OUT)], groups={"chain"}),
            Topology("R - K, tcp: K listens", [R, K], [OUT], both_ways=True, groups={"end"}),
            Topology("R - K, tcp: K connects", [R, K], [IN], both_ways=True, groups={"end"}),
            Topology("R - K, backbone listens", [R, K], [BACK_IN], both_ways=True, groups={"end"}),
            Topology("R - K, udp", [R, K], [UDP], both_ways=True, groups={"end"}),
            Topology("R - R - K, tcp", [R, R, K], [OUT, flip(OUT)], both_ways=True, groups={"end"}),
            Topology("R - K - K, tcp", [R, K, K], [OUT, flip(OUT)], both_ways=True, groups={"end"}),
            Topology("K - K - K, tcp", [K, K, K], [OUT, flip(OUT)], groups={"kairos"}),
            Topology("K - R - K, tcp", [K, R, K], [OUT, flip(OUT)], groups={"kairos"}),
        ]
    )
    return reference + kairos
