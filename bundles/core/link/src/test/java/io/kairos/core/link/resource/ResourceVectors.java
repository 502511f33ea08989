package io.kairos.core.link.resource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.crypto.Token;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.ScriptedSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.lib.wire.ResourceProofCodec;
import io.kairos.test.kit.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole transfers as recorded from the reference implementation (RNS 1.4.2). */
class ResourceVectors {

    private static final JsonNode FILE = Vectors.load(ResourceVectors.class, "resource.json");
    private static final byte[] KEY = Vectors.bytes(FILE.get("keys"), "derived_key");
    private static final DestinationHash LINK = DestinationHash.of(Vectors.bytes(FILE.get("keys"), "link_id"));

    @TempDir
    private Path folder;

    static Stream<JsonNode> transfers() {
        return Vectors.cases(FILE, "transfers").stream();
    }

    /** The parts of the longest transfer were not recorded. */
    static Stream<JsonNode> recordedWhole() {
        return transfers().filter(transfer -> packets(transfer, "part").get(0).hasNonNull("data"));
    }

    /** Only the compressed bytes themselves may differ between two bzip2 encoders. */
    static Stream<JsonNode> uncompressed() {
        return recordedWhole().filter(transfer -> !transfer.get("compressed").asBoolean());
    }

    private static byte[] bytes(JsonNode node, String field) {
        return Vectors.bytes(node, field);
    }

    private static List<JsonNode> packets(JsonNode transfer, String note) {
        return Vectors.cases(transfer, "packets").stream()
                .filter(packet -> packet.get("note").asText().equals(note))
                .toList();
    }

    private static byte[] data(JsonNode transfer) {
        if (transfer.hasNonNull("data")) {
            return bytes(transfer, "data");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int k = 0; k < 1250; k++) {
            out.writeBytes(Hashes.sha256(ByteBuffer.allocate(4).putInt(k).array()));
        }
        return out.toByteArray();
    }

