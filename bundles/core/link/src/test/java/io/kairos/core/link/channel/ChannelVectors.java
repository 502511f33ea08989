package io.kairos.core.link.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.failure.MalformedException;
import io.kairos.core.link.ScriptedSuite;
import io.kairos.core.link.resource.Bzip2;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.ChannelEnvelope;
import io.kairos.lib.wire.StreamMessage;
import io.kairos.test.kit.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Channels and streams as recorded from the reference implementation (RNS 1.4.2). */
class ChannelVectors {

    private static final JsonNode CHANNEL = Vectors.load(ChannelVectors.class, "channel.json");
    private static final JsonNode BUFFER = Vectors.load(ChannelVectors.class, "buffer.json");

    private static byte[] bytes(JsonNode node, String field) {
        return node.get(field).asText().isEmpty() ? new byte[0] : Vectors.bytes(node, field);
    }

    static Stream<JsonNode> receptions() {
        return Vectors.cases(CHANNEL, "reception").stream();
    }

    @Test
    void envelopesAreTheSame() {
        int envelopes = 0;
        byte[] key = bytes(CHANNEL.get("keys"), "derived_key");
        for (JsonNode packet : Vectors.cases(CHANNEL, "packets")) {
            if (packet.hasNonNull("envelope")) {
                ChannelEnvelope envelope =
                        ChannelEnvelope.decode(new ScriptedSuite().token(key).open(bytes(packet, "data")));
                assertEquals(Integer.parseInt(packet.get("message_type").asText(), 16), envelope.type());
                assertEquals(packet.get("sequence").asInt(), envelope.sequence());
                assertArrayEquals(bytes(packet, "message"), envelope.message());
                assertArrayEquals(bytes(packet, "envelope"), envelope.encode());
                envelopes++;
            }
        }
        assertEquals(3, envelopes);
    }

    @ParameterizedTest
    @MethodSource("receptions")
    void messagesAreOrderedAlike(JsonNode node) {
        ChannelReceiver receiver = new ChannelReceiver(node.get("start").asInt(), envelope -> true);
        for (JsonNode step : Vectors.cases(node, "steps")) {
            List<Integer> delivered = new ArrayList<>();
            receiver.received(
                    new ChannelEnvelope(0x101, step.get("sequence").asInt(), new byte[0]),
                    envelope -> delivered.add(envelope.sequence()));
            List<Integer> expected = new ArrayList<>();
            step.get("delivered_now").forEach(sequence -> expected.add(sequence.asInt()));
            assertEquals(expected, delivered, step.toString());
            assertEquals(step.get("next_expected").asInt(), receiver.next(), step.toString());
            assertEquals(step.get("held").asInt(), receiver.held(), step.toString());
        }
    }

    @Test
    void timeOutsAreTheSame() {
        for (JsonNode node : Vectors.cases(CHANNEL.get("packet_timeouts"), "cases")) {
            double seconds = ChannelSender.timeout(
                    node.get("rtt").asDouble(),
                    node.get("tx_ring_length").asInt(),
                    node.get("tries").asInt());
            assertEquals(node.get("timeout").asDouble(), seconds, 1e-12);
        }
    }

    @Test
    void streamMessagesAreTheSame() {
        for (JsonNode node : Vectors.cases(BUFFER, "messages")) {
            StreamMessage message = StreamMessage.decode(bytes(node, "message"));
            assertEquals(node.get("stream_id").asInt(), message.streamId());
            assertEquals(node.get("eof").asBoolean(), message.isEnd());
            assertEquals(node.get("compressed").asBoolean(), message.isCompressed());
            assertArrayEquals(bytes(node, "message"), message.encode());
            if (node.hasNonNull("decompressed_sha256")) {
                byte[] data = StreamReader.bytes(message);
                assertEquals(node.get("decompressed_length").asInt(), data.length);
                assertArrayEquals(bytes(node, "decompressed_sha256"), Hashes.sha256(data));
            }
        }
    }

    @Test
    void aPieceThatGrowsTooLargeIsRefused() {
        StreamMessage bomb = StreamMessage.decode(bytes(BUFFER.get("oversized_decompression_16385"), "message"));

        assertThrows(MalformedException.class, () -> StreamReader.bytes(bomb));
    }

    @Test
    void writesBecomeTheSamePiecesAndAreReadBack() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        List<Boolean> ended = new ArrayList<>();
        StreamReader reader = new StreamReader(piece -> {
            read.writeBytes(piece);
            if (piece.length == 0) {
                ended.add(true);
            }
        });
        for (JsonNode packet : Vectors.cases(BUFFER, "packets")) {
            StreamMessage recorded = StreamMessage.decode(
                    ChannelEnvelope.decode(bytes(packet, "plaintext")).message());
            reader.received(StreamReader.bytes(recorded), recorded.isEnd());
            if (packet.hasNonNull("written")) {
                byte[] written = bytes(packet, "written");
                StreamWriter.Piece ours = StreamWriter.piece(recorded.streamId(), written, 0, written.length);
                assertEquals(packet.get("consumed").asInt(), ours.consumed());
                assertEquals(recorded.isCompressed(), ours.message().isCompressed());
                byte[] consumed = Arrays.copyOf(written, ours.consumed());
                assertArrayEquals(consumed, StreamReader.bytes(ours.message()));
                if (!recorded.isCompressed()) {
                    assertArrayEquals(recorded.encode(), ours.message().encode());
                }
            }
        }
        assertArrayEquals(bytes(BUFFER, "reader_received"), read.toByteArray());
        assertEquals(BUFFER.get("reader_eof").asBoolean(), !ended.isEmpty());
        assertTrue(Bzip2.decompress(Bzip2.compress(new byte[100], 0, 100), 100).length == 100);
    }
}
