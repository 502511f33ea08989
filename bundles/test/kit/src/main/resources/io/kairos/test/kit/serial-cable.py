"""Two pseudo-terminals, joined; each argument becomes a link to one. Ends with its standard input."""
import os
import signal
import sys
import threading
import tty

ends = []
for link in sys.argv[1:3]:
    master, slave = os.openpty()
    tty.setraw(slave)  # and keep it open: a terminal that nobody has open forgets what was written
    ends.append(master)
    if os.path.lexists(link):
        os.unlink(link)
    os.symlink(os.ttyname(slave), link + ".new")
    os.rename(link + ".new", link)


def carry(source, target):
    while True:
        data = os.read(source, 4096)
        while data:
            data = data[os.write(target, data):]


for pair in (ends, ends[::-1]):
    threading.Thread(target=carry, args=pair, daemon=True).start()
print("joined", flush=True)
sys.stdin.read()
for link in sys.argv[1:3]:
    if os.path.lexists(link):
        os.unlink(link)
os.kill(os.getpid(), signal.SIGKILL)
