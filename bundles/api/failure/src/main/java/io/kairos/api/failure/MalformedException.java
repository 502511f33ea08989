package io.kairos.api.failure;

/**
 * Bytes from outside that do not follow their format. Cheap to throw: it carries no stack trace, because bytes from the
 * air may be anything and are only counted.
 */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message, null, false, false);
    }
}
