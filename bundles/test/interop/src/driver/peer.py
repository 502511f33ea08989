#!/usr/bin/env python3
"""The reference implementation as a peer of the interop driver.

Listens on a loopback port and takes JSON lines: {"id": 1, "do": "connect", ...} is answered by {"id": 1, "ok": true, ...}
or {"id": 1, "ok": false, "error": "..."}. Every command runs on a thread of its own, so a long one delays no other.
The control bundle of a Kairos node speaks the same; ../../README.md lists the commands.

Uses the public programming interface of RNS only.
"""

import argparse
import functools
import hashlib
import json
import os
import queue
import socket
import tempfile
import threading
import time

import RNS
from RNS.Buffer import Buffer
from RNS.Channel import ChannelException, MessageBase
from RNS.Link import RequestReceipt

ECHO_MESSAGE = 0x0101
STREAMS = 4  # pairs for one link: stream 2 n - 1 to the echoing end, 2 n from it; each is used once, for it ends
STREAM_END = 0x04
HASH_ANSWER = b"sha256:"


def content(kind, seed, size):
    """The bytes that a kind, a seed and a size stand for; the same in every peer."""
    if kind == "text":
        line = ("line of text, seed %d\n" % seed).encode()
        return (line * (size // len(line) + 1))[:size]
    blocks = []
    for index in range((size + 31) // 32):
        blocks.append(hashlib.sha256(seed.to_bytes(8, "big") + index.to_bytes(8, "big")).digest())
    return b"".join(blocks)[:size]


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class EchoMessage(MessageBase):
    MSGTYPE = ECHO_MESSAGE

    def __init__(self, body=b""):
        self.body = body

    def pack(self):
        return self.body

    def unpack(self, raw):
        self.body = raw


class PeerLink:
    """One link of this peer and what has arrived on it."""

    def __init__(self, link, echoes):
        self.link = link
        self.echoes = echoes
        self.packets = queue.Queue()
        self.messages = queue.Queue()
        self.resources = queue.Queue()
        self.closed = threading.Event()
        self.streams = {number: bytearray() for number in range(1, STREAMS + 1)}
        self.streams_ended = {number: threading.Event() for number in self.streams}
        self.readers = {}
        self.stream_lock = threading.Lock()
        link.set_packet_callback(self.on_packet)
        link.set_link_closed_callback(lambda _: self.closed.set())
        link.set_resource_strategy(RNS.Link.ACCEPT_ALL)
        link.set_resource_concluded_callback(self.on_resource)
        self.channel = link.get_channel()
        self.channel.register_message_type(EchoMessage)
        self.channel.add_message_handler(self.on_message)
        for number in self.streams:
            self.readers[number] = Buffer.create_reader(
                2 * number - 1 if echoes else 2 * number, self.channel, functools.partial(self.on_stream, number)
            )

    def on_packet(self, data, _packet):
        if self.echoes:
            RNS.Packet(self.link, data).send()
        else:
            self.packets.put(data)

    def on_message(self, message):
        if not isinstance(message, EchoMessage):
            return False
        self.messages.put(message.body)
        if self.echoes:
            # answers leave on another thread: the channel must not wait for itself
            threading.Thread(target=self.send_message, args=(message.body, time.time() + 60), daemon=True).start()
        return True

    def send_message(self, body, deadline):
        while True:
            if self.channel.is_ready_to_send():
                try:
                    return self.channel.send(EchoMessage(body))
                except ChannelException:
                    pass  # somebody else was faster; the window is full again
            if time.time() > deadline or self.closed.is_set():
                raise TimeoutError("the channel did not become ready")
            time.sleep(0.005)

    def on_stream(self, number, _ready):
        # Called on a new thread for each message: read and append in one go, so that the order stays.
        with self.stream_lock:
            data = self.readers[number].read(1 << 16)
            if not data:
                return
            stream = self.streams[number]
            stream.extend(data)
            # The reader tells the end only by giving no more; the ends agree on a last byte instead.
            if stream[-1] != STREAM_END:
                return
            self.streams_ended[number].set()
            if self.echoes:
                self.write_stream(bytes(stream), 2 * number)

    def write_stream(self, data, stream_id):
        writer = Buffer.create_writer(stream_id, self.channel)
        writer.write(data)
        writer.flush()
        writer.close()

    def on_resource(self, resource):
        if resource.status != RNS.Resource.COMPLETE:
            self.resources.put({"status": "FAILED:%d" % resource.status})
            return
        digest = hashlib.sha256()
        size = 0
        while chunk := resource.data.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
        self.resources.put(
            {
                "status": "COMPLETE",
                "sha256": digest.hexdigest(),
                "size": size,
                "metadata": plain(resource.metadata),
            }
        )
        if self.echoes:
            RNS.Packet(self.link, HASH_ANSWER + digest.digest()).send()


def plain(value):
    """A MessagePack value as JSON can carry it; bytes become {"hex": ...}."""
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, dict):
        return {(key.decode() if isinstance(key, bytes) else str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def status_name(holder, value):
    for name in dir(holder):
        if name.isupper() and getattr(holder, name) == value and name in (
            "NONE", "QUEUED", "ADVERTISED", "TRANSFERRING", "AWAITING_PROOF", "ASSEMBLING", "COMPLETE", "FAILED",
            "CORRUPT", "REJECTED", "SENT", "DELIVERED", "RECEIVING", "READY", "CULLED",
        ):
            return name
    return str(value)


class AnnounceEar:
    """Remembers announces heard."""

    aspect_filter = None
    receive_path_responses = True

    def __init__(self):
        self.heard = {}

    def received_announce(self, destination_hash, announced_identity, app_data):
        self.heard[destination_hash] = app_data


class Peer:
    """The commands. A method do_<name> takes the members of the request and gives those of the answer."""

    def __init__(self, config):
        self.rns = RNS.Reticulum(configdir=config, loglevel=int(os.environ.get("INTEROP_LOGLEVEL", "3")))
        self.config = config
        self.identities = {}
        self.destinations = {}
        self.links = {}
        self.transfers = {}
        self.ear = AnnounceEar()
        RNS.Transport.register_announce_handler(self.ear)
        self.quit = threading.Event()

    # --- about the node

    def do_hello(self):
        return {
            "implementation": "reference",
            "version": RNS.__version__,
            "transport": RNS.Transport.identity.hash.hex(),
            "forwards": RNS.Reticulum.transport_enabled(),
        }

    def do_status(self):
        interfaces = [
            {"name": str(interface), "up": bool(interface.online)} for interface in RNS.Transport.interfaces
        ]
        with open("/proc/self/status") as status:
            resident = [int(line.split()[1]) for line in status if line.startswith("VmRSS")][0]
        return {"interfaces": interfaces, "memoryKilobytes": resident, "refusals": {}, "paths": len(RNS.Transport.path_table)}

    def do_shutdown(self):
        self.quit.set()
        return {}

    # --- destinations and paths

    def identity(self, name):
        if name not in self.identities:
            self.identities[name] = RNS.Identity()
        return self.identities[name]

    def do_open(self, name="kairos.interop", identity="node", proofs="all", ratchets=False, echo=True, appData="interop"):
        parts = name.split(".")
        destination = RNS.Destination(
            self.identity(identity), RNS.Destination.IN, RNS.Destination.SINGLE, parts[0], *parts[1:]
        )
        destination.set_proof_strategy(
            {"all": RNS.Destination.PROVE_ALL, "none": RNS.Destination.PROVE_NONE}[proofs]
        )
        if ratchets:
            destination.enable_ratchets(os.path.join(self.config, destination.hash.hex() + ".ratchets"))
        destination.set_default_app_data(appData.encode())
        self.destinations[destination.hash.hex()] = destination
        if echo:
            self.serve(destination)
        return {"destination": destination.hash.hex(), "identity": destination.identity.hash.hex()}

    def do_announce(self, destination, appData=None):
        self.destinations[destination].announce(app_data=appData.encode() if appData is not None else None)
        return {}

    def do_paths(self):
        return {
            "paths": [
                {"destination": row["hash"].hex(), "hops": row["hops"], "interface": str(row["interface"])}
                for row in self.rns.get_path_table()
            ]
        }

    def do_waitPath(self, destination, timeout=15, ask=False):
        address = bytes.fromhex(destination)
        deadline = time.time() + timeout
        if ask and not RNS.Transport.has_path(address):
            RNS.Transport.request_path(address)
        while not RNS.Transport.has_path(address) or RNS.Identity.recall(address) is None:
            if time.time() > deadline:
                return {"found": False}
            time.sleep(0.02)
        data = RNS.Identity.recall_app_data(address)
        return {
            "found": True,
            "hops": RNS.Transport.hops_to(address),
            "appData": data.decode() if data is not None else None,
            "interface": str(RNS.Transport.next_hop_interface(address)),
        }

    def do_dropPath(self, destination):
        address = bytes.fromhex(destination)
        self.rns.drop_path(address)
        if self.rns.is_connected_to_shared_instance:  # then that was the daemon's path alone
            RNS.Transport.expire_path(address)
            RNS.Transport.path_table.pop(address, None)
        deadline = time.time() + 10
        while RNS.Transport.has_path(address) and time.time() < deadline:
            time.sleep(0.05)
        return {"dropped": not RNS.Transport.has_path(address)}

    def do_packet(self, destination, size=100, seed=1, timeout=15, patient=False):
        identity = RNS.Identity.recall(bytes.fromhex(destination))
        if identity is None:
            raise LookupError("destination is not known")
        target = RNS.Destination(identity, RNS.Destination.OUT, RNS.Destination.SINGLE, "kairos", "interop")
        target.hash = bytes.fromhex(destination)
        receipt = RNS.Packet(target, content("random", seed, size)).send()
        if patient and receipt:
            receipt.set_timeout(timeout)
        return self.await_receipt(receipt, timeout)

    @staticmethod
    def await_receipt(receipt, timeout):
        if not receipt:
            raise ConnectionError("the packet was not sent")
        deadline = time.time() + timeout
        while receipt.get_status() == RNS.PacketReceipt.SENT and time.time() < deadline:
            time.sleep(0.005)
        delivered = receipt.get_status() == RNS.PacketReceipt.DELIVERED
        return {
            "status": status_name(RNS.PacketReceipt, receipt.get_status()),
            "millis": round(receipt.get_rtt() * 1000, 1) if delivered else None,
        }

    # --- links

    def do_connect(self, destination, timeout=30):
        address = bytes.fromhex(destination)
        identity = RNS.Identity.recall(address)
        if identity is None:
            raise LookupError("destination is not known")
        target = RNS.Destination(identity, RNS.Destination.OUT, RNS.Destination.SINGLE, "kairos", "interop")
        target.hash = address
        established = threading.Event()
        closed = threading.Event()
        began = time.time()
        link = RNS.Link(target, lambda _: established.set(), lambda _: closed.set())
        while not established.wait(0.02):
            if closed.is_set() or time.time() - began > timeout:
                raise ConnectionError("no link: status %s" % link.status)
        mine = PeerLink(link, echoes=False)
        self.links[link.link_id.hex()] = mine
        return {
            "link": link.link_id.hex(),
            "mtu": link.get_mtu(),
            "payload": link.get_mdu(),
            "hops": RNS.Transport.hops_to(address),
            "interface": str(RNS.Transport.next_hop_interface(address)),
            "millis": round(link.rtt * 1000, 1),
        }

    def do_identify(self, link, identity="node"):
        self.links[link].link.identify(self.identity(identity))
        return {"identity": self.identity(identity).hash.hex()}

    def do_linkPacket(self, link, size=100, seed=1, timeout=20):
        mine = self.links[link]
        drain(mine.packets)
        data = content("random", seed, size)
        answer = self.await_receipt(RNS.Packet(mine.link, data).send(), timeout)
        answer["echoed"] = take(mine.packets, timeout) == data
        return answer

    def do_request(self, link, path="/echo", kind="random", seed=1, size=0, number=None, timeout=60):
        mine = self.links[link]
        data = number if number is not None else (content(kind, seed, size) if size else None)
        done = threading.Event()
        answer = {}

        def answered(receipt):
            # the file of a file response is only readable while this runs
            answer.update(describe(receipt))
            done.set()

        receipt = mine.link.request(path, data, answered, lambda _: done.set(), timeout=timeout)
        if not receipt:
            raise ConnectionError("the request was not sent")
        if not done.wait(timeout + 5):
            return {"status": "TIMEOUT"}
        return {"status": status_name(RequestReceipt, receipt.get_status()), **answer}

    def do_channel(self, link, count=20, size=100, seed=1, timeout=60):
        mine = self.links[link]
        drain(mine.messages)
        deadline = time.time() + timeout
        sent = [content("random", seed + index, min(size, mine.channel.mdu)) for index in range(count)]
        for body in sent:
            mine.send_message(body, deadline)
        echoed = []
        while len(echoed) < count and time.time() < deadline:
            body = take(mine.messages, max(0.01, deadline - time.time()))
            if body is not None:
                echoed.append(body)
        return {"echoed": len(echoed), "equal": sorted(echoed) == sorted(sent), "ordered": echoed == sent}

    def do_stream(self, link, number=1, size=20000, kind="text", seed=1, timeout=90):
        mine = self.links[link]
        data = content(kind, seed, size).replace(b"\x04", b"\x05") + bytes([STREAM_END])
        mine.write_stream(data, 2 * number - 1)
        ended = mine.streams_ended[number].wait(timeout)
        received = bytes(mine.streams[number])
        return {"ended": ended, "received": len(received), "equal": received == data}

    def do_resource(self, link, size=1024, kind="random", seed=1, metadata=None, compress=True, timeout=120):
        mine = self.links[link]
        drain(mine.packets)
        data = content(kind, seed, size)
        done = threading.Event()
        began = time.time()
        ended = []

        def concluded(last):  # the object of the last segment
            ended.append(last)
            done.set()

        def progressed(current):
            self.transfers[link] = current

        resource = RNS.Resource(
            data, mine.link, metadata=metadata, auto_compress=compress, callback=concluded, progress_callback=progressed
        )
        self.transfers[link] = resource
        if not done.wait(timeout):
            resource.cancel()
            return {"status": "TIMEOUT"}
        resource = ended[0]
        took = time.time() - began
        answer = take(mine.packets, 15)
        received = answer[len(HASH_ANSWER):].hex() if answer and answer.startswith(HASH_ANSWER) else None
        return {
            "status": status_name(RNS.Resource, resource.status),
            "seconds": round(took, 3),
            "sha256": sha256(data),
            "received": received,
        }

    def do_progress(self, link):
        resource = self.transfers.get(link)
        if resource is None:
            return {"status": "NONE", "progress": 0.0}
        return {"status": status_name(RNS.Resource, resource.status), "progress": resource.get_progress()}

    def do_fetch(self, link, size=1024, kind="random", seed=1, metadata=None, compress=True, timeout=120):
        mine = self.links[link]
        drain(mine.resources)
        began = time.time()
        asked = mine.link.request("/resource", [kind, seed, size, compress, metadata], timeout=timeout)
        if not asked:
            raise ConnectionError("the request was not sent")
        arrived = take(mine.resources, timeout)
        if arrived is None:
            return {"status": "TIMEOUT"}
        arrived["seconds"] = round(time.time() - began, 3)
        return arrived

    def do_close(self, link):
        mine = self.links.pop(link)
        mine.link.teardown()
        return {}

    def do_linkState(self, link):
        mine = self.links[link]
        return {"closed": mine.closed.is_set()}

    # --- the echo destination

    def serve(self, destination):
        everybody = RNS.Destination.ALLOW_ALL
        destination.set_link_established_callback(self.on_link)
        destination.register_request_handler("/echo", self.answer_echo, everybody)
        destination.register_request_handler("/size", self.answer_size, everybody)
        destination.register_request_handler("/file", self.answer_file, everybody)
        destination.register_request_handler("/identity", self.answer_identity, everybody)
        destination.register_request_handler("/resource", self.answer_resource, everybody)

    def on_link(self, link):
        self.links[link.link_id.hex()] = PeerLink(link, echoes=True)

    def answer_echo(self, path, data, request_id, remote_identity, requested_at):
        return data

    def answer_size(self, path, data, request_id, remote_identity, requested_at):
        return content("random", 7, int(data))

    def answer_file(self, path, data, request_id, remote_identity, requested_at):
        with tempfile.NamedTemporaryFile(delete=False, dir=self.config) as file:
            file.write(content("random", 9, int(data)))
        return [open(file.name, "rb"), {"name": "answer.bin"}]

    def answer_identity(self, path, data, request_id, remote_identity, requested_at):
        return remote_identity.hash if remote_identity is not None else b""

    def answer_resource(self, path, data, request_id, link_id, remote_identity, requested_at):
        kind, seed, size, compress, metadata = data
        link = self.links[link_id.hex()].link

        def send():
            RNS.Resource(content(kind, seed, size), link, metadata=metadata, auto_compress=compress)

        threading.Thread(target=send, daemon=True).start()
        return True


def describe(receipt):
    """What a response was."""
    response = receipt.get_response()
    if response is None:
        return {}
    answer = {"millis": round(receipt.get_response_time() * 1000, 1)}
    if hasattr(response, "read"):
        response = response.read()
        answer["metadata"] = plain(receipt.metadata)
    if isinstance(response, bytes):
        answer.update({"size": len(response), "sha256": sha256(response), "hex": response[:64].hex()})
    else:
        answer["value"] = plain(response)
    return answer


def take(source, timeout):
    try:
        return source.get(timeout=timeout)
    except queue.Empty:
        return None


def drain(source):
    while not source.empty():
        source.get_nowait()


def serve_connection(peer, connection):
    lock = threading.Lock()

    def run(request):
        answer = {"id": request.get("id")}
        try:
            arguments = {key: value for key, value in request.items() if key not in ("id", "do")}
            answer.update({"ok": True, **getattr(peer, "do_" + request["do"])(**arguments)})
        except Exception as problem:  # whatever it is, the driver wants to read it in its table
            answer.update({"ok": False, "error": "%s: %s" % (type(problem).__name__, problem)})
        with lock:
            connection.sendall(json.dumps(answer).encode() + b"\n")

    with connection, connection.makefile("rb") as lines:
        for line in lines:
            threading.Thread(target=run, args=(json.loads(line),), daemon=True).start()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--config", required=True, help="folder of the reference's configuration")
    arguments.add_argument("--port", type=int, required=True, help="loopback port for commands")
    chosen = arguments.parse_args()
    peer = Peer(chosen.config)
    server = socket.create_server(("127.0.0.1", chosen.port))

    def accept():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve_connection, args=(peer, connection), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    while not peer.quit.wait(1.0):
        if os.getppid() == 1:
            break  # the driver is gone
    time.sleep(0.2)
    RNS.exit()


if __name__ == "__main__":
    main()
