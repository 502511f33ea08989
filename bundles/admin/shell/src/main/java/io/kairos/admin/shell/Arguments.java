package io.kairos.admin.shell;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what an operator typed. Anything else is a {@link MeshException} of kind {@code CONFIGURATION} that says what is
 * expected.
 */
public final class Arguments {

    private static final Pattern FULL_NAME = Pattern.compile("[^\\s.=]+(\\.[^\\s.=]+)*");
    private static final int HASH_DIGITS = 2 * DestinationHash.LENGTH;

    private Arguments() {}

    /** A failure of the operator's input. */
    public static MeshException wrong(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }

    /** Whether the text looks like a hash rather than a name; brackets and colons around and between digits are allowed. */
    public static boolean looksLikeHash(String text) {
        String digits = digits(text);
        return digits.length() >= HASH_DIGITS - 8 && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    public static DestinationHash destination(String text) {
        return DestinationHash.parse(hash(text, "destination", "mesh:path lists the destinations this node knows."));
    }

    public static IdentityHash identity(String text) {
        return IdentityHash.parse(hash(text, "identity", "identity:list and mesh:explain show hashes of identities."));
    }

    private static String hash(String text, String what, String remedy) {
        String digits = digits(text);
        String expected = "A hash of %s is %d hexadecimal digits"
                .formatted(what.equals("identity") ? "an identity" : "a destination", HASH_DIGITS);
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), 16) < 0) {
                throw wrong(
                        "'%s' is no %s hash: '%s' is not a hexadecimal digit.".formatted(text, what, digits.charAt(i)),
                        expected + " (0-9, a-f). " + remedy);
            }
        }
        if (digits.length() != HASH_DIGITS) {
            throw wrong(
                    "'%s' is no %s hash: it has %d digits.".formatted(text, what, digits.length()),
                    expected + ". " + remedy);
        }
        return digits.toLowerCase(Locale.ROOT);
    }

    private static String digits(String text) {
        String digits = text.strip();
        if (digits.startsWith("<") && digits.endsWith(">")) {
            digits = digits.substring(1, digits.length() - 1);
        }
        return digits.replace(":", "");
    }

    /** Application name and aspects with dots. */
    public static String fullName(String text) {
        if (!FULL_NAME.matcher(text).matches()) {
            throw wrong(
                    "'%s' is no name of a destination.".formatted(text),
                    "A name is an application and its aspects with dots, for example lxmf.delivery.");
        }
        return text;
    }

    /** A whole number within bounds; {@code option} is how the operator wrote it, for example {@code -n}. */
    public static int count(String option, String text, int min, int max) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, in the same words as a number out of range
        }
        throw wrong(
                "%s %s is not possible.".formatted(option, text),
                "Give a whole number from %d to %d.".formatted(min, max));
    }

    /** Seconds, also with a fraction, within bounds. */
    public static Duration seconds(String option, String text, double min, double max) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= min && value <= max) {
                return Duration.ofMillis(Math.round(value * 1000));
            }
        } catch (NumberFormatException e) {
            // told below, in the same words as a number out of range
        }
        throw wrong(
                "%s %s is not possible.".formatted(option, text),
                "Give seconds from %s to %s.".formatted(plain(min), plain(max)));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Pairs {@code key=value}, in their order. */
    public static Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words == null ? List.<String>of() : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw wrong(
                        "'%s' is no setting.".formatted(word),
                        "Settings are written key=value, without spaces around =.");
            }
            String key = word.substring(0, equals).strip();
            String value = word.substring(equals + 1);
            if (value.chars().anyMatch(c -> c == '\n' || c == '\r')) {
                throw wrong("The value of %s has a line break.".formatted(key), "Write it in one line.");
            }
            if (pairs.put(key, value) != null) {
                throw wrong("%s is given twice.".formatted(key), "Give each setting once.");
            }
        }
        return pairs;
    }
}
