package io.kairos.transport.websocket;

/** The other end breaks the rules of WebSocket. Has no stack trace: it is cheap, whoever causes it. */
final class FrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int PROTOCOL_ERROR = 1002;
    private static final int UNSUPPORTED = 1003;
    private static final int TOO_BIG = 1009;

    private final int reason;

    private FrameException(int reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static FrameException protocol(String message) {
        return new FrameException(PROTOCOL_ERROR, message);
    }

    static FrameException text() {
        return new FrameException(UNSUPPORTED, "a message is text");
    }

    static FrameException tooLong() {
        return new FrameException(TOO_BIG, "a message is too long");
    }

    /** What the other end is told (RFC 6455, section 7.4). */
    int reason() {
        return reason;
    }
}
