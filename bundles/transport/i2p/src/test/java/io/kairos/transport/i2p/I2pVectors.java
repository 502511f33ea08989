package io.kairos.transport.i2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.lib.framing.Hdlc;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.Vectors;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every line as it was recorded from the reference implementation (RNS 1.4.2) against a stand-in bridge. */
class I2pVectors {

    private static final JsonNode VECTORS =
            Vectors.load(I2pVectors.class, "i2p.json").get("i2p");

    /** The keys that the stand-in gave to everybody. */
    private static final String PRIVATE = I2pBase64.encode(privateKeys());

    @Test
    void theOwnAddressFollowsFromTheKeys() {
        assertEquals(
                VECTORS.get("own_b32").asText() + ".b32.i2p",
                Destination.ofPrivate(PRIVATE).base32());
    }

    /** Which connection says what; the order of connections differs, since each interface has threads of its own. */
    @Test
    void theSameLinesAreSaid() {
        List<String> recorded = new ArrayList<>();
        for (JsonNode line : VECTORS.get("sam_lines")) {
            if (line.get(1).asText().equals("client")) {
                recorded.add(alike(line.get(2).asText().replace("\\n", "")));
            }
        }
        try (RealTime time = new RealTime();
                StubBridge bridge = new StubBridge()) {
            MemoryStore store = new MemoryStore();
            try (I2pInterface there = open(time, bridge, store, "I2P", "connectable", true)) {
                WaitFor.condition("it is up", () -> there.status().isUp());
                int before = bridge.heard().size();
                String own = there.offer()
                        .orElseThrow()
                        .details()
                        .get("reachable_on")
                        .toString();
                try (I2pInterface caller = open(time, bridge, store, "caller", "peers", own)) {
                    RecordingSink core = new RecordingSink();
                    caller.attach(core);
                    WaitFor.condition(
                            "the peer is up",
                            () -> core.children().keySet().stream()
                                    .anyMatch(peer -> peer.status().isUp()));
                    List<String> said =
                            bridge.heard().stream().map(I2pVectors::alike).toList();
                    assertTrue(before > 0);
                    assertEquals(kinds(recorded), kinds(said));
                    assertEquals(
                            "I2PInterfacePeer[caller to " + own + "]",
                            core.children().keySet().iterator().next().description());
                }
            }
        }
    }

    @Test
    void interfacesAreCalledTheSame() {
        List<String> names = new ArrayList<>();
        VECTORS.get("interfaces").forEach(name -> names.add(name.asText()));

        assertTrue(names.contains("I2PInterface[I2P]"));
        assertTrue(names.contains("I2PInterfacePeer[Connected peer on I2P]"));
        assertTrue(names.contains("I2PInterfacePeer[I2P to " + "a".repeat(52) + ".b32.i2p]"));
    }

    @Test
    void aKeepaliveIsAnEmptyFrame() {
        ByteBuffer frame = ByteBuffer.allocate(2);
        Hdlc.encode(ByteBuffer.wrap(new byte[0]), frame);

        assertEquals(
                VECTORS.get("first_stream_bytes").get("in").asText(),
                HexFormat.of().formatHex(frame.array()));
    }

    private static I2pInterface open(RealTime time, StubBridge bridge, MemoryStore store, String name, Object... more) {
        Settings settings = Settings.of("interface.name", name, "bridge.port", bridge.port(), "setup.delay.seconds", 1)
                .with(Settings.of(more).map());
        return new I2pInterface(settings.as(I2pConfig.class), settings.map(), time, time, store);
    }

    /** Without what differs each time. */
    private static String alike(String line) {
        return line.replaceAll("ID=\\S+", "ID=…")
                .replaceAll("DESTINATION=(<[^>]*>|\\S+)", "DESTINATION=…")
                .replaceAll("NAME=\\S+", "NAME=…");
    }

    private static List<String> kinds(List<String> lines) {
        return lines.stream().distinct().sorted().toList();
    }

    private static byte[] privateKeys() {
        byte[] keys = new byte[256 + 128 + 7 + 288];
        IntStream.range(0, 256).forEach(i -> keys[i] = (byte) i);
        keys[384] = 5;
        keys[386] = 4;
        keys[388] = 7;
        return keys;
    }
}
