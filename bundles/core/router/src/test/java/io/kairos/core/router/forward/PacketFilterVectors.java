package io.kairos.core.router.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packet filter, recorded from the reference implementation (RNS 1.4.2). */
class PacketFilterVectors {

    static Stream<JsonNode> cases() {
        return Stream.concat(
                Vectors.cases(PacketFilterVectors.class, "packets.json", "filter").stream(),
                Vectors.cases(PacketFilterVectors.class, "announces.json", "filter").stream());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judgesAsRecorded(JsonNode row) {
        byte[] raw = Vectors.bytes(row, "raw");
        boolean foreign = PacketBytes.hasTransport(raw, 0)
                && !(row.has("own_transport_id")
                        && PacketBytes.transport(raw, 0)
                                .equals(DestinationHash.parse(Vectors.text(row, "own_transport_id"))));

        PacketFilter.Verdict verdict = PacketFilter.judge(
                PacketBytes.type(raw, 0),
                PacketBytes.destinationType(raw, 0),
                PacketBytes.context(raw, 0),
                PacketBytes.hops(raw, 0) + 1,
                foreign,
                false);

        String first = row.has("passes_first") ? "passes_first" : "passes_filter_first_time";
        String known = row.has("passes_when_hash_known") ? "passes_when_hash_known" : "passes_filter_when_hash_known";
        assertEquals(row.get(first).asBoolean(), verdict.refusal() == null, row.toString());
        assertEquals(row.get(known).asBoolean(), verdict == PacketFilter.Verdict.ACCEPT, row.toString());
    }
}
