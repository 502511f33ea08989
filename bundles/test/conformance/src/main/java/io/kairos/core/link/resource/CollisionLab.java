package io.kairos.core.link.resource;

import io.kairos.api.crypto.Token;
import io.kairos.api.link.ResourceData;
import io.kairos.core.link.RandomSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lets the product make a segment in which two neighbours would have the same part hash: short parts that count up, sealed
 * by a token that leaves them as they are, and a source of random hashes whose first is one with which two of them collide.
 */
public final class CollisionLab {

    private static final int PARTS = 2000;
    private static final int PREFIX = 4;

    private final byte[] stream;
    private final byte[] colliding;
    private final Segment segment;
    private int drawn;

    public CollisionLab() throws IOException {
        ByteBuffer parts = ByteBuffer.allocate(PARTS * Long.BYTES);
        for (long part = 0; part < PARTS; part++) {
            parts.putLong(part);
        }
        stream = parts.array();
        colliding = findColliding();
        byte[] content = Arrays.copyOfRange(stream, PREFIX, stream.length); // the maker puts the prefix before it
        SegmentMaker maker =
                new SegmentMaker(ResourceData.of(content), new byte[0], false, new Unchanged(), Long.BYTES, source());
        segment = maker.make(1);
    }

    private byte[] findColliding() {
        int candidate = 1;
        byte[] random = number(candidate);
        while (PartHashes.ofAll(stream, Long.BYTES, random) != null) {
            random = number(++candidate);
        }
        return random;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(PREFIX).putInt(value).array();
    }

    /** First the prefix of the content, of zeros as in the stream; then the random hashes. */
    private RandomSource source() {
        return bytes -> {
            drawn++;
            if (drawn == 2) {
                System.arraycopy(colliding, 0, bytes, 0, bytes.length);
            } else if (drawn > 2) {
                RandomSource.secure().fill(bytes);
            }
        };
    }

    /** The random hash with which two parts collide. */
    public byte[] first() {
        return colliding;
    }

    /** How often a random hash was drawn. */
    public int draws() {
        return drawn - 1;
    }

    /** The random hash that the product has settled on. */
    public byte[] chosen() {
        return segment.random();
    }

    public int parts() {
        return segment.parts();
    }

    /** Hashes of the first parts as they would be offered. */
    public byte[] offered() {
        return segment.blockOfHashes(0);
    }

    /** What would have been offered with the colliding one. */
    public byte[] wouldBeOffered() {
        PartHashes hashes = new PartHashes(colliding);
        int[] block = new int[offered().length / Integer.BYTES];
        for (int part = 0; part < block.length; part++) {
            block[part] = hashes.of(stream, part * Long.BYTES, Long.BYTES);
        }
        return PartHashes.toBytes(block);
    }

    /** Seals nothing. */
    private static final class Unchanged implements Token {

        @Override
        public int sealedLength(int plainLength) {
            return plainLength;
        }

        @Override
        public int seal(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
            System.arraycopy(in, inOffset, out, outOffset, length);
            return length;
        }

        @Override
        public int open(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
            return seal(in, inOffset, length, out, outOffset);
        }
    }
}
