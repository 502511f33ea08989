package io.kairos.lib.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recorded from the reference implementation (RNS 1.4.2): frames it sends, and what its readers make of pieces. */
class FramingVectors {

    private static final HexFormat HEX = HexFormat.of();
    private static final int MAXIMUM = 1064;

    private final JsonNode vectors = read();

    @TestFactory
    Stream<DynamicTest> encodesTheSameFrames() {
        return each(vectors.path("frames"), row -> {
            byte[] payload = HEX.parseHex(row.path("payload").textValue());
            assertEquals(row.path("hdlc").textValue(), encoded(payload, Hdlc::encode));
            assertEquals(row.path("kiss").textValue(), encoded(payload, Kiss::encode));
        });
    }

    @TestFactory
    Stream<DynamicTest> decodesTheSameFrames() {
        return each(vectors.path("frames"), row -> {
            List<String> payload = List.of(row.path("payload").textValue());
            String hdlc = row.path("hdlc").textValue();
            assertEquals(payload, Packets.of(stream(), hdlc));
            assertEquals(payload, Packets.of(new HdlcByteDecoder(MAXIMUM), hdlc));
            assertEquals(
                    payload,
                    Packets.of(new KissDecoder(MAXIMUM), row.path("kiss").textValue()));
        });
    }

    @TestFactory
    Stream<DynamicTest> hdlcStreamsGiveTheSamePackets() {
        return each(
                vectors.path("hdlc_stream").path("cases"),
                row -> assertEquals(texts(row.path("frames")), Packets.of(stream(), bytes(row.path("chunks")))));
    }

    @TestFactory
    Stream<DynamicTest> kissStreamsGiveTheSamePackets() {
        return each(
                vectors.path("kiss_stream").path("cases"),
                row -> assertEquals(
                        texts(row.path("frames")), Packets.of(new KissDecoder(MAXIMUM), bytes(row.path("chunks")))));
    }

    @Test
    void serialLinesSpeakTheSame() {
        JsonNode serial = vectors.path("serial");
        String written = serial.path("written").textValue();
        String device = serial.path("device_bytes").textValue();

        List<String> own = Packets.of(new HdlcByteDecoder(MAXIMUM), written);
        assertEquals(1, own.size());
        assertEquals(written, encoded(HEX.parseHex(own.get(0)), Hdlc::encode));
        assertEquals(texts(serial.path("delivered")), Packets.of(new HdlcByteDecoder(MAXIMUM), device));
    }

    @Test
    void serialKissLinesSpeakTheSame() {
        JsonNode received = vectors.path("kiss_serial").path("received");
        String device = received.path("device_bytes").textValue();
        assertEquals(List.of(received.path("payload").textValue()), Packets.of(new KissDecoder(MAXIMUM), device));

        JsonNode flow = vectors.path("kiss_serial").path("flow_control");
        List<String> sent = texts(flow.path("sent"));
        List<String> writes = texts(flow.path("writes_after_ready"));
        assertFalse(sent.isEmpty());
        assertEquals(sent.size(), writes.size());
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(writes.get(i), encoded(HEX.parseHex(sent.get(i)), Kiss::encode));
        }
    }

    private static HdlcStreamDecoder stream() {
        return new HdlcStreamDecoder(HdlcStreamDecoder.SHORTEST_PACKET, MAXIMUM);
    }

    private static String encoded(byte[] payload, BiConsumer<ByteBuffer, ByteBuffer> encoder) {
        ByteBuffer out = ByteBuffer.allocate(Kiss.maximumFrameBytes(payload.length));
        encoder.accept(ByteBuffer.wrap(payload), out);
        return HEX.formatHex(out.array(), 0, out.position());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private static List<byte[]> bytes(JsonNode array) {
        return texts(array).stream().map(HEX::parseHex).toList();
    }

    private interface Check {
        void run(JsonNode row);
    }

    private static Stream<DynamicTest> each(JsonNode array, Check check) {
        List<DynamicTest> tests = StreamSupport.stream(array.spliterator(), false)
                .map(row -> DynamicTest.dynamicTest(row.path("name").textValue(), () -> check.run(row)))
                .toList();
        assertFalse(tests.isEmpty(), "no vectors");
        return tests.stream();
    }

    private static JsonNode read() {
        try (InputStream in = FramingVectors.class.getResourceAsStream("/vectors/interfaces.json")) {
            assertNotNull(in);
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
