package io.kairos.lib.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PacketBytesProperties {

    @Property(tries = 300)
    void whatIsBuiltReadsTheSame(@ForAll("packets") Built built) {
        byte[] raw = built.bytes();

        assertTrue(PacketBytes.isWellFormed(raw, 0, raw.length));
        checkContents(built, raw);
        assertFalse(PacketBytes.hasTransport(raw, 0));
        assertEquals(0, PacketBytes.hops(raw, 0));
    }

    @Property(tries = 300)
    void aTransportAddressChangesNeitherContentsNorHash(
            @ForAll("packets") Built built,
            @ForAll("hashes") DestinationHash next,
            @ForAll @IntRange(max = 127) int hops) {
        byte[] raw = built.bytes();
        byte[] inTransport = PacketBytes.withTransport(raw, raw.length, next, hops, true);

        assertTrue(PacketBytes.isWellFormed(inTransport, 0, inTransport.length));
        checkContents(built, inTransport);
        assertEquals(next, PacketBytes.transport(inTransport, 0));
        assertEquals(hops, PacketBytes.hops(inTransport, 0));
        assertArrayEquals(PacketBytes.hash(raw), PacketBytes.hash(inTransport));
    }

    @Property(tries = 300)
    void theHashDependsOnEverythingElse(
            @ForAll("packets") Built built, @ForAll int where, @ForAll @IntRange(max = 7) int bit) {
        byte[] raw = built.bytes();
        byte[] hash = PacketBytes.hash(raw);
        int index = Math.floorMod(where, raw.length);
        raw[index] ^= (byte) (1 << bit);
        boolean isCovered = index > 1 || index == 0 && bit < 4;
        boolean changesLayout = index == 0 && bit == 6;

        if (!changesLayout) {
            assertEquals(!isCovered, Arrays.equals(hash, PacketBytes.hash(raw)));
        }
    }

    @Property(tries = 1000)
    void whatIsWellFormedCanBeReadWithinItsBounds(@ForAll("noise") byte[] noise) {
        if (!PacketBytes.isWellFormed(noise, 0, noise.length)) {
            return;
        }
        PacketBytes.destination(noise, 0);
        PacketBytes.context(noise, 0);
        PacketBytes.hash(noise);
        assertTrue(PacketBytes.headerLength(noise, 0) <= noise.length);
        if (PacketBytes.hasTransport(noise, 0)) {
            PacketBytes.transport(noise, 0);
        }
    }

    private static void checkContents(Built built, byte[] raw) {
        assertEquals(built.type.bits(), PacketBytes.type(raw, 0));
        assertEquals(built.destinationType.bits(), PacketBytes.destinationType(raw, 0));
        assertEquals(built.contextFlag, (raw[0] & PacketBytes.CONTEXT_FLAG) != 0);
        assertEquals(built.destination, PacketBytes.destination(raw, 0));
        assertEquals(built.context, PacketBytes.context(raw, 0));
        assertArrayEquals(built.data, Arrays.copyOfRange(raw, PacketBytes.headerLength(raw, 0), raw.length));
    }

    @Provide
    Arbitrary<Built> packets() {
        return Combinators.combine(
                        Arbitraries.of(PacketType.values()),
                        Arbitraries.of(DestinationType.values()),
                        Arbitraries.of(true, false),
                        hashes(),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(481))
                .as(Built::new);
    }

    @Provide
    Arbitrary<DestinationHash> hashes() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofSize(DestinationHash.LENGTH)
                .map(DestinationHash::of);
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(60);
    }

    private static final class Built {

        private final PacketType type;
        private final DestinationType destinationType;
        private final boolean contextFlag;
        private final DestinationHash destination;
        private final int context;
        private final byte[] data;

        Built(
                PacketType type,
                DestinationType destinationType,
                boolean contextFlag,
                DestinationHash destination,
                int context,
                byte[] data) {
            this.type = type;
            this.destinationType = destinationType;
            this.contextFlag = contextFlag;
            this.destination = destination;
            this.context = context;
            this.data = data;
        }

        byte[] bytes() {
            int flags = PacketBytes.flags(type, destinationType) | (contextFlag ? PacketBytes.CONTEXT_FLAG : 0);
            return PacketBytes.build(flags, destination, context, data);
        }
    }
}
