package io.kairos.core.store;

import java.io.IOException;

/** A file of the store is not what was written: cut short, changed, or moved from another name. */
final class DamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
        super(message);
    }

    DamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
