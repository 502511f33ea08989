package io.kairos.api.transport;

import java.util.Locale;
import java.util.Optional;

/** What an interface is for; decides how announces and path requests travel (docs/protocol/announce.md). */
public enum InterfaceMode {
    FULL(1, "full"),
    POINT_TO_POINT(2, "pointtopoint", "ptp"),
    ACCESS_POINT(3, "access_point", "accesspoint", "ap"),
    ROAMING(4, "roaming"),
    BOUNDARY(5, "boundary"),
    GATEWAY(6, "gateway", "gw"),
    INTERNAL(7, "internal");

    private final int value;
    private final String[] words;

    InterfaceMode(int value, String... words) {
        this.value = value;
        this.words = words;
    }

    /** The number Reticulum programs use for it. */
    public int value() {
        return value;
    }

    /** The word an operator writes. */
    public String word() {
        return words[0];
    }

    /** Reads any of the words an operator may write. */
    public static Optional<InterfaceMode> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        for (InterfaceMode mode : values()) {
            for (String word : mode.words) {
                if (word.equals(wanted)) {
                    return Optional.of(mode);
                }
            }
        }
        return Optional.empty();
    }
}
