package io.kairos.test.bench.load;

import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.PacketBytes;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;

/** Makes a node know a destination, as it would in real life: by an announce, which the node then repeats. */
final class Introduction {

    private static final int TRIES = 8;

    private Introduction() {}

    /**
     * Announces the destination on one connection until another hears the node repeat it.
     *
     * @return the node's transport id, which stands in the repeated announce
     */
    static DestinationHash of(TestDestination destination, MeshSocket receiver, MeshSocket sender, SecureRandom random)
            throws IOException {
        sender.readTimeout(3_000);
        long now = System.currentTimeMillis() / 1000;
        for (int i = 0; i < TRIES; i++) {
            // the node may not have accepted the other connection yet, so the first announce may be repeated to nobody
            receiver.send(destination.announce(now + i, random));
            try {
                while (true) {
                    byte[] heard = sender.receive();
                    if (isRepeated(heard, destination)) {
                        return PacketBytes.transport(heard, 0);
                    }
                }
            } catch (SocketTimeoutException e) {
                // not heard: once more
            }
        }
        throw new IOException("the node did not repeat the announce");
    }

    private static boolean isRepeated(byte[] heard, TestDestination destination) {
        return PacketBytes.isWellFormed(heard, 0, heard.length)
                && PacketBytes.type(heard, 0) == 1
                && PacketBytes.hasTransport(heard, 0)
                && PacketBytes.destination(heard, 0).equals(destination.address());
    }
}
