package io.kairos.lib.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.bytes.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recorded from the reference implementation (RNS 1.4.2): packets, their fields and hashes, and what is no packet. */
class PacketVectors {

    private static final HexFormat HEX = HexFormat.of();

    /** Constants that follow from codecs of links, resources and buffers; their vectors decide them. */
    private static final Set<String> OF_OTHER_CODECS = Set.of(
            "LINK_MDU",
            "RESOURCE_HASHMAP_MAX_LEN",
            "RESOURCE_COLLISION_GUARD_SIZE",
            "RESOURCE_SDU_AT_MTU_500",
            "STREAM_MAX_DATA_LEN");

    private final JsonNode vectors = read();

    @TestFactory
    Stream<DynamicTest> fieldsAndHashesAreTheSame() {
        return each("packets", "note", row -> {
            byte[] raw = bytes(row, "raw");
            assertEquals(row.path("length").intValue(), raw.length);
            assertTrue(PacketBytes.isWellFormed(raw, 0, raw.length));
            checkFlags(row, raw);
            checkFields(row, raw);
            checkHash(row, raw);
        });
    }

    @TestFactory
    Stream<DynamicTest> buildsTheSameBytes() {
        return each("packets", "note", row -> {
            DestinationHash destination = DestinationHash.of(bytes(row, "destination_hash"));
            int flags = PacketBytes.flags(
                            PacketType.of(row.path("packet_type").intValue()),
                            DestinationType.of(row.path("destination_type").intValue()))
                    | row.path("context_flag").intValue() << 5;
            byte[] built = PacketBytes.build(flags, destination, context(row), bytes(row, "data"));
            if (row.path("header_type").intValue() == 0) {
                assertEquals(row.path("raw").textValue(), HEX.formatHex(built));
                return;
            }
            assertEquals(row.path("header_1_form").textValue(), HEX.formatHex(built));
            assertEquals(row.path("header_1_packet_hash").textValue(), HEX.formatHex(PacketBytes.hash(built)));
            DestinationHash transport = DestinationHash.of(bytes(row, "transport_id"));
            byte[] inTransport = PacketBytes.withTransport(
                    built, built.length, transport, row.path("hops").intValue(), false);
            assertEquals(row.path("raw").textValue(), HEX.formatHex(inTransport));
        });
    }

    @TestFactory
    Stream<DynamicTest> unpacksTheSame() {
        return each("unpack", "note", row -> {
            byte[] raw = bytes(row, "raw");
            assertEquals(row.path("unpacks").booleanValue(), PacketBytes.isWellFormed(raw, 0, raw.length));
        });
    }

    @TestFactory
    Stream<DynamicTest> readsEveryFlagsByteTheSame() {
        return each("flag_bytes", "byte", row -> {
            byte[] raw = new byte[PacketBytes.LONG_HEADER];
            raw[0] = bytes(row, "byte")[0];
            checkFlags(row, raw);
        });
    }

    @Test
    void constantsAreTheSame() {
        Map<String, Integer> ours = new TreeMap<>(Map.of(
                "MTU", PacketBytes.MTU,
                "MDU", PacketBytes.LARGEST_PAYLOAD,
                "PLAIN_MDU", PacketBytes.LARGEST_PAYLOAD,
                "ENCRYPTED_MDU", PacketBytes.LARGEST_PLAINTEXT,
                "HEADER_MINSIZE", PacketBytes.SHORT_HEADER,
                "HEADER_MAXSIZE", PacketBytes.LONG_HEADER,
                "IFAC_MIN_SIZE", PacketBytes.SHORTEST_ACCESS_CODE,
                "PATHFINDER_M", PacketBytes.HOPS_LIMIT));

        Set<String> all = new TreeSet<>(ours.keySet());
        all.addAll(OF_OTHER_CODECS);
        Set<String> recorded = new TreeSet<>();
        vectors.path("constants").fieldNames().forEachRemaining(recorded::add);
        assertEquals(recorded, all, "no constant is left out");
        ours.forEach((name, value) ->
                assertEquals(vectors.path("constants").path(name).intValue(), value, name));
    }