    private static Optional<Object> metadata(JsonNode transfer) {
        return transfer.hasNonNull("metadata_packed")
                ? Optional.of(MessagePack.unpack(bytes(transfer, "metadata_packed")))
                : Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("uncompressed")
    void segmentsAreMadeAlike(JsonNode transfer) throws IOException {
        Deque<byte[]> random =
                new ArrayDeque<>(List.of(bytes(transfer, "decrypted_stream_prefix"), bytes(transfer, "random_hash")));
        byte[] firstPart = bytes(packets(transfer, "part").get(0), "data");
        Token token = new ScriptedSuite().vectorOf(firstPart, 0).token(KEY);

        SegmentMaker maker = new SegmentMaker(
                ResourceData.of(data(transfer)),
                SegmentMaker.packMetadata(metadata(transfer)),
                true,
                token,
                transfer.get("sdu").asInt(),
                out -> System.arraycopy(random.remove(), 0, out, 0, out.length));
        Segment segment = maker.make(1);

        assertArrayEquals(bytes(transfer, "resource_hash"), segment.hash());
        assertArrayEquals(bytes(transfer, "expected_proof"), segment.proof());
        assertEquals(transfer.get("parts").asInt(), segment.parts());
        assertEquals(transfer.get("transfer_size").asInt(), segment.stream().length);
        assertArrayEquals(bytes(transfer, "encrypted_stream_sha256"), Hashes.sha256(segment.stream()));
        assertArrayEquals(bytes(transfer, "hashmap"), segment.blockOfHashes(0));
        assertTrue(random.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("transfers")
    void advertisementsRequestsUpdatesAndProofsAreTheSame(JsonNode transfer) {
        for (JsonNode packet : packets(transfer, "advertisement")) {
            ResourceAdvertisement offer = ResourceAdvertisement.decode(bytes(packet, "plaintext"));
            assertArrayEquals(bytes(packet, "plaintext"), offer.encode());
            assertArrayEquals(bytes(transfer, "resource_hash"), offer.hash());
            assertEquals(transfer.get("transfer_size").asInt(), offer.streamBytes());
            assertEquals(transfer.get("compressed").asBoolean(), offer.has(ResourceAdvertisement.COMPRESSED));
            assertEquals(transfer.hasNonNull("metadata_packed"), offer.has(ResourceAdvertisement.METADATA));
        }
        for (JsonNode packet : Vectors.cases(transfer, "packets")) {
            if (packet.hasNonNull("context") && packet.get("context").asText().equals("03")) {
                byte[] plaintext = bytes(packet, "plaintext");
                assertArrayEquals(plaintext, PartRequest.decode(plaintext).encode());
            } else if (packet.hasNonNull("context")
                    && packet.get("context").asText().equals("04")) {
                byte[] plaintext = bytes(packet, "plaintext");
                assertArrayEquals(plaintext, HashmapUpdate.decode(plaintext).encode());
            }
        }
        JsonNode proof = packets(transfer, "resource proof").get(0);
        assertArrayEquals(
                bytes(proof, "raw"),
                ResourceProofCodec.packet(LINK, bytes(transfer, "resource_hash"), bytes(transfer, "expected_proof")));
    }

    /** Our receiver asks for exactly what the reference's asked for, where all parts come in order and at once. */
    @ParameterizedTest
    @MethodSource("recordedWhole")
    void ourReceiverTakesTheRecordedParts(JsonNode transfer) throws IOException {
        ResourceAdvertisement offer = ResourceAdvertisement.decode(
                bytes(packets(transfer, "advertisement").get(0), "plaintext"));
        List<byte[]> requests = new ArrayList<>();
        List<Boolean> complete = new ArrayList<>();
        ReceiverMachine machine = new ReceiverMachine(
                offer, transfer.get("sdu").asInt(), Window.initial(), 0.5, 1000, new ReceiverMachine.Out() {
                    @Override
                    public int request(PartRequest request) {
                        requests.add(request.encode());
                        return 100;
                    }

                    @Override
                    public void complete() {
                        complete.add(true);
                    }

                    @Override
                    public void failed() {
                        complete.add(false);
                    }
                });
        machine.start(0);
        for (JsonNode part : packets(transfer, "part")) {
            byte[] data = bytes(part, "data");
            assertTrue(machine.part(data, 0, data.length, data.length + 19, 500_000_000L));
        }

        assertEquals(List.of(true), complete);
        List<byte[]> recorded = packets(transfer, "part request").stream()
                .map(packet -> bytes(packet, "plaintext"))
                .toList();
        assertEquals(recorded.size(), requests.size());
        for (int i = 0; i < recorded.size(); i++) {
            assertArrayEquals(recorded.get(i), requests.get(i));
        }
        assertArrayEquals(bytes(transfer, "encrypted_stream_sha256"), Hashes.sha256(machine.stream()));
        Spool spool = new Spool(folder);
        Assembly assembly = new Assembly(offer, spool, LinkSettings.DECOMPRESSED_BYTES);
        assertEquals(Assembly.Verdict.GOOD, assembly.run(new ScriptedSuite().token(KEY), machine.stream()));
        assertArrayEquals(bytes(transfer, "expected_proof"), assembly.proof());
        byte[] content = spool.open(0).readAllBytes();
        byte[] metadata = SegmentMaker.packMetadata(metadata(transfer));
        assertArrayEquals(data(transfer), spool.open(metadata.length).readAllBytes());
        assertEquals(content.length, metadata.length + data(transfer).length);
    }

    /** The recorded receiver's requests make our sender send the same parts and updates in the same order. */
    @Test
    void ourSenderAnswersTheRecordedRequestsOfTheLongestTransfer() {
        JsonNode transfer = Vectors.cases(FILE, "transfers").get(4);
        byte[] packed = bytes(transfer, "hashmap");
        int[] hashes = new int[packed.length / 4];
        ByteBuffer.wrap(packed).asIntBuffer().get(hashes);
        int sdu = transfer.get("sdu").asInt();
        byte[] stream = new byte[transfer.get("transfer_size").asInt()];
        Segment segment = new Segment(
                1,
                bytes(transfer, "resource_hash"),
                bytes(transfer, "expected_proof"),
                bytes(transfer, "random_hash"),
                stream,
                sdu,
                hashes,
                false);
        List<String> said = new ArrayList<>();
        SenderMachine machine = new SenderMachine(segment, 0.5, recorder(segment, said));
        machine.start(0);
        List<String> expected = new ArrayList<>();
        expected.add("advertise");
        int requests = 0;
        for (JsonNode packet : Vectors.cases(transfer, "packets")) {
            String note = packet.get("note").asText();
            if (packet.hasNonNull("map_hash")) {
                expected.add("part " + packet.get("map_hash").asText());
            } else if (packet.get("context").asText().equals("03")) {
                byte[] hash = bytes(packet, "packet_hash");
                machine.requested(PartRequest.decode(bytes(packet, "plaintext")), hash, ++requests);
            } else if (packet.get("context").asText().equals("04")) {
                expected.add("update " + packet.get("plaintext").asText());
            } else if (packet.get("context").asText().equals("05")) {
                assertTrue(machine.proved(ResourceProofCodec.decode(bytes(packet, "data"))), note);
                expected.add("ended COMPLETE");
            }
        }

        assertEquals(expected, said);
        assertTrue(requests > 10);
    }

    private static SenderMachine.Out recorder(Segment segment, List<String> said) {
        return new SenderMachine.Out() {
            @Override
            public void advertise() {
                said.add("advertise");
            }

            @Override
            public void sendPart(int part, boolean more) {
                said.add("part " + HexFormat.of().toHexDigits(segment.partHash(part)));
            }

            @Override
            public void sendUpdate(HashmapUpdate update) {
                said.add("update " + HexFormat.of().formatHex(update.encode()));
            }

            @Override
            public void askForProof() {
                said.add("ask");
            }

            @Override
            public void ended(Status status) {
                said.add("ended " + status);
            }
        };
    }

    @Test
    void refusalsAndCancellationsNameTheSegment() {
        for (String section : List.of("reject", "cancel")) {
            JsonNode packets = FILE.get(section).get("packets");
            byte[] hash = ResourceAdvertisement.decode(bytes(packets.get(0), "plaintext"))
                    .hash();
            JsonNode last = packets.get(packets.size() - 1);
            assertArrayEquals(hash, bytes(last, "plaintext"));
            assertArrayEquals(hash, new ScriptedSuite().token(KEY).open(bytes(last, "data")));
        }
    }

    @Test
    void aResourceIsSplitAlike() {
        JsonNode node = FILE.get("segmented");
        ResourceAdvertisement offer = ResourceAdvertisement.decode(bytes(node, "advertisement"));
        byte[] metadata = SegmentMaker.packMetadata(Optional.of(Map.of("k", 1)));
        byte[] zeros = new byte[1_048_575 + 1000];
        SegmentMaker maker = new SegmentMaker(
                ResourceData.of(zeros), metadata, true, new ScriptedSuite().token(KEY), 464, out -> {});

        assertArrayEquals(bytes(node, "advertisement"), offer.encode());
        assertEquals(node.get("total_size").asLong(), maker.totalBytes());
        assertEquals(node.get("total_segments").asInt(), maker.segments());
        assertEquals(offer.totalBytes(), maker.totalBytes());
        assertEquals(offer.segments(), maker.segments());
        assertEquals(39, offer.flags());
        assertNotNull(offer.random());
    }
}
