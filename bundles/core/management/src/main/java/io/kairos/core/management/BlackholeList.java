package io.kairos.core.management;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.packet.IdentityHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of refused identities as nodes exchange it.
 *
 * <pre>
 *  MessagePack { identity hash: { "source": identity hash, "until": float seconds or nil, "reason": text or nil } }
 * </pre>
 */
final class BlackholeList {

    private static final int LARGEST = 65_536;
    private static final int LONGEST_REASON = 256;

    private BlackholeList() {}

    static Map<Object, Object> encode(List<Blackholed> entries) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Blackholed entry : entries) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("source", entry.source().toBytes());
            value.put(
                    "until", entry.untilMillis().map(millis -> millis / 1000.0).orElse(null));
            value.put("reason", entry.reason().orElse(null));
            map.put(ByteBuffer.wrap(entry.identity().toBytes()), value);
        }
        return map;
    }

    /**
     * Reads a list; entries that make no sense are left out.
     *
     * @param source who sent it, and so who answers for its entries
     */
    static List<Blackholed> decode(Object value, IdentityHash source) {
        List<Blackholed> entries = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (entries.size() < LARGEST
                        && entry.getKey() instanceof ByteBuffer key
                        && key.remaining() == IdentityHash.LENGTH) {
                    byte[] hash = new byte[IdentityHash.LENGTH];
                    key.duplicate().get(hash);
                    Map<?, ?> details = entry.getValue() instanceof Map<?, ?> known ? known : Map.of();
                    entries.add(new Blackholed(IdentityHash.of(hash), source, until(details), reason(details)));
                }
            }
        }
        return entries;
    }

    private static Optional<Long> until(Map<?, ?> details) {
        return details.get("until") instanceof Number seconds
                ? Optional.of((long) (seconds.doubleValue() * 1000))
                : Optional.empty();
    }

    private static Optional<String> reason(Map<?, ?> details) {
        return details.get("reason") instanceof String text
                ? Optional.of(text.substring(0, Math.min(text.length(), LONGEST_REASON)))
                : Optional.empty();
    }
}
