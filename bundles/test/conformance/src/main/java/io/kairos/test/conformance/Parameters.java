package io.kairos.test.conformance;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of one call. What is missing or of a wrong kind is an {@link IllegalArgumentException} that names it. */
record Parameters(Map<?, ?> members) {

    boolean has(String name) {
        return members.get(name) != null;
    }

    /** The value as it stands, perhaps {@code null}. */
    Object value(String name) {
        return members.get(name);
    }

    String text(String name) {
        return required(name).toString();
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(members.get(name)).map(Object::toString);
    }

    byte[] bytes(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    /** The bytes, or none where the parameter is missing. */
    byte[] bytesOrNone(String name) {
        return optionalBytes(name).orElse(new byte[0]);
    }

    Optional<byte[]> optionalBytes(String name) {
        return optionalText(name).map(HexFormat.of()::parseHex);
    }

    long number(String name) {
        if (required(name) instanceof Number number) {
            return number.longValue();
        }
        return Long.parseLong(text(name));
    }

    long number(String name, long otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    Optional<Long> optionalNumber(String name) {
        return has(name) ? Optional.of(number(name)) : Optional.empty();
    }

    double decimal(String name) {
        if (required(name) instanceof Number number) {
            return number.doubleValue();
        }
        return Double.parseDouble(text(name));
    }

    Optional<Double> optionalDecimal(String name) {
        return has(name) ? Optional.of(decimal(name)) : Optional.empty();
    }

    boolean flag(String name, boolean otherwise) {
        return members.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    DestinationHash destination(String name) {
        return DestinationHash.of(bytes(name));
    }

    IdentityHash identity(String name) {
        return IdentityHash.of(bytes(name));
    }

    /** A time-out in milliseconds. */
    Duration millis(String name, long otherwise) {
        return Duration.ofMillis(number(name, otherwise));
    }

    List<?> list(String name) {
        return members.get(name) instanceof List<?> list ? list : List.of();
    }

    List<String> texts(String name) {
        return list(name).stream().map(Object::toString).toList();
    }

    List<byte[]> byteLists(String name) {
        return texts(name).stream().map(HexFormat.of()::parseHex).toList();
    }

    /** The maps in a list. */
    List<Parameters> parts(String name) {
        return list(name).stream().map(item -> new Parameters((Map<?, ?>) item)).toList();
    }

    /** {@code app_name} and {@code aspects} as one name with dots. */
    String fullName() {
        return fullName(text("app_name"));
    }

    String fullName(String appName) {
        List<String> aspects = texts("aspects");
        return aspects.isEmpty() ? appName : appName + "." + String.join(".", aspects);
    }

    private Object required(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the parameter " + name + " is missing");
        }
        return value;
    }
}
