package io.kairos.transport.satellite;

/**
 * What a session has brought: {@code +SBDIX: sent, number, received, number, length, waiting}.
 *
 * @param sent status of the message from here
 * @param received status of a message to here: 0 none, 1 received, 2 failed
 * @param waiting messages that the gateway still has
 */
record SbdResult(int sent, int received, int waiting) {

    private static final int LAST_SUCCESS = 4; // 1 to 4 tell something beside it
    private static final int TOO_MANY_SEGMENTS = 12;
    private static final int INVALID_SEGMENT = 14;
    private static final int DENIED = 15;
    private static final int LOCKED = 16;
    private static final int ANTENNA = 33;
    private static final int RADIO_OFF = 34;
    private static final int TRY_LATER = 36;
    private static final int SERVICE_OFF = 37;
    private static final int TRAFFIC = 38;
    private static final int BAND = 64;
    private static final int OSCILLATOR = 65;

    /** What to do about the message from here. */
    enum Verdict {
        SENT,
        /** Once more, after the usual pause. */
        AGAIN,
        /** Once more, after some minutes. */
        LATER,
        /** This one will never be taken. */
        REFUSED,
        /** Nothing will be taken until somebody acts. */
        BARRED
    }

    /** Reads what stands behind {@code +SBDIX:}; empty or odd text counts as a session that was not completed. */
    static SbdResult parse(String text) {
        String[] parts = text.split(",");
        try {
            return parts.length == 6
                    ? new SbdResult(
                            Integer.parseInt(parts[0].strip()),
                            Integer.parseInt(parts[2].strip()),
                            Integer.parseInt(parts[5].strip()))
                    : FAILED;
        } catch (NumberFormatException e) {
            return FAILED;
        }
    }

    /** A session that did not come to an end. */
    static final SbdResult FAILED = new SbdResult(13, 2, 0);

    Verdict verdict() {
        if (sent >= 0 && sent <= LAST_SUCCESS) {
            return Verdict.SENT;
        }
        return switch (sent) {
            case TOO_MANY_SEGMENTS, INVALID_SEGMENT -> Verdict.REFUSED;
            case DENIED, LOCKED, ANTENNA, RADIO_OFF, BAND, OSCILLATOR -> Verdict.BARRED;
            case TRY_LATER, SERVICE_OFF, TRAFFIC -> Verdict.LATER;
            default -> Verdict.AGAIN;
        };
    }

    /** Whether a message to here lies in the modem. */
    boolean hasMessage() {
        return received == 1;
    }

    /** Whether the gateway has been asked at all. */
    boolean hasAsked() {
        return received == 0 || received == 1;
    }
}
