package io.kairos.test.interop;

import io.kairos.api.packet.DestinationHash;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The members of a command. */
record Arguments(Map<?, ?> members) {

    String text(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the command needs " + name);
        }
        return value.toString();
    }

    String text(String name, String otherwise) {
        return members.get(name) == null ? otherwise : text(name);
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(members.get(name)).map(Object::toString);
    }

    int number(String name, int otherwise) {
        return members.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return members.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    /** The value as it stands, perhaps {@code null}. */
    Object value(String name) {
        return members.get(name);
    }

    DestinationHash destination() {
        return DestinationHash.parse(text("destination"));
    }

    /** The member {@code timeout}, in seconds. */
    Duration timeout(int otherwiseSeconds) {
        return Duration.ofSeconds(number("timeout", otherwiseSeconds));
    }
}
