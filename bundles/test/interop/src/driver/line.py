"""A line between two TCP programs that is slow and can be cut."""

import socket
import threading
import time

LOOPBACK = "127.0.0.1"


class Line:
    """Passes connections on to a port of this machine, with so many bytes in a second for each direction."""

    def __init__(self, target, rate):
        self.target = target
        self.rate = rate
        self.passed = 0
        self.whole = True
        self.ends = []
        self.lock = threading.Lock()
        self.door = socket.create_server((LOOPBACK, 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            with self.lock:
                if not self.whole:
                    near.close()
                    continue
                far = socket.create_connection((LOOPBACK, self.target))
                self.ends += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    def carry(self, source, sink):
        try:
            while True:
                piece = source.recv(16384)
                if not piece:
                    break
                sink.sendall(piece)
                self.passed += len(piece)
                time.sleep(len(piece) / self.rate)
        except OSError:
            pass  # cut, or one side has hung up
        source.close()
        sink.close()

    def cut(self):
        """Breaks every connection; new ones are hung up until the line is mended."""
        with self.lock:
            self.whole = False
            for end in self.ends:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # gone already
                end.close()
            self.ends.clear()

    def mend(self):
        with self.lock:
            self.whole = True

    def close(self):
        self.cut()
        self.door.close()
