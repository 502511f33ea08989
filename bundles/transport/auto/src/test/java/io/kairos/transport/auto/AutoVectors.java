package io.kairos.transport.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.test.contract.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Byte equality with what was recorded from the reference implementation (RNS 1.4.2). */
class AutoVectors {

    private static final HexFormat HEX = HexFormat.of();
    private static final JsonNode VECTORS = load();

    @TestFactory
    Stream<DynamicTest> multicastAddresses() {
        return each("groups", "group_id", vector -> {
            byte[] address = new Group(text(vector, "group_id"))
                    .multicastAddress(
                            text(vector, "type").equals("temporary"),
                            Group.Scope.valueOf(text(vector, "scope").toUpperCase(Locale.ROOT)));

            assertEquals(text(vector, "address_bytes"), HEX.formatHex(address));
            byte[] hash = Group.sha256(text(vector, "group_id").getBytes(StandardCharsets.UTF_8), new byte[0]);
            assertEquals(text(vector, "group_hash"), HEX.formatHex(hash));
        });
    }

    @TestFactory
    Stream<DynamicTest> tokens() {
        return each("tokens", "link_local", vector -> {
            String address = AddressText.ofLinkLocal(inet6(text(vector, "link_local")));

            assertEquals(text(vector, "link_local"), address);
            assertEquals(text(vector, "token"), HEX.formatHex(new Group(text(vector, "group_id")).token(address)));
        });
    }

    @Test
    void scopesAreRemovedFromLinkLocalAddresses() {
        for (JsonNode vector : VECTORS.get("descope")) {
            String withoutZone = vector.get(0).asText().replaceFirst("%.*", "");

            assertEquals(vector.get(1).asText(), AddressText.ofLinkLocal(inet6(withoutZone)));
        }
    }

    @TestFactory
    Stream<DynamicTest> discoveryDatagrams() {
        Group group = new Group("reticulum");
        return each("discovery_datagrams", "name", vector -> {
            byte[] datagram = HEX.parseHex(text(vector, "datagram"));
            String source = AddressText.ofLinkLocal(inet6(text(vector, "source")));

            assertEquals(vector.get("accepted").asBoolean(), group.isFromMember(datagram, datagram.length, source));
        });
    }

    @Test
    void whatANodeSendsIsItsTokenToTheGroupAndToItsNeighbours() {
        Group group = new Group("reticulum");
        Settings given = Settings.of("interface.name", "a");
        AutoSettings defaults = AutoSettings.from(given.as(AutoConfig.class), given.map());
        List<JsonNode> sent = StreamSupport.stream(
                        VECTORS.get("sent_by_node_fe80::1").spliterator(), false)
                .toList();

        for (JsonNode datagram : sent) {
            assertEquals(text(datagram, "datagram"), HEX.formatHex(group.token("fe80::1")));
        }
        assertEquals(sent.get(0).get("port").asInt(), defaults.discoveryPort());
        assertEquals(sent.get(1).get("port").asInt(), defaults.discoveryPort() + 1);
        assertEquals(
                inet6(text(sent.get(0), "to")),
                inet6(AddressText.of(group.multicastAddress(defaults.temporaryAddress(), defaults.scope()))));
    }

    @Test
    void theTextFormIsTheOneThatIsHashed() {
        JsonNode vector = VECTORS.get("interface_hash").get(0);
        Settings given = Settings.of("interface.name", "Default Interface", "enabled", "false");
        try (AutoInterface auto = new AutoInterface(given.as(AutoConfig.class), given.map(), null)) {
            assertEquals(text(vector, "text"), auto.description());
        }
        byte[] hash = Group.sha256(text(vector, "text").getBytes(StandardCharsets.UTF_8), new byte[0]);
        assertEquals(text(vector, "hash"), HEX.formatHex(hash));
    }

    @Test
    void addressTextFollowsRfc5952() {
        Map<String, String> spellings = Map.of(
                "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1",
                "2001:0db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1",
                "0:0:0:0:0:0:0:0", "::",
                "0:0:0:0:0:0:0:1", "::1",
                "fe80:0:0:0:0:0:0:0", "fe80::",
                "2001:db8:0:0:0:0:2:1", "2001:db8::2:1",
                "FE80:0:0:0:ABCD:0:0:1", "fe80::abcd:0:0:1");

        spellings.forEach((given, canonical) ->
                assertEquals(canonical, AddressText.of(inet6(given).getAddress())));
        assertTrue(VECTORS.get("groups").size() > 30);
    }

    private interface Check {
        void on(JsonNode vector);
    }

    private static Stream<DynamicTest> each(String list, String label, Check check) {
        return StreamSupport.stream(VECTORS.get(list).spliterator(), false)
                .map(vector -> DynamicTest.dynamicTest(
                        list + " " + text(vector, label) + " "
                                + vector.path("scope").asText(),
                        () -> check.on(vector)));
    }

    private static String text(JsonNode vector, String field) {
        return vector.get(field).asText();
    }

    private static Inet6Address inet6(String text) {
        try {
            return Inet6Address.getByAddress(null, InetAddress.getByName(text).getAddress(), -1);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode load() {
        try (InputStream in = AutoVectors.class.getResourceAsStream("/vectors/auto.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
