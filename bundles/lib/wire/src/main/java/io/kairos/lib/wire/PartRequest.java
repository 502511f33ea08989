package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The receiver of a resource asks for parts.
 *
 * <pre>
 *  offset  size  field
 *  0       1     0x00, or 0xff when the receiver knows no further part hashes
 *  1       4     only after 0xff: the last part hash it knows
 *  1 | 5   32    hash of the segment
 *  33 | 37 4k    hashes of the wanted parts
 * </pre>
 *
 * <p>Specification: docs/protocol/resource.md. Test vectors: {@code ResourceVectors}.
 */
public final class PartRequest {

    private static final int EXHAUSTED = 0xff;
    private static final int HASH = 32;

    private final byte[] segmentHash;
    private final boolean exhausted;
    private final int lastKnown;
    private final int[] wanted;

    /**
     * @param lastKnown the last part hash known, as a big-endian number; counts only when {@code exhausted}
     * @param wanted part hashes as big-endian numbers; not copied
     */
    public PartRequest(byte[] segmentHash, boolean exhausted, int lastKnown, int[] wanted) {
        this.segmentHash = segmentHash;
        this.exhausted = exhausted;
        this.lastKnown = lastKnown;
        this.wanted = wanted;
    }

    public static PartRequest decode(byte[] plaintext) {
        if (plaintext.length == 0) {
            throw new MalformedException("an empty part request");
        }
        boolean exhausted = (plaintext[0] & 0xff) == EXHAUSTED;
        int fixed = 1 + (exhausted ? Integer.BYTES : 0) + HASH;
        if (plaintext.length < fixed) {
            throw new MalformedException("a part request is cut short");
        }
        ByteBuffer in = ByteBuffer.wrap(plaintext, 1, plaintext.length - 1);
        int lastKnown = exhausted ? in.getInt() : 0;
        byte[] hash = new byte[HASH];
        in.get(hash);
        int[] wanted = new int[in.remaining() / Integer.BYTES];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = in.getInt();
        }
        return new PartRequest(hash, exhausted, lastKnown, wanted);
    }

    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(1 + Integer.BYTES + HASH + wanted.length * Integer.BYTES);
        if (exhausted) {
            out.put((byte) EXHAUSTED).putInt(lastKnown);
        } else {
            out.put((byte) 0);
        }
        out.put(segmentHash);
        for (int hash : wanted) {
            out.putInt(hash);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    public byte[] segmentHash() {
        return segmentHash;
    }

    public boolean isExhausted() {
        return exhausted;
    }

    public int lastKnown() {
        return lastKnown;
    }

    public int[] wanted() {
        return wanted;
    }
}
