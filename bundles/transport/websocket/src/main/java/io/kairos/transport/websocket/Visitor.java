package io.kairos.transport.websocket;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Somebody at the door: gets pages, or becomes a peer. Until then a visitor has so many seconds for each request and each
 * page, and so many requests.
 *
 * <p>Threads: one of its own serves it; any may close it.
 */
final class Visitor implements WebSocketLine.Opener {

    private static final Duration FOR_A_HEAD = Duration.ofSeconds(10);
    private static final Duration FOR_A_PAGE = Duration.ofSeconds(30);
    private static final int SLOWEST_BYTES_PER_SECOND = 16_384;
    private static final int MOST_REQUESTS = 100;

    /** What all visitors find. */
    record House(SecretPath secret, Site site, Timers timers, Clock clock, Consumer<WebSocketLine.Opener> peers) {}

    private final Socket socket;
    private final House house;
    private final Consumer<Visitor> gone;
    private final AtomicBoolean isGone = new AtomicBoolean();

    // ---- owned by the thread that serves, then by the one that reads the WebSocket ----
    private WebStream stream;
    private HeadReader reader;

    /** @param gone told once, when the connection has ended */
    Visitor(Socket socket, House house, Consumer<Visitor> gone) {
        this.socket = socket;
        this.house = house;
        this.gone = gone;
    }

    /**
     * Serves until the visitor goes or has become a peer.
     *
     * @param stays asked before a visitor becomes a peer
     */
    void serve(Optional<SSLContext> tls, Predicate<Visitor> stays) {
        boolean isPeer = false;
        Timers.Timer late = house.timers().after(FOR_A_HEAD, this::close);
        try {
            socket.setTcpNoDelay(true);
            stream = new WebStream(socket, tls.isPresent() ? Tls.server(socket, tls.get()) : socket);
            reader = new HeadReader(stream.in());
            for (int i = 0; i < MOST_REQUESTS; i++) {
                Optional<HttpHead> head = reader.next();
                late.cancel();
                Optional<String> key = head.flatMap(this::key);
                if (key.isPresent()) {
                    isPeer = stays.test(this) && agrees(key.get());
                    return;
                }
                if (!answer(head)) {
                    return;
                }
                late = house.timers().after(FOR_A_HEAD, this::close);
            }
        } catch (IOException e) {
            return; // gone, or sent away
        } finally {
            late.cancel();
            if (isPeer) {
                house.peers().accept(this);
            } else {
                close();
            }
        }
    }

    private boolean agrees(String key) throws IOException {
        Timers.Timer late = house.timers().after(FOR_A_PAGE, this::close);
        try {
            stream.write(Handshake.answer(key));
            return true;
        } finally {
            late.cancel();
        }
    }

    /**
     * The key of a complete request for the secret path. The path is looked at last, so that the time of an answer says
     * nothing about the path of a request that is not complete.
     */
    private Optional<String> key(HttpHead head) {
        return Handshake.key(head).filter(complete -> house.secret().is(Request.path(head)));
    }

    /** @return whether another request may follow */
    private boolean answer(Optional<HttpHead> head) throws IOException {
        Request request = head.flatMap(Request::of).orElse(Request.BAD);
        Page page = house.site().page(request);
        Timers.Timer late =
                house.timers().after(FOR_A_PAGE.plusSeconds(page.length() / SLOWEST_BYTES_PER_SECOND), this::close);
        try {
            page.write(stream.out(), request, house.clock().now());
            return request.keepsAlive();
        } finally {
            late.cancel();
        }
    }

    /** The connection, which has been agreed on already. */
    @Override
    public WebSocketLine.Opened open() {
        return new WebSocketLine.Opened(stream, reader);
    }

    @Override
    public void close() {
        WebStream.close(socket);
        if (isGone.compareAndSet(false, true)) {
            gone.accept(this);
        }
    }
}
