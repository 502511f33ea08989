package io.kairos.core.link.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.link.ScriptedSuite;
import io.kairos.core.link.TestIdentity;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.LinkIdentityCodec;
import io.kairos.lib.wire.LinkProofCodec;
import io.kairos.lib.wire.LinkRequestCodec;
import io.kairos.lib.wire.LinkSignalling;
import io.kairos.lib.wire.LinkSizes;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PacketProofCodec;
import io.kairos.lib.wire.RequestCodec;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.test.kit.Vectors;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes, keys and everything on a link, byte for byte as recorded from the reference implementation (RNS 1.4.2). */
class HandshakeVectors {

    private static final JsonNode FILE = Vectors.load(HandshakeVectors.class, "link.json");
    private static final byte[] KEY = Vectors.bytes(FILE.get("handshake").get("keys"), "derived_key");
    private static final DestinationHash LINK =
            DestinationHash.of(Vectors.bytes(FILE.get("handshake").get("keys"), "link_id"));

    static Stream<JsonNode> handshakes() {
        return Stream.concat(Stream.of(FILE.get("handshake")), Vectors.cases(FILE, "mtu_discovery").stream());
    }

    private static byte[] bytes(JsonNode node, String field) {
        return Vectors.bytes(node, field);
    }

    private static byte[] derived(JsonNode node) {
        return bytes(node.get("keys"), "derived_key");
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void requestProofAndKeysAreTheSame(JsonNode node) {
        JsonNode asked = node.get("packets").get(0);
        JsonNode answered = node.get("packets").get(1);
        JsonNode told = node.get("packets").get(2);
        int mtu = node.get("keys").get("mtu").asInt();
        ScriptedSuite initiator = new ScriptedSuite()
                .agreementKey(bytes(asked, "initiator_x25519_private"))
                .signingKey(bytes(asked, "initiator_ed25519_seed"));
        ScriptedSuite responder = new ScriptedSuite().agreementKey(bytes(answered, "responder_x25519_private"));
        LocalIdentity identity = new TestIdentity(responder, bytes(answered, "responder_identity_private_key"));

        Handshake.Request request =
                Handshake.request(initiator, DestinationHash.of(bytes(asked, "destination_hash")), mtu);
        Handshake.Accepted accepted = Handshake.accept(
                        responder, identity, request.packet(), LinkRequestCodec.decode(bytes(asked, "data")), mtu)
                .orElseThrow();
        Handshake.Proved proved = Handshake.check(
                        initiator, request, identity.publicIdentity(), LinkProofCodec.decode(bytes(answered, "data")))
                .orElseThrow();

        assertArrayEquals(bytes(asked, "raw"), request.packet());
        assertArrayEquals(bytes(answered, "raw"), accepted.proof());
        assertEquals(DestinationHash.of(bytes(node.get("keys"), "link_id")), request.linkId());
        assertEquals(mtu, accepted.mtu());
        assertEquals(mtu, proved.mtu());
        byte[] plaintext = bytes(told, "plaintext");
        assertArrayEquals(plaintext, proved.token().open(bytes(told, "data")));
        assertArrayEquals(plaintext, accepted.token().open(bytes(told, "data")));
        assertArrayEquals(plaintext, new ScriptedSuite().token(derived(node)).open(bytes(told, "data")));
        assertArrayEquals(plaintext, MessagePack.pack(told.get("rtt").asDouble()));
        ScriptedSuite sealing = new ScriptedSuite().vectorOf(bytes(told, "data"), 0);
        assertArrayEquals(bytes(told, "data"), sealing.token(derived(node)).seal(plaintext));
    }

    @Test
    void theResponderClampsToItsInterface() {
        JsonNode node = FILE.get("mtu_clamp_at_responder");
        byte[] request = bytes(node.get("request"), "raw");
        LinkProofCodec.Body recorded = LinkProofCodec.decode(bytes(node.get("proof"), "data"));
        ScriptedSuite suite = new ScriptedSuite().agreementKey(new byte[32]);

        Handshake.Accepted accepted = Handshake.accept(
                        suite,
                        TestIdentity.numbered(suite, 1),
                        request,
                        LinkRequestCodec.decode(bytes(node.get("request"), "data")),
                        1196)
                .orElseThrow();

        assertEquals(node.get("confirmed_mtu").asInt(), accepted.mtu());
        assertEquals(recorded.signalling(), new LinkSignalling(1, 1196));
        assertEquals(DestinationHash.of(bytes(node.get("proof"), "destination_hash")), accepted.linkId());
        assertSigned(accepted.linkId(), recorded);
    }

    /** The identity of the destination is the same in all recordings. */
    private static void assertSigned(DestinationHash id, LinkProofCodec.Body proof) {
        byte[] keys = bytes(FILE.get("handshake"), "destination_public_key");
        byte[] signingKey = Arrays.copyOfRange(keys, 32, 64);
        byte[] signed = LinkProofCodec.signedData(id, proof.encryptionKey(), signingKey, proof.signallingBytes());
        assertTrue(new ScriptedSuite().signer().verify(signingKey, signed, proof.signature()));
    }

    @Test
    void aRequestWithoutSignallingMeansTheDefaults() {
        JsonNode node = FILE.get("request_without_signalling");
        byte[] raw = bytes(node.get("request"), "raw");
        LinkRequestCodec.Body body = LinkRequestCodec.decode(bytes(node.get("request"), "data"));

        assertEquals(LinkSignalling.ABSENT, body.signalling());
        assertEquals(DestinationHash.of(bytes(node, "link_id")), LinkRequestCodec.linkId(raw));
        LinkProofCodec.Body proof = LinkProofCodec.decode(bytes(node.get("proof"), "data"));
        assertEquals(new LinkSignalling(1, 500), proof.signalling());
        assertSigned(LinkRequestCodec.linkId(raw), proof);
        for (JsonNode size : Vectors.cases(node, "rejected_sizes")) {
            byte[] wrong = new byte[size.get("body_length").asInt()];
            assertThrows(MalformedException.class, () -> LinkRequestCodec.decode(wrong));
        }
    }

    @Test
    void onlyTheModeInUseIsAnswered() {
        byte[] raw = bytes(FILE.get("handshake").get("packets").get(0), "raw");
        for (JsonNode mode : Vectors.cases(FILE.get("modes"), "cases")) {
            byte[] changed = raw.clone();
            System.arraycopy(bytes(mode, "signalling"), 0, changed, raw.length - 3, 3);
            ScriptedSuite suite = new ScriptedSuite().agreementKey(new byte[32]);
            LinkRequestCodec.Body body =
                    LinkRequestCodec.decode(Arrays.copyOfRange(changed, PacketBytes.SHORT_HEADER, changed.length));

            Optional<Handshake.Accepted> accepted =
                    Handshake.accept(suite, TestIdentity.numbered(suite, 1), changed, body, 500);

            assertEquals(mode.get("accepted").asBoolean(), accepted.isPresent(), mode.toString());
        }
    }

    @Test
    void signallingSizesAndKeepalivesAreTheSame() {
        for (JsonNode node : Vectors.cases(FILE.get("signalling_bytes"), "cases")) {
            LinkSignalling signalling =
                    new LinkSignalling(node.get("mode").asInt(), node.get("mtu").asInt());
            assertArrayEquals(bytes(node, "bytes"), signalling.encode());
            LinkSignalling decoded = LinkSignalling.decode(bytes(node, "bytes"), 0);
            assertEquals(node.get("decoded_mtu").asInt(), decoded.mtu());
        }
        for (JsonNode node : Vectors.cases(FILE, "mdu_by_mtu")) {
            int mtu = node.get("mtu").asInt();
            assertEquals(node.get("mdu").asInt(), LinkSizes.payload(mtu));
            assertEquals(node.get("resource_sdu").asInt(), LinkSizes.resourcePart(mtu));
        }
        for (JsonNode node : Vectors.cases(FILE, "keepalive_by_rtt")) {
            double seconds = LinkMachine.keepaliveSeconds(node.get("rtt").asDouble());
            assertEquals(node.get("keepalive").asDouble(), seconds, 1e-9);
            assertEquals(node.get("stale_time").asDouble(), 2 * seconds, 1e-9);
        }
    }

    @Test
    void everyEncryptedPacketOpensAndIsMadeAgain() {
        int encrypted = 0;
        for (String section : List.of("data", "identify", "request", "response_as_resource", "close")) {
            for (JsonNode packet : Vectors.cases(FILE.get(section), "packets")) {
                if (packet.hasNonNull("plaintext")) {
                    byte[] data = bytes(packet, "data");
                    byte[] plaintext = bytes(packet, "plaintext");
                    ScriptedSuite suite = new ScriptedSuite().vectorOf(data, 0);
                    assertArrayEquals(plaintext, suite.token(KEY).open(data));
                    assertArrayEquals(data, suite.token(KEY).seal(plaintext));
                    byte[] built = PacketBytes.build(
                            0x0c,
                            LINK,
                            HexFormat.fromHexDigits(packet.get("context").asText()),
                            data);
                    assertArrayEquals(bytes(packet, "raw"), built);
                    assertArrayEquals(bytes(packet, "packet_hash"), PacketBytes.hash(built));
                    encrypted++;
                }
            }
        }
        assertTrue(encrypted >= 9, "encrypted packets: " + encrypted);
    }

    @Test
    void proofsOfLinkPacketsAreBuiltAlike() {
        JsonNode packets = FILE.get("data").get("packets");
        int proofs = 0;
        for (JsonNode packet : packets) {
            if (packet.get("packet_type").asInt() == 3) {
                PacketProofCodec.Body body = PacketProofCodec.decode(bytes(packet, "data"));
                byte[] again = PacketProofCodec.onLink(LINK, body.provedHash().orElseThrow(), body.signature());
                assertArrayEquals(bytes(packet, "raw"), again);
                proofs++;
            }
        }
        assertTrue(proofs > 0);
    }

    @Test
    void anIdentificationIsTheSame() {
        JsonNode node = FILE.get("identify").get("packets").get(0);
        ScriptedSuite suite = new ScriptedSuite();
        LocalIdentity identity = new TestIdentity(suite, bytes(node, "identity_private_key"));
        byte[] keys = identity.publicIdentity().toBytes();

        byte[] signed = LinkIdentityCodec.signedData(LINK, keys);
        byte[] plaintext = LinkIdentityCodec.encode(keys, identity.sign(signed));

        assertArrayEquals(bytes(node, "signed_data"), signed);
        assertArrayEquals(bytes(node, "plaintext"), plaintext);
        assertEquals(
                Vectors.text(FILE.get("identify"), "identity_hash"),
                identity.hash().toHex());
    }

    @Test
    void requestsAndResponsesAreTheSame() {
        JsonNode packets = FILE.get("request").get("packets");
        RequestCodec.Request request = RequestCodec.decodeRequest(bytes(packets.get(0), "plaintext"));
        RequestCodec.Response response = RequestCodec.decodeResponse(bytes(packets.get(1), "plaintext"));

        assertArrayEquals(
                bytes(packets.get(0), "plaintext"),
                RequestCodec.request(
                        packets.get(0).get("requested_at").asDouble(), RequestCodec.pathHash("/ping"), request.data()));
        assertArrayEquals(bytes(packets.get(0), "path_hash"), RequestCodec.pathHash("/ping"));
        byte[] id = bytes(packets.get(0), "request_id");
        assertArrayEquals(id, Arrays.copyOf(PacketBytes.hash(bytes(packets.get(0), "raw")), 16));
        assertArrayEquals(id, response.requestId());
        assertArrayEquals(bytes(packets.get(1), "plaintext"), RequestCodec.response(id, response.value()));
    }

    @Test
    void advertisementsOfLongRequestsAndResponsesReadWell() {
        JsonNode asked = FILE.get("request_as_resource").get("packets").get(0);
        ResourceAdvertisement offer = ResourceAdvertisement.decode(bytes(asked, "plaintext"));
        byte[] packed = bytes(FILE.get("request_as_resource"), "packed_request");

        assertTrue(offer.has(ResourceAdvertisement.REQUEST));
        assertArrayEquals(bytes(asked, "request_id"), offer.requestId().orElseThrow());
        assertArrayEquals(bytes(asked, "request_id"), Hashes.truncated(packed));
        assertArrayEquals(bytes(asked, "plaintext"), offer.encode());
    }
}
