package io.kairos.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.lib.framing.FrameDecoder;
import io.kairos.test.contract.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Byte equality with what was recorded from the reference implementation (RNS 1.4.2). */
class TcpVectors {

    private static final HexFormat HEX = HexFormat.of();
    private static final JsonNode VECTORS = load();

    @TestFactory
    Stream<DynamicTest> framesOnTheWire() {
        return each(VECTORS.get("frames"), vector -> {
            assertEquals(
                    vector.get("hdlc").asText(),
                    encode(Framing.HDLC, vector.get("payload").asText()));
            assertEquals(
                    vector.get("kiss").asText(),
                    encode(Framing.KISS, vector.get("payload").asText()));
        });
    }

    @TestFactory
    Stream<DynamicTest> hdlcStreams() {
        return each(VECTORS.get("hdlc_stream").get("cases"), vector -> decodes(Framing.HDLC, vector));
    }

    @TestFactory
    Stream<DynamicTest> kissStreams() {
        return each(VECTORS.get("kiss_stream").get("cases"), vector -> decodes(Framing.KISS, vector));
    }

    @Test
    void packetSizesFollowTheBitRate() {
        for (JsonNode vector : VECTORS.get("hw_mtu_by_bitrate")) {
            long bitrate = vector.get(0).asLong();
            int expected = vector.get(1).isNull() ? 500 : vector.get(1).asInt();

            assertEquals(expected, TcpChecks.budget(bitrate).packetBytes(), bitrate + " bit/s");
        }
    }

    @Test
    void textFormsAreThoseThatAreHashed() throws NoSuchAlgorithmException {
        List<String> texts = new ArrayList<>();
        for (JsonNode vector : VECTORS.get("interface_hash")) {
            String text = vector.get("text").asText();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(vector.get("hash").asText(), HEX.formatHex(hash));
            texts.add(text);
        }

        assertEquals(texts, List.of(client("Hub", "198.51.100.7"), client("Hub6", "2001:db8::7"), server("Srv")));
    }

    @Test
    void acceptedConnectionsCarryTheAddressOfThePeer() throws IOException {
        InetAddress six = InetAddress.getByName("2001:db8:0:0:0:0:0:7");

        assertEquals("[2001:db8::7]:5", Endpoints.text(new InetSocketAddress(six, 5)));
        assertEquals("127.0.0.1:6", Endpoints.text(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 6)));
    }

    private static String client(String name, String host) {
        Settings given = Settings.of("interface.name", name, "peer.host", host, "enabled", "false");
        try (TcpClientInterface client =
                new TcpClientInterface(given.as(TcpClientConfig.class), given.map(), null, null)) {
            return client.description();
        }
    }

    private static String server(String name) {
        Settings given = Settings.of("interface.name", name, "enabled", "false");
        try (TcpServerInterface server =
                new TcpServerInterface(given.as(TcpServerConfig.class), given.map(), null, null)) {
            return server.description();
        }
    }

    private static String encode(Framing framing, String payload) {
        byte[] packet = HEX.parseHex(payload);
        ByteBuffer out = ByteBuffer.allocate(Framing.worstCase(packet.length));
        framing.encode(ByteBuffer.wrap(packet), out);
        return HEX.formatHex(out.array(), 0, out.position());
    }

    private static void decodes(Framing framing, JsonNode vector) {
        List<String> expected = new ArrayList<>();
        vector.get("frames").forEach(frame -> expected.add(frame.asText()));
        List<String> frames = new ArrayList<>();
        FrameDecoder decoder = framing.decoder(8_208);

        for (JsonNode chunk : vector.get("chunks")) {
            decoder.feed(
                    ByteBuffer.wrap(HEX.parseHex(chunk.asText())),
                    packet -> frames.add(HEX.formatHex(packet.array(), packet.position(), packet.limit())));
        }

        assertEquals(expected, frames);
    }

    private interface Check {
        void on(JsonNode vector);
    }

    private static Stream<DynamicTest> each(JsonNode list, Check check) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(vector.get("name").asText(), () -> check.on(vector)));
    }

    private static JsonNode load() {
        try (InputStream in = TcpVectors.class.getResourceAsStream("/vectors/tcp.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
