package io.kairos.messaging.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.api.files.RemoteCommands.Result;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What rnx puts on the wire. */
class ExecutionVectors {

    private static JsonNode vectors() throws IOException {
        try (InputStream in = ExecutionVectors.class.getResourceAsStream("/vectors/utilities.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void theRequestIsTheOneOfTheReference() throws IOException {
        String recorded = vectors().get("request_payloads").get("rnx").asText();
        List<?> request = (List<?>) MessagePack.unpack(HexFormat.of().parseHex(recorded));
        assertArrayEquals(
                Hashes.truncated(ExecutionListener.PATH.getBytes(StandardCharsets.UTF_8)), (byte[]) request.get(1));

        Asked asked = Asked.of(request.get(2)).orElseThrow();
        assertEquals("echo hello", asked.line());
        assertEquals(Optional.of(Duration.ofSeconds(15)), asked.timeout());
        assertEquals(OptionalInt.empty(), asked.outputLimit());

        byte[] again = MessagePack.pack(Arrays.asList(request.get(0), request.get(1), asked.toList()));
        assertEquals(recorded, HexFormat.of().formatHex(again));
    }

    @Test
    void theResultIsTheOneOfTheReference() throws IOException {
        String recorded = vectors().get("rnx_result_example").asText();
        Object value = MessagePack.unpack(HexFormat.of().parseHex(recorded));

        Result result = ResultCodec.decode(value).orElseThrow();
        assertTrue(result.started());
        assertEquals(OptionalInt.of(0), result.status());
        assertEquals("hello\n", new String(result.output(), StandardCharsets.UTF_8));

        double start = (Double) ((List<?>) value).get(6);
        assertEquals(recorded, HexFormat.of().formatHex(MessagePack.pack(ResultCodec.encode(result, start))));
    }

    @Test
    void whatIsNoRequestAndNoResultIsRefused() {
        assertTrue(Asked.of(null).isEmpty());
        assertTrue(Asked.of(List.of("text", 1L, 1L, 1L, 1L)).isEmpty());
        assertTrue(Asked.of(List.of(new byte[1])).isEmpty());
        assertTrue(ResultCodec.decode(List.of(1L)).isEmpty());
        assertTrue(ResultCodec.decode("text").isEmpty());
    }
}
