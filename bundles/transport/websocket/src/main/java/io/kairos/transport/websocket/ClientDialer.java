package io.kairos.transport.websocket;

import io.kairos.api.time.Timers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/** Calls the server of one client interface: TCP, a proxy where there is one, TLS, WebSocket. Used once. */
final class ClientDialer implements WebSocketLine.Opener {

    private final WebSocketClientSettings.Line line;
    private final Timers timers;
    private final Consumer<InetAddress> found;
    private final SecureRandom random = new SecureRandom();

    // ---- guarded by this ----
    private Socket opening;
    private boolean closed;

    private volatile boolean isLate;

    /** @param found told which address has answered */
    ClientDialer(WebSocketClientSettings.Line line, Timers timers, Consumer<InetAddress> found) {
        this.line = line;
        this.timers = timers;
        this.found = found;
    }

    @Override
    public WebSocketLine.Opened open() {
        // the connection, TLS and WebSocket each have their time; one that trickles does not get more
        Timers.Timer late = timers.after(line.connectTimeout().multipliedBy(3), () -> {
            isLate = true;
            close();
        });
        try {
            return agree(connect());
        } catch (IOException e) {
            close();
            throw DialFailures.of(e, isLate, line);
        } catch (RuntimeException e) {
            close();
            throw e;
        } finally {
            late.cancel();
        }
    }

    private Socket connect() throws IOException {
        String host = line.proxy().map(HttpProxy::host).orElse(line.url().host());
        int port = line.proxy().map(HttpProxy::port).orElse(line.url().port());
        IOException last = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            Socket socket = keep(new Socket());
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), (int)
                        line.connectTimeout().toMillis());
                if (line.proxy().isEmpty()) {
                    found.accept(address);
                }
                return socket;
            } catch (IOException e) {
                WebStream.close(socket);
                last = e;
            }
        }
        throw last == null ? new IOException("no address") : last;
    }

    private WebSocketLine.Opened agree(Socket plain) throws IOException {
        PeerUrl url = line.url();
        if (line.proxy().isPresent()) {
            line.proxy().get().open(plain, url.hostForUrl() + ":" + url.port(), line.userAgent());
        }
        Socket secured = url.isSecure() ? Tls.client(plain, url.host(), url.port(), line.trusted()) : plain;
        WebStream stream = new WebStream(plain, secured);
        byte[] bytes = new byte[Handshake.KEY_BYTES];
        random.nextBytes(bytes);
        String key = Base64.getEncoder().encodeToString(bytes);
        stream.write(Handshake.request(url.authority(), url.origin(), url.path().text(), line.userAgent(), key));
        HeadReader reader = new HeadReader(stream.in());
        Optional<HttpHead> answer = reader.next();
        if (answer.filter(head -> Handshake.isAccepted(head, key)).isEmpty()) {
            throw DialFailures.refused(answer.map(Handshake::status).orElse(-1));
        }
        return new WebSocketLine.Opened(stream, reader);
    }

    private synchronized Socket keep(Socket socket) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        opening = socket;
        return socket;
    }

    @Override
    public void close() {
        Socket last;
        synchronized (this) {
            closed = true;
            last = opening;
        }
        if (last != null) {
            WebStream.close(last);
        }
    }
}
