package io.kairos.api.transport;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Typed access to a configuration whose values may be strings. */
record PolicyReader(Map<String, ?> properties) {

    Optional<String> text(String key) {
        Object value = properties.get(key);
        return value == null || value.toString().isBlank()
                ? Optional.empty()
                : Optional.of(value.toString().strip());
    }

    boolean flag(String key, boolean otherwise) {
        return text(key)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> true;
                    case "false", "no", "off" -> false;
                    default -> throw refuse(key, text, "is neither true nor false", "Write true or false.");
                })
                .orElse(otherwise);
    }

    int integer(String key, int otherwise, int min, int max) {
        return text(key)
                .map(text -> {
                    try {
                        int value = Integer.parseInt(text);
                        if (value < min || value > max) {
                            throw refuse(
                                    key,
                                    text,
                                    "is not between %d and %d".formatted(min, max),
                                    "The default is " + otherwise + ".");
                        }
                        return value;
                    } catch (NumberFormatException e) {
                        throw refuse(key, text, "is not a whole number", "The default is " + otherwise + ".");
                    }
                })
                .orElse(otherwise);
    }

    double number(String key, double otherwise) {
        return text(key)
                .map(text -> {
                    try {
                        return Double.parseDouble(text);
                    } catch (NumberFormatException e) {
                        throw refuse(key, text, "is not a number", "The default is " + otherwise + ".");
                    }
                })
                .orElse(otherwise);
    }

    /** A time that is not negative. */
    Duration seconds(String key, Duration otherwise) {
        double seconds = number(key, otherwise.toMillis() / 1000.0);
        if (!(seconds >= 0 && seconds <= Integer.MAX_VALUE)) {
            throw refuse(key, seconds, "is no number of seconds", "The default is " + otherwise.toSeconds() + ".");
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** A number of a range; empty where it is not set. */
    Optional<Double> between(String key, double least, double most) {
        return text(key).map(text -> {
            double value = number(key, Double.NaN);
            if (!(value >= least && value <= most)) {
                throw refuse(
                        key,
                        text,
                        "is not between %.0f and %.0f".formatted(least, most),
                        "Leave it empty to tell nothing.");
            }
            return value;
        });
    }

    /** How often in a second; not negative. */
    double rate(String key, double otherwise) {
        double rate = number(key, otherwise);
        if (!(rate >= 0 && rate <= Integer.MAX_VALUE)) {
            throw refuse(key, rate, "is no rate", "The default is " + otherwise + ".");
        }
        return rate;
    }

    static MeshException refuse(String key, Object value, String why, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, "%s = %s %s".formatted(key, value, why), remedy);
    }
}
