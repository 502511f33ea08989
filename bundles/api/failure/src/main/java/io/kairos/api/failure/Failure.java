package io.kairos.api.failure;

import java.util.Objects;

/**
 * Something that went wrong, told to an operator.
 *
 * @param kind whose problem it is; decides log level, retry and exit status
 * @param message what happened, one sentence without a trailing newline, never about people
 * @param remedy what to do now, one or two sentences
 */
public record Failure(Kind kind, String message, String remedy) {

    /** Whose problem a failure is. */
    public enum Kind {
        /** A setting is wrong; the operator changes it. */
        CONFIGURATION,
        /** A device is missing, busy or broken. */
        HARDWARE,
        /** The network refuses, is unreachable or too slow. */
        NETWORK,
        /** The other side misbehaves or has gone. */
        PEER,
        /** It is not allowed. */
        POLICY,
        /** Disk full, file unreadable, content damaged. */
        STORAGE,
        /** Our own mistake. */
        BUG
    }

    public Failure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** The two lines that shells print: the message, then an arrow and the remedy. */
    public String toText() {
        return message + System.lineSeparator() + "  \u2192 " + remedy;
    }
}
