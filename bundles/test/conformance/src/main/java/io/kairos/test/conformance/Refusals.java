package io.kairos.test.conformance;

/** Where the suite compares the words of a refusal, it wants them in the words of the reference implementation. */
final class Refusals {

    private Refusals() {}

    /** What the product said, and what the suite knows it by. */
    static String inWordsOfTheSuite(String said) {
        return switch (said) {
            case "a transport address is missing" ->
                "Packet with header type 2 must have a transport ID (" + said + ")";
            default -> said;
        };
    }
}
