package io.kairos.transport.satellite;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.time.Timers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Hands messages to the provider's gateway, each over a connection of its own. One thread sends, any closes. */
final class GatewayClient implements AutoCloseable {

    private static final int CONNECT_MILLIS = 10_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final GroundSettings.Provider provider;
    private final Timers timers;

    // ---- guarded by this ----
    private Socket open;
    private boolean closed;

    GatewayClient(GroundSettings.Provider provider, Timers timers) {
        this.provider = provider;
        this.timers = timers;
    }

    /**
     * Sends one message and waits for what the gateway says about it.
     *
     * @param number by which the gateway names it
     */
    GatewayAnswer send(int number, String imei, byte[] payload) {
        GatewayAnswer failed = GatewayAnswer.UNREACHABLE;
        try (Socket socket = new Socket()) {
            enter(socket);
            Timers.Timer end = timers.after(LONGEST, () -> hangUp(socket)); // also where bytes come one by one
            try {
                socket.connect(
                        new InetSocketAddress(InetAddress.getByName(provider.host()), provider.port()), CONNECT_MILLIS);
                failed = GatewayAnswer.UNCONFIRMED;
                socket.getOutputStream().write(DirectIp.toModem(number, imei, payload));
                DirectIp.Confirmation said = DirectIp.confirmation(GatewayStream.read(socket.getInputStream()));
                return said.number() == number && said.imei().equals(imei)
                        ? GatewayAnswer.of(said.status())
                        : GatewayAnswer.UNCONFIRMED;
            } finally {
                end.cancel();
                leave();
            }
        } catch (IOException | MalformedException e) {
            return failed;
        }
    }

    private synchronized void enter(Socket socket) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        open = socket;
    }

    private synchronized void leave() {
        open = null;
    }

    /** Lets go whoever sends; nothing is sent afterwards. */
    @Override
    public void close() {
        Socket last;
        synchronized (this) {
            closed = true;
            last = open;
        }
        if (last != null) {
            hangUp(last);
        }
    }

    private static void hangUp(Socket socket) {
        GatewayStream.close(socket);
    }
}
