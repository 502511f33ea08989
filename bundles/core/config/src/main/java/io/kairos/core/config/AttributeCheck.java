package io.kairos.core.config;

import io.kairos.api.admin.Configurations.Problem;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * Compares values with what their bundle declares for one key: type, limits, options. As strict as the conversion that
 * follows, which takes "yes" for false and stumbles over a blank behind a number.
 */
final class AttributeCheck {

    private final AttributeDefinition declared;

    AttributeCheck(AttributeDefinition declared) {
        this.declared = declared;
    }

    String key() {
        return declared.getID();
    }

    /** Whether the operator has to give it. */
    boolean isMandatory(boolean isRequired) {
        return isRequired && declared.getDefaultValue() == null;
    }

    Problem missing(String reason) {
        return new Problem(key(), "", reason, sentence("Add it", declared.getDescription()));
    }

    /** What is wrong with the value; it may be a list where the key takes several. */
    Optional<Problem> check(Object value, boolean isMandatory) {
        for (String element : elements(value)) {
            String reason = element.isBlank() && isMandatory ? "is empty" : reason(element);
            if (!reason.isEmpty()) {
                String shown = declared.getType() == AttributeDefinition.PASSWORD
                        ? Secrets.DOTS
                        : Secrets.shown(key(), element);
                return Optional.of(new Problem(key(), shown, reason, remedy()));
            }
        }
        return Optional.empty();
    }

    private String reason(String value) {
        boolean isText = type() == AttributeDefinition.STRING || declared.getType() == AttributeDefinition.PASSWORD;
        if (!isText && !value.equals(value.strip())) {
            return "has a blank before or behind it";
        }
        String[] options = declared.getOptionValues();
        if (options != null && options.length > 0) {
            return Arrays.asList(options).contains(value) ? "" : "is none of the possible values";
        }
        if (type() == AttributeDefinition.BOOLEAN) {
            boolean isFlag = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            return isFlag ? "" : "is neither true nor false";
        }
        if (isWhole()) {
            return wholeNumber(value);
        }
        if (!isText && !isNumber(value)) {
            return "is not a number";
        }
        String objection = isText && value.isEmpty() ? null : declared.validate(value);
        return objection == null || objection.isEmpty() ? "" : "is not allowed: " + objection;
    }

    private String wholeNumber(String value) {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            return "is not a whole number";
        }
        if (isAccepted(number)) {
            return "";
        }
        return limit(number)
                .map(limit -> number > limit ? "is above " + limit : "is below " + limit)
                .orElse("is out of range");
    }

    /**
     * The limit that the number crosses. A declaration does not tell its limits, it only judges values; so the last value it
     * accepts is searched between one that it accepts and the one that it refuses.
     */
    private Optional<Long> limit(long refused) {
        for (long inside : candidates()) {
            if (isAccepted(inside)) {
                long good = inside;
                long bad = refused;
                while (Math.abs(Math.subtractExact(bad, good)) > 1) {
                    long middle = good + (bad - good) / 2;
                    if (isAccepted(middle)) {
                        good = middle;
                    } else {
                        bad = middle;
                    }
                }
                return Optional.of(good);
            }
        }
        return Optional.empty();
    }

    private long[] candidates() {
        String[] defaults = declared.getDefaultValue();
        if (defaults != null && defaults.length > 0 && isWholeText(defaults[0])) {
            return new long[] {Long.parseLong(defaults[0]), 0, 1, 1_000};
        }
        return new long[] {0, 1, 1_000};
    }

    private boolean isAccepted(long number) {
        boolean fits = switch (type()) {
            case AttributeDefinition.INTEGER -> number == (int) number;
            case AttributeDefinition.SHORT -> number == (short) number;
            case AttributeDefinition.BYTE -> number == (byte) number;
            default -> true;
        };
        String objection = fits ? declared.validate(Long.toString(number)) : "too large";
        return objection == null || objection.isEmpty();
    }

    private String remedy() {
        String[] options = declared.getOptionValues();
        if (options != null && options.length > 0) {
            return sentence("Use one of " + String.join(", ", options), declared.getDescription());
        }
        String[] defaults = declared.getDefaultValue();
        String usual = defaults == null || defaults.length == 0 || defaults[0].isEmpty()
                ? "Correct it"
                : "The default is " + String.join(", ", defaults);
        return sentence(usual, declared.getDescription());
    }

    private static String sentence(String first, String description) {
        return description == null || description.isBlank() ? first + "." : first + ". " + description;
    }

    private int type() {
        return declared.getType();
    }

    private boolean isWhole() {
        return switch (type()) {
            case AttributeDefinition.INTEGER,
                    AttributeDefinition.LONG,
                    AttributeDefinition.SHORT,
                    AttributeDefinition.BYTE -> true;
            default -> false;
        };
    }

    private static boolean isWholeText(String text) {
        return text.matches("-?\\d{1,18}");
    }

    private boolean isNumber(String value) {
        if (type() != AttributeDefinition.DOUBLE && type() != AttributeDefinition.FLOAT) {
            return true;
        }
        try {
            return !Double.isNaN(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static List<String> elements(Object value) {
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(String::valueOf).toList();
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(String::valueOf).toList();
        }
        return List.of(String.valueOf(value));
    }
}
