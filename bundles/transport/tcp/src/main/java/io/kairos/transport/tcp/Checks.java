package io.kairos.transport.tcp;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import java.util.Map;

/** Checks that client and server settings share. */
final class Checks {

    /** Set by the node's own configuration check when it refused the settings; its text is why. */
    private static final String REFUSED = "kairos.refused";

    /** Access codes on fast media. */
    static final int CODE_BYTES = 16;

    /** Every medium carries packets of this size. */
    private static final int LEAST_PACKET_BYTES = 500;

    private Checks() {}

    static String name(String given) {
        if (given == null || given.isBlank()) {
            throw refuse("interface.name is missing", "Give the interface a short name, for example vps-eu.");
        }
        return given.strip();
    }

    static int between(String key, int value, int min, int max, int usual) {
        if (value < min || value > max) {
            throw refuse(
                    "%s = %d is not between %d and %d".formatted(key, value, min, max),
                    "The default is " + usual + ".");
        }
        return value;
    }

    static int port(String key, int value) {
        return between(key, value, 1, 65_535, 4_242);
    }

    static LinkBudget budget(long bitsPerSecond) {
        if (bitsPerSecond < 5) {
            throw refuse("bitrate.bits.per.second = " + bitsPerSecond + " is below 5", "The default is 10000000.");
        }
        LinkBudget automatic = LinkBudget.automatic(bitsPerSecond);
        return automatic.packetBytes() == 0 ? LinkBudget.plain(bitsPerSecond, LEAST_PACKET_BYTES) : automatic;
    }

    /** Longest frame content that is a packet. */
    static int longest(LinkBudget budget, InterfacePolicy policy) {
        return budget.packetBytes()
                + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
    }

    /** A queue holds at least two packets, whatever its setting. */
    static int queueBytes(int given, int longest) {
        return Math.max(between("send.queue.bytes", given, 4_096, 64 << 20, 1_310_720), 2 * Framing.worstCase(longest));
    }

    /** @throws MeshException where the node's configuration check has refused the settings */
    static void notRefused(Map<String, ?> properties) {
        Object why = properties.get(REFUSED);
        if (why != null) {
            throw refuse(why.toString(), "Correct the setting; mesh:doctor names file and key.");
        }
    }

    /** What a check or the conversion of a value said, as a failure. */
    static Failure failure(RuntimeException refused) {
        if (refused instanceof MeshException known) {
            return known.failure();
        }
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "A setting cannot be read: " + refused.getMessage(),
                "Correct it; the bundle's README lists all settings.");
    }

    static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }

    /** The name in settings that were refused. */
    static String nameOr(Map<String, ?> properties, String otherwise) {
        Object given = properties.get("interface.name");
        return given == null || given.toString().isBlank()
                ? otherwise
                : given.toString().strip();
    }
}