    @Test
    void controlDestinationsAreTheSame() {
        Map<String, String> ours = new TreeMap<>();
        Map<String, String> recorded = new TreeMap<>();
        vectors.path("control_destinations").fields().forEachRemaining(field -> {
            recorded.put(field.getKey(), field.getValue().textValue());
            ours.put(field.getKey(), Hashes.plainDestination(field.getKey()).toHex());
        });

        assertFalse(recorded.isEmpty());
        assertEquals(recorded, ours);
    }

    @Test
    void theSamePayloadsFit() {
        JsonNode oversize = vectors.path("oversize");
        assertEquals(2, oversize.size());
        JsonNode encrypted = oversize.path("single_plaintext_384");
        int ciphertext = encrypted.path("length").intValue() - PacketBytes.SHORT_HEADER;

        assertEquals(encrypted.path("packs").booleanValue(), PacketBytes.fits(ciphertext, PacketBytes.MTU));
        assertEquals(
                oversize.path("plain_payload_482").path("packs").booleanValue(),
                PacketBytes.fits(482, PacketBytes.MTU));
        assertTrue(PacketBytes.fits(481, PacketBytes.MTU));
    }

    private static void checkFlags(JsonNode row, byte[] raw) {
        assertEquals(row.path("header_type").intValue() == 1, PacketBytes.hasTransport(raw, 0));
        assertEquals(row.path("context_flag").intValue() == 1, (raw[0] & PacketBytes.CONTEXT_FLAG) != 0);
        assertEquals(row.path("transport_type").intValue() == 1, (raw[0] & PacketBytes.TRANSPORT_FLAG) != 0);
        assertEquals(row.path("destination_type").intValue(), PacketBytes.destinationType(raw, 0));
        assertEquals(row.path("packet_type").intValue(), PacketBytes.type(raw, 0));
    }

    private static void checkFields(JsonNode row, byte[] raw) {
        assertEquals(row.path("flags").textValue(), HEX.toHexDigits(raw[0]));
        assertEquals(row.path("hops").intValue(), PacketBytes.hops(raw, 0));
        assertEquals(row.path("transport_id").isTextual(), PacketBytes.hasTransport(raw, 0));
        if (PacketBytes.hasTransport(raw, 0)) {
            assertEquals(
                    row.path("transport_id").textValue(),
                    PacketBytes.transport(raw, 0).toHex());
        }
        assertEquals(
                row.path("destination_hash").textValue(),
                PacketBytes.destination(raw, 0).toHex());
        assertEquals(context(row), PacketBytes.context(raw, 0));
        int data = PacketBytes.headerLength(raw, 0);
        assertEquals(row.path("data").textValue(), HEX.formatHex(raw, data, raw.length));
    }

    private static void checkHash(JsonNode row, byte[] raw) {
        String hash = HEX.formatHex(PacketBytes.hash(raw));
        assertEquals(row.path("packet_hash").textValue(), hash);
        assertEquals(row.path("truncated_packet_hash").textValue(), hash.substring(0, 2 * Hashes.TRUNCATED));
        assertEquals(row.path("packet_hash").textValue(), HEX.formatHex(Hashes.sha256(bytes(row, "hashable_part"))));

        byte[] inTheMiddle = new byte[raw.length + 9];
        Arrays.fill(inTheMiddle, (byte) 0xee);
        System.arraycopy(raw, 0, inTheMiddle, 4, raw.length);
        byte[] out = new byte[Hashes.FULL + 3];
        PacketBytes.hash(inTheMiddle, 4, raw.length, out, 3);
        assertEquals("000000" + hash, HEX.formatHex(out), "at an offset");
    }

    private static int context(JsonNode row) {
        return Integer.parseInt(row.path("context").textValue(), 16);
    }

    private static byte[] bytes(JsonNode row, String field) {
        return HEX.parseHex(row.path(field).textValue());
    }

    private Stream<DynamicTest> each(String section, String name, Consumer<JsonNode> check) {
        var tests = StreamSupport.stream(vectors.path(section).spliterator(), false)
                .map(row -> DynamicTest.dynamicTest(row.path(name).textValue(), () -> check.accept(row)))
                .toList();
        assertFalse(tests.isEmpty(), "no vectors");
        return tests.stream();
    }

    private static JsonNode read() {
        try (InputStream in = PacketVectors.class.getResourceAsStream("/vectors/packets.json")) {
            assertNotNull(in);
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
