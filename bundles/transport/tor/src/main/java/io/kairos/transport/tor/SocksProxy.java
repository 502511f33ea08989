package io.kairos.transport.tor;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.lib.stream.ByteStream;
import io.kairos.lib.stream.SocketStream;
import io.kairos.lib.stream.Sockets;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens streams through a SOCKS 5 proxy. Threads: any.
 *
 * @param host of the proxy, which is looked up here; hosts behind it are not
 * @param isolation user and password by which tor keeps streams on circuits of their own; empty: none
 */
record SocksProxy(String host, int port, Optional<String> isolation, Clock clock) {

    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    /** tor itself gives up after two minutes. */
    private static final Duration CIRCUITS = Duration.ofSeconds(150);

    /**
     * A stream to {@code target}, a name or an address.
     *
     * @throws MeshException why there is none
     */
    ByteStream connect(String target, int targetPort, Sockets sockets) {
        ByteStream stream;
        try {
            stream = new SocketStream(sockets, sockets.connect(host, port));
        } catch (IOException e) {
            throw SocksFailures.noProxy(text(), e);
        }
        try {
            agree(stream);
            stream.write(Socks.connect(target, targetPort));
            answer(stream);
            return stream;
        } catch (MalformedException e) {
            throw SocksFailures.notSocks(text(), e.getMessage());
        } catch (IOException e) {
            throw SocksFailures.hungUp(text(), e);
        }
    }

    String text() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ", port " + port;
    }

    private void agree(ByteStream stream) throws IOException {
        int wanted = isolation.isPresent() ? Socks.METHOD_PASSWORD : Socks.METHOD_NONE;
        stream.write(Socks.greeting(wanted));
        if (Socks.method(exactly(stream, 2, AT_ONCE)) != wanted) {
            throw SocksFailures.noMethod(isolation.isPresent());
        }
        if (isolation.isPresent()) {
            stream.write(Socks.password(isolation.get(), isolation.get()));
            if (!Socks.isAccepted(exactly(stream, 2, AT_ONCE))) {
                throw SocksFailures.wrongPassword();
            }
        }
    }

    private void answer(ByteStream stream) throws IOException {
        byte[] head = exactly(stream, 4, CIRCUITS);
        int code = Socks.code(head);
        if (code != 0) {
            throw SocksFailures.refused(code);
        }
        byte[] fifth = exactly(stream, 1, AT_ONCE);
        exactly(stream, Socks.rest(head, fifth[0] & 0xFF) - 1, AT_ONCE);
    }

    /** Not one byte more: what follows may be packets. */
    private byte[] exactly(ByteStream stream, int count, Duration patience) throws IOException {
        long start = clock.nanos();
        byte[] all = new byte[count];
        int have = 0;
        while (have < count) {
            byte[] part = new byte[count - have];
            int read = stream.read(part);
            if (read < 0) {
                throw new EOFException("the proxy has closed the connection");
            }
            System.arraycopy(part, 0, all, have, read);
            have += read;
            if (read == 0 && clock.nanos() - start > patience.toNanos()) {
                throw SocksFailures.silent(text());
            }
        }
        return all;
    }
}
