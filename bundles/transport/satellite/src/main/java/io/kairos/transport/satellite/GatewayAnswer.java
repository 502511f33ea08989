package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;

/**
 * What has become of a message to a modem.
 *
 * @param verdict what to do about it
 * @param status what the gateway said; 0 where it said nothing
 */
record GatewayAnswer(Verdict verdict, int status) {

    private static final int BAD_IMEI = -1;
    private static final int UNKNOWN_IMEI = -2;
    private static final int QUEUE_FULL = -5;
    private static final int NO_RESOURCES = -6;
    private static final int ADDRESS_REJECTED = -10;
    private static final int CERTIFICATE_REJECTED = -12;

    /** What to do about a message. */
    enum Verdict {
        TAKEN,
        /** The modem's queue is full: once more when it has fetched something. */
        FULL,
        /** Once more. */
        AGAIN,
        /** This one will never be taken, or nobody can tell whether it was: it is not paid twice. */
        REFUSED,
        /** Nothing will be taken until somebody acts. */
        BARRED,
        /** It was sent, and nothing was heard. */
        UNCONFIRMED,
        /** It was not sent. */
        UNREACHABLE
    }

    static final GatewayAnswer UNREACHABLE = new GatewayAnswer(Verdict.UNREACHABLE, 0);
    static final GatewayAnswer UNCONFIRMED = new GatewayAnswer(Verdict.UNCONFIRMED, 0);

    static GatewayAnswer of(int status) {
        return new GatewayAnswer(verdict(status), status);
    }

    private static Verdict verdict(int status) {
        if (status >= 0) {
            return Verdict.TAKEN;
        }
        return switch (status) {
            case BAD_IMEI, UNKNOWN_IMEI, ADDRESS_REJECTED, CERTIFICATE_REJECTED -> Verdict.BARRED;
            case QUEUE_FULL -> Verdict.FULL;
            case NO_RESOURCES -> Verdict.AGAIN;
            default -> Verdict.REFUSED;
        };
    }

    /** Whether the provider will ask money for it. */
    boolean costs() {
        return verdict == Verdict.TAKEN || verdict == Verdict.UNCONFIRMED || verdict == Verdict.REFUSED;
    }

    /** Why the way to the modem is closed, where the message has to wait. */
    MeshException obstacle() {
        return switch (verdict) {
            case FULL ->
                network(
                        "The gateway has too many messages for this modem (status " + status + ")",
                        "It takes more once the modem has fetched some: is it switched on, and its sky free?");
            case BARRED ->
                network(
                        "The gateway takes no messages for this modem (status " + status + ")",
                        "-1, -2: check its IMEI and its contract; -10: tell the provider this node's address;"
                                + " -12: the provider wants a certificate.");
            case AGAIN ->
                network(
                        "The gateway has no room for messages now (status " + status + ")",
                        "Nothing: messages wait and are sent again.");
            case UNCONFIRMED ->
                network(
                        "The gateway has not confirmed a message",
                        "It is sent again. If it stays so: does the provider know this node's address, is the port"
                                + " right?");
            default ->
                network(
                        "The gateway cannot be reached",
                        "Check gateway.host and gateway.port, and whether the provider wants a VPN. Messages wait and"
                                + " are sent again.");
        };
    }

    private static MeshException network(String message, String remedy) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy);
    }
}
