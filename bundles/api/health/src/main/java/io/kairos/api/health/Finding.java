package io.kairos.api.health;

/**
 * One result of a check.
 *
 * @param severity how bad it is
 * @param message what was found, one sentence
 * @param remedy what to do now; empty only for {@link Severity#OK}
 */
public record Finding(Severity severity, String message, String remedy) {

    /** How bad a finding is. */
    public enum Severity {
        OK,
        /** It works, but worse. */
        WARNING,
        /** A capability is lost until someone acts. */
        ERROR
    }

    public Finding {
        if (severity != Severity.OK && remedy.isBlank()) {
            throw new IllegalArgumentException("a finding that is not OK needs a remedy: " + message);
        }
    }

    public static Finding ok(String message) {
        return new Finding(Severity.OK, message, "");
    }

    public static Finding warning(String message, String remedy) {
        return new Finding(Severity.WARNING, message, remedy);
    }

    public static Finding error(String message, String remedy) {
        return new Finding(Severity.ERROR, message, remedy);
    }
}
