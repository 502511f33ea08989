package io.kairos.transport.auto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/**
 * Remembers the last packets for a moment: two nodes that share two networks hear each packet twice.
 *
 * <p>Threads: one.
 */
final class RecentPackets {

    private static final int MOST = 48;
    private static final Duration MOMENT = Duration.ofMillis(750);

    private final MessageDigest digest;
    private final byte[][] hashes = new byte[MOST][];
    private final long[] seenNanos = new long[MOST];
    private int next;

    RecentPackets() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Whether the packet was here a moment ago; otherwise it is remembered. The buffer is left as it was. */
    boolean isRepeated(ByteBuffer packet, long nowNanos) {
        digest.update(packet.array(), packet.arrayOffset() + packet.position(), packet.remaining());
        byte[] hash = digest.digest();
        for (int i = 0; i < MOST; i++) {
            if (hashes[i] != null
                    && nowNanos - seenNanos[i] < MOMENT.toNanos()
                    && MessageDigest.isEqual(hashes[i], hash)) {
                return true;
            }
        }
        hashes[next] = hash;
        seenNanos[next] = nowNanos;
        next = (next + 1) % MOST;
        return false;
    }
}
