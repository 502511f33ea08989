package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Translates the payload of announces.
 *
 * <pre>
 *  size  field
 *  64    public keys     X25519, then Ed25519
 *  10    name hash
 *  10    random blob     5 random bytes, 5 bytes emission time (Unix seconds, big-endian)
 *  32    ratchet         only when the context flag of the packet is set
 *  64    signature       Ed25519 over destination hash || everything here except the signature
 *  ...   application data
 * </pre>
 *
 * <p>Specification: docs/protocol/announce.md. Test vectors: {@code AnnounceVectors}.
 */
public final class AnnounceCodec {

    /** Length of both public keys in bytes. */
    public static final int KEYS = 64;

    /** Length of the random blob in bytes. */
    public static final int BLOB = 10;

    /** Length of a ratchet in bytes. */
    public static final int RATCHET = 32;

    /** Length of the signature in bytes. */
    public static final int SIGNATURE = 64;

    static final int NAME = 10;
    static final int BLOB_OFFSET = KEYS + NAME;

    private static final int BLOB_RANDOM = 5;

    private AnnounceCodec() {}

    /** Shortest payload in bytes: without application data. */
    public static int shortest(boolean ratchet) {
        return BLOB_OFFSET + BLOB + (ratchet ? RATCHET : 0) + SIGNATURE;
    }

    /**
     * Reads a payload; the bytes are kept, not copied. Says nothing about the signature.
     *
     * @param ratchet the context flag of the packet
     */
    public static Announce decode(byte[] payload, boolean ratchet) {
        if (payload.length < shortest(ratchet)) {
            throw new MalformedException(
                    "announce cut short: %d of %d bytes".formatted(payload.length, shortest(ratchet)));
        }
        return new Announce(payload, ratchet);
    }

    /** The payload as one array; the signature is over {@link #signedData} of the same values. */
    public static byte[] encode(
            byte[] publicKeys,
            byte[] nameHash,
            byte[] blob,
            Optional<byte[]> ratchet,
            byte[] signature,
            byte[] appData) {
        int length = shortest(ratchet.isPresent()) + appData.length;
        ByteBuffer out = ByteBuffer.allocate(length);
        writeHead(out, publicKeys, nameHash, blob, ratchet);
        return out.put(require(signature, SIGNATURE, "signature")).put(appData).array();
    }

    /** What an announcer signs. */
    public static byte[] signedData(
            DestinationHash destination,
            byte[] publicKeys,
            byte[] nameHash,
            byte[] blob,
            Optional<byte[]> ratchet,
            byte[] appData) {
        int length = DestinationHash.LENGTH + shortest(ratchet.isPresent()) - SIGNATURE + appData.length;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putLong(destination.high()).putLong(destination.low());
        writeHead(out, publicKeys, nameHash, blob, ratchet);
        return out.put(appData).array();
    }

    /**
     * A random blob.
     *
     * @param random at least five random bytes, of which five are used
     * @param emissionSeconds Unix seconds; must never go back for one destination
     */
    public static byte[] blob(byte[] random, long emissionSeconds) {
        if (emissionSeconds < 0 || emissionSeconds >= 1L << 40) {
            throw new IllegalArgumentException("an emission time has 40 bits, got " + emissionSeconds);
        }
        return ByteBuffer.allocate(BLOB)
                .put(random, 0, BLOB_RANDOM)
                .put((byte) (emissionSeconds >> 32))
                .putInt((int) emissionSeconds)
                .array();
    }

    /** The emission time in the blob at {@code offset}, in Unix seconds. */
    public static long emissionSeconds(byte[] bytes, int offset) {
        long seconds = 0;
        for (int i = offset + BLOB_RANDOM; i < offset + BLOB; i++) {
            seconds = seconds << 8 | bytes[i] & 0xff;
        }
        return seconds;
    }

    private static void writeHead(
            ByteBuffer out, byte[] publicKeys, byte[] nameHash, byte[] blob, Optional<byte[]> ratchet) {
        out.put(require(publicKeys, KEYS, "public keys")).put(require(nameHash, NAME, "name hash"));
        out.put(require(blob, BLOB, "random blob"));
        ratchet.ifPresent(key -> out.put(require(key, RATCHET, "ratchet")));
    }

    private static byte[] require(byte[] field, int length, String name) {
        if (field.length != length) {
            throw new IllegalArgumentException("%s: %d bytes wanted, got %d".formatted(name, length, field.length));
        }
        return field;
    }
}
