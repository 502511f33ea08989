package io.kairos.transport.local.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.failure.MalformedException;
import io.kairos.test.kit.Vectors;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever arrives at the control socket is answered or refused, never anything else. */
class RpcProperties {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonNode PICKLES = Vectors.load(RpcProperties.class, "pickles.json");

    @Property(tries = 300)
    void noPickleCausesAnythingButARefusal(
            @ForAll @Size(max = 200) byte[] noise, @ForAll @IntRange(min = 2, max = 5) int protocol) {
        byte[] pickle = new byte[noise.length + 2];
        pickle[0] = (byte) 0x80;
        pickle[1] = (byte) protocol;
        System.arraycopy(noise, 0, pickle, 2, noise.length);
        readsPlainDataOrRefuses(pickle);
    }

    @Property(tries = 300)
    void aDamagedPickleIsStillPlainDataOrRefused(
            @ForAll("calls") byte[] pickle, @ForAll @IntRange(min = 0, max = 500) int at, @ForAll byte value) {
        byte[] damaged = pickle.clone();
        damaged[at % damaged.length] = value;
        readsPlainDataOrRefuses(damaged);
    }

    @Property(tries = 200)
    void onlyHarmlessOpcodesAreCombined(@ForAll("opcodes") List<byte[]> parts) {
        ByteBuffer pickle = ByteBuffer.allocate(4096).put((byte) 0x80).put((byte) 4);
        parts.forEach(pickle::put);
        byte[] bytes = new byte[pickle.flip().remaining()];
        pickle.get(bytes);
        readsPlainDataOrRefuses(bytes);
    }

    @Property(tries = 50)
    void whatIsWrittenIsReadBack(@ForAll("plainCalls") Map<String, Object> call) {
        // the writer uses no opcode for dictionaries that the reader does not know
        Map<?, ?> back = PickleReader.read(PickleWriter.write(call));
        assertEquals(call.keySet(), back.keySet());
        call.forEach((key, value) -> {
            if (value instanceof byte[] bytes) {
                assertArrayEquals(bytes, (byte[]) back.get(key));
            } else {
                assertEquals(value, back.get(key));
            }
        });
    }

    @Property(tries = 100)
    void noBytesOfAStrangerCauseAnythingButAnEnd(@ForAll @Size(max = 6) List<@Size(max = 300) byte[]> reads) {
        RpcSession session = new RpcSession(new byte[32], RANDOM, call -> Optional.of(new byte[0]));
        for (byte[] read : reads) {
            List<byte[]> replies = session.received(ByteBuffer.wrap(read));
            assertTrue(replies.size() <= 1);
        }
        assertTrue(session.end() != RpcSession.End.ANSWERED);
    }

    private static void readsPlainDataOrRefuses(byte[] pickle) {
        try {
            for (Map.Entry<?, ?> entry : PickleReader.read(pickle).entrySet()) {
                Object value = entry.getValue();
                assertTrue(entry.getKey() instanceof String);
                assertTrue(value == null
                        || value instanceof String
                        || value instanceof byte[]
                        || value instanceof Long
                        || value instanceof Double
                        || value instanceof Boolean);
            }
        } catch (MalformedException refused) {
            assertTrue(refused.getMessage().length() > 0);
        }
    }

    @Provide
    Arbitrary<byte[]> calls() {
        List<byte[]> all = new ArrayList<>();
        PICKLES.get("calls")
                .forEach(
                        row -> all.add(HexFormat.of().parseHex(row.get("pickle").asText())));
        return Arbitraries.of(all);
    }

    @Provide
    Arbitrary<List<byte[]>> opcodes() {
        return Arbitraries.of(
                        "4e",
                        "88",
                        "89",
                        "4b05",
                        "4d0102",
                        "4a00000080",
                        "8a01ff",
                        "473ff0000000000000",
                        "8c0161",
                        "430161",
                        "7d",
                        "28",
                        "73",
                        "75",
                        "94",
                        "7105",
                        "6800",
                        "6805",
                        "2e",
                        "5d",
                        "61",
                        "52",
                        "93")
                .map(HexFormat.of()::parseHex)
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Map<String, Object>> plainCalls() {
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.doubles().map(number -> (Object) number),
                Arbitraries.strings().alpha().ofMaxLength(300).map(text -> (Object) text),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(bytes -> (Object) bytes),
                Arbitraries.of(true, false).map(flag -> (Object) flag));
        return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20), values)
                .ofMaxSize(12)
                .map(LinkedHashMap::new);
    }
}
