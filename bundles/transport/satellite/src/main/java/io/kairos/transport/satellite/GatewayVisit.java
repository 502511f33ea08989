package io.kairos.transport.satellite;

import io.kairos.api.failure.MalformedException;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Predicate;

/** One connection of the gateway, which brings one message of a modem. A thread of its own serves it, any closes. */
final class GatewayVisit implements AutoCloseable {

    private static final int READ_MILLIS = 10_000;

    private final Socket socket;
    private final boolean confirms;
    private final Predicate<DirectIp.FromModem> inbox;

    /** @param inbox takes the message, or says no */
    GatewayVisit(Socket socket, boolean confirms, Predicate<DirectIp.FromModem> inbox) {
        this.socket = socket;
        this.confirms = confirms;
        this.inbox = inbox;
    }

    /** Reads the message and says whether it was one that somebody takes. */
    boolean serve() {
        try (Socket open = socket) {
            open.setSoTimeout(READ_MILLIS);
            boolean isTaken = inbox.test(DirectIp.fromModem(GatewayStream.read(open.getInputStream())));
            if (confirms) {
                open.getOutputStream().write(DirectIp.taken(isTaken));
            }
            return isTaken;
        } catch (IOException | MalformedException e) {
            return false; // the gateway brings it again
        }
    }

    @Override
    public void close() {
        GatewayStream.close(socket);
    }
}
