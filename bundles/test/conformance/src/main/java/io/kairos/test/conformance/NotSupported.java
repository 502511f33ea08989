package io.kairos.test.conformance;

/** The product has nothing to answer this with; the reason is told to the suite and listed in the documentation. */
final class NotSupported extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotSupported(String reason) {
        super("not supported: " + reason);
    }
}
