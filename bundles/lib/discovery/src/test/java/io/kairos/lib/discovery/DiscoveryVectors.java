package io.kairos.lib.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the reference implementation makes of stamps, advertisements, names and places. */
class DiscoveryVectors {

    private static final JsonNode VECTORS = load();
    private final Stamps stamps = new Stamps(new ReticulumSuite(new X25519Agreement(), new Ed25519Signer()));

    @TestFactory
    Stream<DynamicTest> workblocksAreTheSame() {
        return cases("workblocks")
                .map(given -> DynamicTest.dynamicTest(given.get("rounds") + " rounds", () -> {
                    byte[] block = stamps.workblock(
                            hex(given, "material"), given.get("rounds").asInt());

                    assertEquals(given.get("length").asInt(), block.length);
                    assertEquals(given.get("sha256").asText(), HexFormat.of().formatHex(Hashes.sha256(block)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> stampsAreWorthTheSame() {
        return cases("stamps")
                .map(given -> DynamicTest.dynamicTest("worth " + given.get("value"), () -> {
                    byte[] block = stamps.workblock(hex(given, "material"), StampedCodec.ROUNDS);
                    byte[] stamp = hex(given, "stamp");

                    assertEquals(given.get("value").asInt(), Stamps.value(block, stamp));
                    assertEquals(
                            StreamSupport.stream(given.get("valid").spliterator(), false)
                                    .map(JsonNode::asInt)
                                    .toList(),
                            IntStream.range(0, 20)
                                    .filter(cost -> Stamps.isValid(stamp, cost, block))
                                    .boxed()
                                    .toList());
                }));
    }

    @TestFactory
    Stream<DynamicTest> advertisementsAreReadAndWrittenTheSame() {
        return cases("advertisements")
                .map(given -> DynamicTest.dynamicTest(given.get("kind").asText(), () -> {
                    Advertisement read = Advertisement.decode(hex(given, "packed"));

                    assertEquals(given.get("kind").asText(), read.kind().word());
                    assertEquals(given.get("name").asText(), read.name());
                    assertEquals(given.get("node").asText(), read.node().toHex());
                    assertEquals(given.get("id").asText(), HexFormat.of().formatHex(read.id()));
                    assertEquals(given.get("packed").asText(), HexFormat.of().formatHex(read.encode()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> namesAreShownTheSame() {
        return cases("names")
                .map(given -> DynamicTest.dynamicTest(
                        given.get("name").asText(),
                        () -> assertEquals(
                                given.get("shown").asText(),
                                Names.shown(given.get("name").asText()))));
    }

    @TestFactory
    Stream<DynamicTest> placesAreToldApartTheSame() {
        return cases("places")
                .map(given -> DynamicTest.dynamicTest("'" + given.get("text").asText() + "'", () -> {
                    String text = given.get("text").asText();
                    assertEquals(given.get("ip").asBoolean(), Places.isIpAddress(text));
                    assertEquals(given.get("hostname").asBoolean(), Places.isHostname(text));
                    assertEquals(given.get("yggdrasil").asBoolean(), Places.isYggdrasil(text));
                }));
    }

    private static byte[] hex(JsonNode given, String field) {
        return HexFormat.of().parseHex(given.get(field).asText());
    }

    private static Stream<JsonNode> cases(String list) {
        return StreamSupport.stream(VECTORS.get(list).spliterator(), false);
    }

    private static JsonNode load() {
        try (InputStream in = DiscoveryVectors.class.getResourceAsStream("/vectors/discovery.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
