"""Talks to the control port of a peer, whichever implementation it is."""

import itertools
import json
import queue
import socket
import threading
import time


class PeerFailure(Exception):
    """The peer answered that a command went wrong, or did not answer."""


class Control:
    """One connection; commands may be sent from several threads."""

    def __init__(self, port, deadline):
        self.socket = None
        while self.socket is None:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=5)
            except OSError:
                if time.time() > deadline:
                    raise PeerFailure("the control port %d did not open" % port) from None
                time.sleep(0.1)
        self.socket.settimeout(None)
        self.numbers = itertools.count(1)
        self.lock = threading.Lock()
        self.waiting = {}
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            with self.socket.makefile("rb") as lines:
                for line in lines:
                    answer = json.loads(line)
                    waiter = self.waiting.pop(answer.get("id"), None)
                    if waiter is not None:
                        waiter.put(answer)
        except OSError:
            pass  # closed; whoever waits is told below
        for waiter in list(self.waiting.values()):
            waiter.put({"ok": False, "error": "the control connection was closed"})

    def call(self, do, patience=30, **arguments):
        """Sends a command and gives its answer; waits at most `patience` seconds."""
        number = next(self.numbers)
        waiter = queue.Queue(1)
        self.waiting[number] = waiter
        line = json.dumps({"id": number, "do": do, **arguments}).encode() + b"\n"
        try:
            with self.lock:
                self.socket.sendall(line)
            answer = waiter.get(timeout=patience)
        except OSError as problem:
            raise PeerFailure("%s: %s" % (do, problem)) from None
        except queue.Empty:
            self.waiting.pop(number, None)
            raise PeerFailure("%s: no answer within %d s" % (do, patience)) from None
        if not answer.get("ok"):
            raise PeerFailure("%s: %s" % (do, answer.get("error")))
        return answer

    def close(self):
        self.socket.close()
