package io.kairos.transport.i2p;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.medium.Checks;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A peer as its operator wrote it: a name ending in {@code .i2p}, usually {@code ….b32.i2p}, or a whole destination.
 *
 * @param text as written; names in lower case
 * @param destination where it is one
 */
record PeerAddress(String text, Optional<Destination> destination) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,250}\\.i2p");
    private static final Pattern BASE32 = Pattern.compile("[a-z2-7]{52,}\\.b32\\.i2p");

    /** @throws MeshException where it is neither */
    static PeerAddress parse(String given) {
        String text = given.strip();
        String name = text.toLowerCase(Locale.ROOT);
        if (NAME.matcher(name).matches()) {
            if (name.endsWith(".b32.i2p") && !BASE32.matcher(name).matches()) {
                throw refuse("is cut short or has characters that do not belong into it");
            }
            return new PeerAddress(name, Optional.empty());
        }
        try {
            return new PeerAddress(text, Optional.of(Destination.parse(text)));
        } catch (MalformedException e) {
            throw refuse("is neither a name ending in .i2p nor a destination (%s)".formatted(e.getMessage()));
        }
    }

    /** Where it meets others: the name that follows from the keys, if known. */
    String place() {
        return destination.map(Destination::base32).orElse(text);
    }

    /** Never in a log: it is somebody's. */
    @Override
    public String toString() {
        return "PeerAddress";
    }

    private static MeshException refuse(String why) {
        return Checks.refuse(
                "An entry of peers " + why,
                "Write addresses as the other node shows them, ….b32.i2p, separated by commas.");
    }
}
