"""The web disguise: reference - Kairos (WebSocket client) - nginx with TLS - Kairos (WebSocket server) - reference.

    python3 bundles/test/interop/src/driver/web.py --reference FOLDER --distribution FOLDER --bundle JAR [--work FOLDER]

Needs nginx and openssl. Prints one line for each check; status 0 where all hold. nginx is set up as docs/operate/web-disguise.md says.
"""

import argparse
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from media import FurtherNode, try_both, wait_for
from nodes import LOOPBACK, Interface, ReferenceNode, Setup, free_port

PAGE = Path(__file__).resolve().parents[5] / "docs" / "operate" / "web-disguise.md"
SECRET = "/0f1e2d3c4b5a69788796a5b4c3d2e1f0"

AROUND = """daemon off;
%s
pid {0}/nginx.pid;
error_log {0}/error.log;
events {{ }}
http {{
    access_log {0}/access.log;
    client_body_temp_path {0}/body;
    proxy_temp_path {0}/proxy;
    fastcgi_temp_path {0}/fastcgi;
    uwsgi_temp_path {0}/uwsgi;
    scgi_temp_path {0}/scgi;
{1}
}}
"""


def certificate(folder):
    """One for localhost, signed by itself; the client trusts it alone."""
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
        " -addext subjectAltName=DNS:localhost -keyout key.pem -out certificate.pem".split(),
        cwd=folder,
        check=True,
        capture_output=True,
    )


def start_nginx(folder, https_port, node_port):
    text = PAGE.read_text()
    site = text[text.index("server {") :]
    site = site[: site.index("\n```")]
    for old, new in {
        "listen 443 ssl;": "listen 127.0.0.1:%d ssl;" % https_port,
        "listen [::]:443 ssl;": "",
        "/etc/letsencrypt/live/example.org/fullchain.pem": str(folder / "certificate.pem"),
        "/etc/letsencrypt/live/example.org/privkey.pem": str(folder / "key.pem"),
        "/var/www/html": str(folder / "site"),
        "example.org": "localhost",
        "/THE-SECRET-PATH": SECRET,
        "127.0.0.1:8480": "127.0.0.1:%d" % node_port,
    }.items():
        site = site.replace(old, new)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("<p>a choir's site</p>")
    around = AROUND % ("user root;" if Path("/").owner() == Path.home().owner() else "")
    (folder / "nginx.conf").write_text(around.format(folder, site))
    with open(folder / "nginx.log", "wb") as log:
        process = subprocess.Popen(
            ["/usr/sbin/nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], stdout=log, stderr=log
        )

    def listens():
        with socket.socket() as probe:
            return probe.connect_ex((LOOPBACK, https_port)) == 0

    wait_for("nginx", 20, listens)
    return process


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--reference", "--distribution", "--bundle"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--python", default=sys.executable, help="Python for the reference")
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    folder = options.work or Path(tempfile.mkdtemp(prefix="kairos-web-"))
    folder.mkdir(parents=True, exist_ok=True)
    setup = Setup(options.reference, options.python, options.distribution, options.bundle, folder)
    https_port, node_port, left_port, right_port = (free_port() for _ in range(4))
    certificate(folder)
    nginx = start_nginx(folder, https_port, node_port)

    server = FurtherNode("server", folder / "server", [Interface("tcp-server", port=right_port)], True, setup)
    server.features = ["kairos-transport-websocket"]
    server.further = [
        (
            "io.kairos.transport.websocket.server",
            {"interface.name": "site", "listen.port": node_port, "secret.path": SECRET},
        )
    ]
    client = FurtherNode("client", folder / "client", [Interface("tcp-server", port=left_port)], True, setup)
    client.features = ["kairos-transport-websocket"]
    client.further = [
        (
            "io.kairos.transport.websocket.client",
            {
                "interface.name": "way",
                "peer.url": "wss://localhost:%d%s" % (https_port, SECRET),
                "certificate.file": folder / "certificate.pem",
                "reconnect.delay.seconds": 1,
            },
        )
    ]
    left = ReferenceNode("left", folder / "left", [Interface("tcp-client", peer_port=left_port)], False, setup)
    right = ReferenceNode("right", folder / "right", [Interface("tcp-client", peer_port=right_port)], False, setup)
    nodes = [server, client, left, right]
    try:
        for pair in ([server, client], [left, right]):
            for node in pair:
                node.start()
            for node in pair:
                node.connect()
                node.wait_until_up(time.time() + 60)
        passed = try_both(left, right, 3, setup)
        log = (folder / "access.log").read_text()
        hidden = not re.search(SECRET, log)
        print("%s nginx's log does not tell the path" % ("ok     " if hidden else "FAILED "), flush=True)
        return 0 if passed and hidden else 1
    finally:
        for node in nodes:
            node.stop()
        nginx.terminate()
        nginx.wait(10)


if __name__ == "__main__":
    sys.exit(main())
