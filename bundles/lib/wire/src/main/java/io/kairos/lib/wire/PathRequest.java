package io.kairos.lib.wire;

import io.kairos.api.packet.DestinationHash;
import java.util.Optional;

/**
 * Somebody asks for a path.
 *
 * @param destination whereto
 * @param requester transport id of the node that asks, if it forwards for others
 * @param tag tells requests apart; passed-on requests keep it
 */
public record PathRequest(DestinationHash destination, Optional<DestinationHash> requester, Tag tag) {

    /** One to sixteen bytes; equal by content. Shorter tags are padded with zeros here, but keep their length. */
    public record Tag(long high, long low, int length) {

        /** Longest tag in bytes; what is longer is cut. */
        public static final int LONGEST = 16;

        /** Takes up to {@value #LONGEST} bytes from {@code offset} on. */
        public static Tag of(byte[] bytes, int offset, int length) {
            byte[] padded = new byte[LONGEST];
            int used = Math.min(length, LONGEST);
            System.arraycopy(bytes, offset, padded, 0, used);
            DestinationHash halves = DestinationHash.of(padded);
            return new Tag(halves.high(), halves.low(), used);
        }

        public byte[] toBytes() {
            return java.util.Arrays.copyOf(new DestinationHash(high, low).toBytes(), length);
        }
    }
}
