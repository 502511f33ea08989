package io.kairos.transport.local.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.admin.ProgramCalls.Answer;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.test.kit.Vectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control socket's frames, recorded from the reference implementation (RNS 1.4.2) and Python's own library. */
class RpcVectors {

    private static final JsonNode RPC =
            Vectors.load(RpcVectors.class, "interfaces.json").get("rpc");
    private static final JsonNode LIVE = Vectors.load(RpcVectors.class, "shared-instance.json");
    private static final byte[] KEY = bytes(RPC, "authkey");

    private static byte[] bytes(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).asText());
    }

    private static byte[] message(byte[] frame) {
        MessageReader reader = new MessageReader();
        reader.feed(ByteBuffer.wrap(frame));
        byte[] message = reader.next(65_536);
        assertEquals(0, reader.waiting());
        assertArrayEquals(frame, MessageReader.frame(message));
        return message;
    }

    private static byte[] challenge(JsonNode form) {
        byte[] message = message(bytes(form, "challenge_frame"));
        return Arrays.copyOfRange(message, "#CHALLENGE#".length(), message.length);
    }

    @Test
    void theKeyIsMadeOfTheIdentityFile(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("storage"));
        Files.write(folder.resolve("storage/transport_identity"), bytes(RPC, "transport_identity_private"));
        assertArrayEquals(KEY, new RpcKey(Optional.empty(), folder, new SecureRandom()).get());
        assertArrayEquals(KEY, Hashes.sha256(bytes(RPC, "transport_identity_private")));
    }

    @Test
    void oldProgramsAreKnownByTheirCode() {
        JsonNode old = RPC.get("legacy");
        byte[] response = message(bytes(old, "response_frame"));
        assertTrue(Challenge.isProof(KEY, challenge(old), response));
        assertArrayEquals(response, Challenge.respond(KEY, challenge(old)));
        assertEquals("#WELCOME#", new String(message(bytes(old, "welcome_frame"))));
        assertEquals("#FAILURE#", new String(message(bytes(old, "failure_frame"))));
        response[3] ^= 1;
        assertFalse(Challenge.isProof(KEY, challenge(old), response));
    }

    @Test
    void newProgramsAreKnownByTheirCode() {
        JsonNode now = RPC.get("python_3_12_and_later");
        byte[] response = message(bytes(now, "response_frame_sha256"));
        assertTrue(Challenge.isProof(KEY, challenge(now), response));
        assertArrayEquals(response, Challenge.respond(KEY, challenge(now)));
        assertTrue(Challenge.isProof(KEY, challenge(now), message(bytes(now, "response_frame_from_legacy_peer"))));
        response[20] ^= 1;
        assertFalse(Challenge.isProof(KEY, challenge(now), response));
    }

    @Test
    void ourChallengeIsOfTheNewForm() {
        byte[] drawn = Challenge.draw(new SecureRandom());
        assertEquals(48, drawn.length);
        assertEquals("{sha256}", new String(drawn, 0, 8));
    }

    @Test
    void everyRecordedCallIsUnderstoodAsItStands() {
        int seen = 0;
        for (JsonNode row : RPC.get("requests")) {
            byte[] call = message(bytes(row, "frame"));
            assertArrayEquals(bytes(row, "msgpack"), call);
            List<Map<?, ?>> asked = new ArrayList<>();
            Optional<byte[]> answer = CallCodec.answer(call, map -> {
                asked.add(map);
                return Optional.of(new Answer(true));
            });
            assertArrayEquals(new byte[] {(byte) 0xc3}, answer.orElseThrow());
            assertEquals(row.get("call").size(), asked.get(0).size());
            row.get("call")
                    .fields()
                    .forEachRemaining(
                            field -> assertValue(field.getValue(), asked.get(0).get(field.getKey()), field.getKey()));
            seen++;
        }
        assertTrue(seen > 20, "calls: " + seen);
    }

    private static void assertValue(JsonNode expected, Object value, String key) {
        if (expected.isNull()) {
            assertEquals(null, value, key);
        } else if (expected.isNumber()) {
            assertEquals(expected.asDouble(), ((Number) value).doubleValue(), key);
        } else if (expected.asText().startsWith("hex:")) {
            assertArrayEquals(HexFormat.of().parseHex(expected.asText().substring(4)), (byte[]) value, key);
        } else {
            assertEquals(expected.asText(), value, key);
        }
    }

    @Test
    void recordedAnswersReadAndWriteBackToTheSameBytes() {
        int seen = 0;
        for (JsonNode row : LIVE.get("own_client_to_real_daemon")) {
            byte[] recorded = bytes(row, "response_msgpack");
            assertArrayEquals(
                    recorded,
                    MessagePack.pack(MessagePack.unpack(recorded)),
                    row.get("call").toString());
            seen++;
        }
        assertTrue(seen > 15, "answers: " + seen);
        JsonNode tools = LIVE.get("real_tools_to_own_server");
        for (String field : List.of("stats_msgpack", "table_msgpack")) {
            byte[] recorded = bytes(tools, field);
            Object value = MessagePack.unpack(recorded);
            assertArrayEquals(recorded, MessagePack.pack(value), field);
            assertTrue(PickleWriter.write(value).length > recorded.length / 2, field);
        }
    }

    @Test
    void whatRealToolsAskedIsWhatWeCallByThatName() {
        JsonNode runs = LIVE.get("real_tools_to_own_server").get("runs");
        assertEquals(3, runs.size());
        for (JsonNode run : runs) {
            for (JsonNode call : run.get("calls_seen")) {
                Map<String, Object> asked = new HashMap<>();
                call.fields()
                        .forEachRemaining(field -> asked.put(
                                field.getKey(),
                                field.getValue().isNull()
                                        ? null
                                        : field.getValue().asText()));
                List<Map<?, ?>> heard = new ArrayList<>();
                assertTrue(CallCodec.answer(MessagePack.pack(asked), map -> {
                            heard.add(map);
                            return Optional.of(new Answer(null));
                        })
                        .isPresent());
                assertEquals(List.of(asked), heard);
            }
        }
    }

    @Test
    void aWrongKeyIsToldAsRecorded() {
        RpcSession session = new RpcSession(KEY, new SecureRandom(), call -> Optional.empty());
        byte[] reply = session.received(ByteBuffer.wrap(MessageReader.frame(new byte[16])))
                .get(0);
        assertEquals(LIVE.get("wrong_key_reply").asText(), new String(message(reply)));
        assertEquals(32, bytes(LIVE, "rpc_key").length);
    }
}
