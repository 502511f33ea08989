#!/usr/bin/env python3
"""A transport without Java: the node runs this program and exchanges packets with it over standard input and output.

Each packet becomes one UDP datagram to one peer; the example hello-transport on another node understands it.

    link.py --listen 4245 --peer 127.0.0.1:4246

A packet on standard input or output is a frame: 7E, the packet with 7D written as 7D 5D and 7E as 7D 5E, 7E.
"""

import argparse
import os
import socket
import sys
import threading

FLAG, ESCAPE, MASK = 0x7E, 0x7D, 0x20
LONGEST = 1072  # what the node takes: 1,064 bytes and an access code of 8


def frame(packet):
    stuffed = packet.replace(b"\x7d", b"\x7d\x5d").replace(b"\x7e", b"\x7d\x5e")
    return b"\x7e" + stuffed + b"\x7e"


def packets(source):
    """Yields each packet of a stream of frames; a flag ends one frame and may begin the next."""
    packet, escaped, inside = bytearray(), False, False
    while chunk := source.read1(8192):
        for byte in chunk:
            if byte == FLAG:
                if inside and 0 < len(packet) <= LONGEST:
                    yield bytes(packet)
                packet, escaped, inside = bytearray(), False, True
            elif byte == ESCAPE:
                escaped = True
            elif inside and len(packet) <= LONGEST:  # a frame that never ends is not kept
                packet.append(byte ^ MASK if escaped else byte)
                escaped = False


def from_network(line, out):
    while True:
        packet = line.recv(2048)
        if 0 < len(packet) <= LONGEST:
            out.write(frame(packet))
            out.flush()  # or the node waits for a full buffer


def main():
    parser = argparse.ArgumentParser(description="packets of a Kairos node as UDP datagrams")
    parser.add_argument("--listen", type=int, required=True)
    parser.add_argument("--peer", required=True, metavar="HOST:PORT")
    given = parser.parse_args()
    host, _, port = given.peer.rpartition(":")

    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("", given.listen))
    print("listening", file=sys.stderr)  # standard error is logged by the node at DEBUG
    threading.Thread(target=from_network, args=(line, sys.stdout.buffer), daemon=True).start()

    for packet in packets(sys.stdin.buffer):
        try:
            line.sendto(packet, (host, int(port)))
        except OSError as unreachable:
            print(unreachable, file=sys.stderr)
    os._exit(0)  # the node has closed our input: end, whatever the other thread waits for


if __name__ == "__main__":
    main()
