package io.kairos.test.conformance;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the members of an answer, in order, and turns product values into what JSON knows. */
final class Answer {

    private final Map<String, Object> members = new LinkedHashMap<>();

    private Answer() {}

    static Answer with(String name, Object value) {
        return new Answer().and(name, value);
    }

    static Map<String, Object> of(String name, Object value) {
        return with(name, value).map();
    }

    static Map<String, Object> nothing() {
        return Map.of();
    }

    Answer and(String name, Object value) {
        members.put(name, value);
        return this;
    }

    Map<String, Object> map() {
        return members;
    }

    /** Bytes and hashes become hex digits, empty becomes null; the rest stays. */
    static Object plain(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        } else if (value instanceof DestinationHash hash) {
            return hash.toHex();
        } else if (value instanceof IdentityHash hash) {
            return hash.toHex();
        } else if (value instanceof Optional<?> perhaps) {
            return plain(perhaps.orElse(null));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, member) -> copy.put(String.valueOf(key), plain(member)));
            return copy;
        } else if (value instanceof Collection<?> list) {
            return list.stream().map(Answer::plain).toList();
        }
        return value;
    }
}
