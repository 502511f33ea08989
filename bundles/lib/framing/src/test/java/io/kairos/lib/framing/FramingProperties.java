package io.kairos.lib.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FramingProperties {

    private static final HexFormat HEX = HexFormat.of();
    private static final int MAXIMUM = 64;

    @Property(tries = 200)
    void hdlcPacketsArriveHoweverTheStreamIsCut(@ForAll("packets") List<byte[]> packets, @ForAll("cuts") int[] cuts) {
        byte[] stream = encoded(packets, Hdlc::encode);

        assertEquals(hex(packets), Packets.of(new HdlcStreamDecoder(1, MAXIMUM), cut(stream, cuts)));
        assertEquals(hex(packets), Packets.of(new HdlcByteDecoder(MAXIMUM), cut(stream, cuts)));
    }

    @Property(tries = 200)
    void kissPacketsArriveHoweverTheStreamIsCut(@ForAll("packets") List<byte[]> packets, @ForAll("cuts") int[] cuts) {
        assertEquals(hex(packets), Packets.of(new KissDecoder(MAXIMUM), cut(encoded(packets, Kiss::encode), cuts)));
    }

    @Property(tries = 200)
    void framesNeedNoMoreThanTheyAreSaidTo(@ForAll("packet") byte[] packet) {
        assertTrue(encoded(List.of(packet), Hdlc::encode).length <= Hdlc.maximumFrameBytes(packet.length));
        assertTrue(encoded(List.of(packet), Kiss::encode).length <= Kiss.maximumFrameBytes(packet.length));
    }

    @Property(tries = 400)
    void anyBytesGiveThePacketsOfTheSpecification(@ForAll("noise") byte[] noise, @ForAll("cuts") int[] cuts) {
        List<byte[]> chunks = cut(noise, cuts);

        assertEquals(model(noise), Packets.of(new HdlcStreamDecoder(3, MAXIMUM), chunks));
    }

    @Property(tries = 400)
    void cutsChangeNothing(@ForAll("noise") byte[] noise, @ForAll("cuts") int[] cuts) {
        List<byte[]> whole = List.of(noise);
        List<byte[]> chunks = cut(noise, cuts);

        assertEquals(Packets.of(new HdlcByteDecoder(8), whole), Packets.of(new HdlcByteDecoder(8), chunks));
        assertEquals(Packets.of(new KissDecoder(8), whole), Packets.of(new KissDecoder(8), chunks));
    }

    @Property(tries = 200)
    void directAndReadOnlyBuffersAreDecodedTheSame(@ForAll("noise") byte[] noise) {
        ByteBuffer direct = ByteBuffer.allocateDirect(noise.length).put(noise).flip();
        Packets fromDirect = new Packets();
        new HdlcStreamDecoder(1, MAXIMUM).feed(direct, fromDirect);
        Packets fromReadOnly = new Packets();
        new HdlcStreamDecoder(1, MAXIMUM).feed(ByteBuffer.wrap(noise).asReadOnlyBuffer(), fromReadOnly);

        List<String> expected = Packets.of(new HdlcStreamDecoder(1, MAXIMUM), List.of(noise));
        assertEquals(expected, fromDirect.received());
        assertEquals(expected, fromReadOnly.received());
    }

    @Property(tries = 400)
    void bytesAreFoundWhereTheyAre(@ForAll("noise") byte[] noise, @ForAll byte wanted) {
        int simple = 0;
        while (simple < noise.length && noise[simple] != wanted) {
            simple++;
        }

        assertEquals(simple, ByteStuffing.indexOf(wanted, noise, 0, noise.length));
    }

    /** The stream decoder in the words of the specification, without a thought of speed. */
    private static List<String> model(byte[] noise) {
        String text = new String(noise, StandardCharsets.ISO_8859_1);
        List<String> packets = new ArrayList<>();
        int start = text.indexOf('\u007e');
        while (start >= 0) {
            int end = text.indexOf('\u007e', start + 1);
            if (end < 0) {
                break;
            }
            String packet = text.substring(start + 1, end)
                    .replace("\u007d\u005e", "\u007e")
                    .replace("\u007d\u005d", "\u007d");
            if (packet.length() >= 3 && packet.length() <= MAXIMUM) {
                packets.add(HEX.formatHex(packet.getBytes(StandardCharsets.ISO_8859_1)));
            }
            start = end;
        }
        return packets;
    }

    private static byte[] encoded(List<byte[]> packets, BiConsumer<ByteBuffer, ByteBuffer> encoder) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            ByteBuffer frame = ByteBuffer.allocate(Kiss.maximumFrameBytes(packet.length));
            encoder.accept(ByteBuffer.wrap(packet), frame);
            stream.write(frame.array(), 0, frame.position());
        }
        return stream.toByteArray();
    }

    /** Cuts into pieces whose lengths repeat {@code lengths}. */
    private static List<byte[]> cut(byte[] stream, int[] lengths) {
        List<byte[]> chunks = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < stream.length; i++) {
            int to = Math.min(stream.length, from + lengths[i % lengths.length]);
            chunks.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        return chunks;
    }

    private static List<String> hex(List<byte[]> packets) {
        return packets.stream().map(HEX::formatHex).toList();
    }

    @Provide
    Arbitrary<List<byte[]>> packets() {
        return packet().list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<byte[]> packet() {
        return bytes().array(byte[].class).ofMinSize(1).ofMaxSize(MAXIMUM);
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return bytes().array(byte[].class).ofMaxSize(300);
    }

    @Provide
    Arbitrary<int[]> cuts() {
        return Arbitraries.integers()
                .between(1, 40)
                .array(int[].class)
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    /** Bytes with a meaning on the line come as often as all others together. */
    private static Arbitrary<Byte> bytes() {
        Arbitrary<Byte> special = Arbitraries.of(0x7e, 0x7d, 0x5e, 0x5d, 0xc0, 0xdb, 0xdc, 0xdd, 0x00, 0x7f)
                .map(Integer::byteValue);
        return Arbitraries.oneOf(special, Arbitraries.bytes());
    }
}
