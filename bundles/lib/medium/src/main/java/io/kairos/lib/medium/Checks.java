package io.kairos.lib.medium;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.Map;

/** What the settings of every transport are checked for. */
public final class Checks {

    /** Set by the node's own configuration check when it refused the settings; its text is why. */
    private static final String REFUSED = "kairos.refused";

    private static final String NAME = "interface.name";

    private Checks() {}

    /**
     * The name of the interface, where the node's own check has not refused the settings already.
     *
     * @param example a name that would do
     * @throws MeshException that names key and remedy
     */
    public static String name(String given, Map<String, ?> properties, String example) {
        if (given == null || given.isBlank()) {
            throw refuse(NAME + " is missing", "Give the interface a short name, for example " + example + ".");
        }
        Object why = properties.get(REFUSED);
        if (why != null) {
            throw refuse(why.toString(), "Correct the setting; mesh:doctor names file and key.");
        }
        return given.strip();
    }

    /** The name by which refused settings are shown. */
    public static String nameOfRefused(Map<String, ?> properties, String kind) {
        Object name = properties.get(NAME);
        return name == null || name.toString().isBlank()
                ? kind
                : name.toString().strip();
    }

    /** The value, where it lies within the limits; {@code usual} is told to whoever has to correct it. */
    public static long between(String key, long value, long min, long max, long usual) {
        if (value < min || value > max) {
            throw refuse(
                    "%s = %d is not between %d and %d".formatted(key, value, min, max),
                    "The default is " + usual + ".");
        }
        return value;
    }

    /** The same for an int. */
    public static int between(String key, int value, int min, int max, int usual) {
        return (int) between(key, (long) value, min, max, usual);
    }

    /** A bit rate that a {@link io.kairos.api.transport.LinkBudget} takes. */
    public static long bitsPerSecond(long given, long usual) {
        if (given < 5) {
            throw refuse("bitrate.bits.per.second = " + given + " is below 5", "The default is " + usual + ".");
        }
        return given;
    }

    /** A setting that cannot be used. */
    public static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }

    /** What the operator is told about settings that were refused, also by the container when it could not convert them. */
    public static Failure failure(RuntimeException refused) {
        return refused instanceof MeshException known
                ? known.failure()
                : new Failure(
                        Failure.Kind.CONFIGURATION,
                        "A setting cannot be read: " + refused.getMessage(),
                        "Correct it; the bundle's README lists all settings.");
    }
}
