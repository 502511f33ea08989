package io.kairos.transport.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.lib.framing.FrameSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Reticulum's interfaces wrote and understood, recorded from the reference implementation (RNS 1.4.2). */
class SerialVectors {

    private static final int LONGEST = 572;

    private static JsonNode vectors;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream in = SerialVectors.class.getResourceAsStream("/vectors/interfaces.json")) {
            vectors = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void plainLinesSpeakTheSame() {
        JsonNode serial = vectors.path("serial");
        HdlcFraming framing = new HdlcFraming(LONGEST);

        assertEquals(texts(serial.path("delivered")), received(framing, serial.path("device_bytes")));
        assertEquals(
                serial.path("written").textValue(),
                hex(framing.frame(bytes(serial.path("delivered").get(1)))));
    }

    @Test
    void theModemIsToldTheSame() {
        JsonNode settings = vectors.path("kiss_serial").path("settings");
        Tnc tnc = new Tnc(
                Duration.ofMillis(settings.path("preamble_ms").intValue()),
                Duration.ofMillis(settings.path("txtail_ms").intValue()),
                settings.path("persistence").intValue(),
                Duration.ofMillis(settings.path("slottime_ms").intValue()),
                false,
                Optional.empty(),
                Optional.empty());
        List<String> commands = tnc.commands().stream().map(SerialVectors::hex).toList();

        assertEquals(texts(vectors.path("kiss_serial").path("init_writes")), commands);
        assertEquals(texts(vectors.path("ax25_kiss").path("init_writes")), commands);
    }

    @Test
    void kissFramesAreTheSame() {
        JsonNode kiss = vectors.path("kiss_serial");
        List<String> ready = new ArrayList<>();
        KissFraming framing = new KissFraming(LONGEST, tnc(Optional.empty()), () -> ready.add("ready"));

        assertEquals(
                List.of(kiss.path("received").path("payload").textValue()),
                received(framing, kiss.path("received").path("device_bytes")));
        assertEquals(List.of(), received(framing, kiss.path("flow_control").path("device_ready")));
        assertEquals(List.of("ready"), ready);
        List<String> frames = new ArrayList<>();
        kiss.path("flow_control").path("sent").forEach(packet -> frames.add(hex(framing.frame(bytes(packet)))));
        assertEquals(texts(kiss.path("flow_control").path("writes_after_ready")), frames);
    }

    @Test
    void ax25HeadersAreTheSame() {
        JsonNode ax25 = vectors.path("ax25_kiss");
        KissFraming framing =
                station(ax25.path("callsign").textValue(), ax25.path("ssid").intValue());

        assertEquals(ax25.path("frame").textValue(), hex(framing.frame(bytes(ax25.path("payload")))));
        assertEquals(List.of(ax25.path("payload_after_loopback").textValue()), received(framing, ax25.path("frame")));
        assertEquals(
                ax25.path("short_callsign_ABC_20_zero_bytes").textValue(),
                hex(station("ABC", ax25.path("ssid").intValue()).frame(ByteBuffer.wrap(new byte[20]))));
    }

    private static KissFraming station(String callsign, int ssid) {
        return new KissFraming(LONGEST, tnc(Optional.of(new Ax25Header(callsign, ssid))), () -> {});
    }

    private static Tnc tnc(Optional<Ax25Header> station) {
        return new Tnc(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, false, Optional.empty(), station);
    }

    private static List<String> received(Framing framing, JsonNode stream) {
        List<String> packets = new ArrayList<>();
        FrameSink sink = packet -> packets.add(hex(packet));
        framing.decoder().feed(bytes(stream), content -> framing.unwrap(content, sink));
        return packets;
    }

    private static ByteBuffer bytes(JsonNode hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.textValue()));
    }

    private static String hex(ByteBuffer bytes) {
        return HexFormat.of()
                .formatHex(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.arrayOffset() + bytes.limit());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
