"""A SAM bridge of version 3.1 with all of I2P inside: sessions, names, and streams between them."""

import base64
import hashlib
import os
import re
import socket
import threading

LOOPBACK = "127.0.0.1"
TO_I2P = bytes.maketrans(b"+/", b"-~")


def encode(data):
    return base64.b64encode(data).translate(TO_I2P).decode()


def name_of(destination):
    raw = base64.b64decode(destination.encode().translate(bytes.maketrans(b"-~", b"+/")))
    return base64.b32encode(hashlib.sha256(raw).digest()).decode().lower().rstrip("=") + ".b32.i2p"


def public_part(private):
    raw = base64.b64decode(private.encode().translate(bytes.maketrans(b"-~", b"+/")))
    return encode(raw[: 387 + int.from_bytes(raw[385:387], "big")])


class Bridge:
    """Answers as a router does; `accepting` tells the names of sessions at which somebody may connect."""

    def __init__(self):
        self.lock = threading.Condition()
        self.sessions = {}
        self.doors = {}
        self.accepting = []
        self.listening = socket.create_server((LOOPBACK, 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def wait_for_name(self, seconds):
        """The name of the first session that takes connections."""
        with self.lock:
            if not self.lock.wait_for(lambda: self.accepting, seconds):
                raise AssertionError("nobody accepts streams")
            return self.accepting[-1]

    def accept(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        mine = []
        try:
            while self.obey(read_line(connection), connection, mine):
                pass
        except OSError:
            pass  # hung up
        with self.lock:
            for session in mine:
                self.sessions.pop(session, None)

    def obey(self, line, connection, mine):
        """False where the connection has become a stream, or waits to become one."""
        words = dict(re.findall(r"([A-Z_]+)=(\S*)", line))
        with self.lock:
            if line.startswith("HELLO"):
                say(connection, "HELLO REPLY RESULT=OK VERSION=3.1")
            elif line.startswith("DEST GENERATE"):
                private = encode(os.urandom(384) + bytes([5, 0, 4, 0, 7, 0, 0]) + os.urandom(64))
                say(connection, "DEST REPLY PUB=%s PRIV=%s" % (public_part(private), private))
            elif line.startswith("SESSION CREATE"):
                self.sessions[words["ID"]] = public_part(words["DESTINATION"])
                mine.append(words["ID"])
                say(connection, "SESSION STATUS RESULT=OK DESTINATION=" + words["DESTINATION"])
            elif line.startswith("NAMING LOOKUP"):
                found = [each for each in self.sessions.values() if name_of(each) == words["NAME"]]
                result = "OK NAME=%s VALUE=%s" % (words["NAME"], found[0]) if found else "KEY_NOT_FOUND"
                say(connection, "NAMING REPLY RESULT=" + result)
            elif line.startswith("STREAM ACCEPT"):
                say(connection, "STREAM STATUS RESULT=OK")
                destination = self.sessions[words["ID"]]
                self.doors.setdefault(destination, []).append(connection)
                self.accepting.append(name_of(destination))
                self.lock.notify_all()
                return False
            elif line.startswith("STREAM CONNECT"):
                return not self.connect(words, connection)
            else:
                say(connection, "I2P_ERROR")
        return True

    def connect(self, words, connection):
        doors = self.doors.get(words["DESTINATION"])
        if not doors:
            say(connection, "STREAM STATUS RESULT=CANT_REACH_PEER")
            return False
        door = doors.pop(0)
        say(door, self.sessions[words["ID"]])
        say(connection, "STREAM STATUS RESULT=OK")
        join(connection, door)
        return True

    def close(self):
        self.listening.close()


def join(near, far):
    """Carries bytes between two sockets until one of them ends."""
    for source, sink in ((near, far), (far, near)):
        threading.Thread(target=carry, args=(source, sink), daemon=True).start()


def carry(source, sink):
    try:
        while True:
            piece = source.recv(16384)
            if not piece:
                break
            sink.sendall(piece)
    except OSError:
        pass  # one side has hung up
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # gone already


def say(connection, line):
    connection.sendall(line.encode() + b"\n")


def read_line(connection):
    line = b""
    while not line.endswith(b"\n"):
        piece = connection.recv(1)
        if not piece:
            raise OSError("the end")
        line += piece
    return line.decode().rstrip("\n")
