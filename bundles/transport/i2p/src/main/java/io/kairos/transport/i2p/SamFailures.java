package io.kairos.transport.i2p;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** What went wrong with a SAM bridge or a peer behind it, for operators; never with an address of I2P. */
final class SamFailures {

    private static final String AGAIN = " Kairos tries again by itself.";

    private SamFailures() {}

    /** The bridge could not be connected. */
    static MeshException noBridge(String bridge, IOException cause) {
        if (cause instanceof UnknownHostException) {
            return network("The name in bridge.host cannot be resolved", "Correct bridge.host." + AGAIN, cause);
        }
        if (cause instanceof SocketTimeoutException) {
            return network(
                    "The SAM bridge on %s does not answer".formatted(bridge),
                    "Check that the I2P router runs and that no firewall is between." + AGAIN,
                    cause);
        }
        if (cause instanceof ConnectException) {
            return network(
                    "Nothing listens on %s, where the SAM bridge of an I2P router should be".formatted(bridge),
                    "Start i2pd or the Java I2P router (apt install i2pd) and switch its SAM bridge on, or correct"
                            + " bridge.host and bridge.port." + AGAIN,
                    cause);
        }
        return network(
                "The connection to the SAM bridge on %s failed".formatted(bridge),
                "Check that the I2P router runs." + AGAIN,
                cause);
    }

    /** The bridge closed the connection instead of answering. */
    static MeshException hungUp(String bridge, IOException cause) {
        return network(
                "The SAM bridge on %s has closed the connection".formatted(bridge),
                "The I2P router was probably stopped; start it." + AGAIN,
                cause);
    }

    static MeshException silent(String bridge) {
        return network(
                "The SAM bridge on %s has not answered in time".formatted(bridge),
                "A router that has just been started needs some minutes until it can build tunnels." + AGAIN,
                null);
    }

    /** What came is not SAM. */
    static MeshException notSam(String bridge, String why) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "What answers on %s is no SAM bridge of version 3.1: %s".formatted(bridge, why),
                "Correct bridge.host and bridge.port, or update the I2P router." + AGAIN);
    }

    /** The bridge said no. */
    static MeshException refused(SamReply reply) {
        return switch (reply.result()) {
            case "CANT_REACH_PEER", "PEER_NOT_FOUND" ->
                peer("The peer cannot be reached through I2P", "It may be off, or its tunnels are being built.");
            case "TIMEOUT" -> peer("The peer has not answered through I2P", "It may be off, or I2P is slow just now.");
            case "KEY_NOT_FOUND" ->
                peer(
                        "I2P does not know the peer's address",
                        "The peer is off, this router is new (wait some minutes), or the address in peers is wrong.");
            case "INVALID_KEY" ->
                peer(
                        "The I2P router cannot use the peer's address, or does not find it",
                        "Check the entry in peers; a router that was just started needs some minutes.");
            case "DUPLICATED_DEST" ->
                new MeshException(
                        Failure.Kind.CONFIGURATION,
                        "The I2P router has a session with this interface's key already",
                        "Another program or interface uses the same key, or the router has not noticed yet that the last"
                                + " session ended." + AGAIN);
            case "DUPLICATED_ID", "INVALID_ID" ->
                peer("The I2P router does not know the session any more", "It was probably started anew.");
            case "NOVERSION" ->
                new MeshException(
                        Failure.Kind.CONFIGURATION,
                        "The I2P router does not speak SAM 3.1",
                        "Update the I2P router." + AGAIN);
            default ->
                new MeshException(
                        Failure.Kind.NETWORK,
                        "The I2P router could not do it (%s)".formatted(word(reply.result())),
                        "Look at the router's own log; it may still be building tunnels." + AGAIN);
        };
    }

    /** A word of the bridge, made harmless. */
    private static String word(String result) {
        String plain = result.replaceAll("[^A-Za-z0-9_]", "?");
        return plain.substring(0, Math.min(40, plain.length()));
    }

    private static MeshException peer(String message, String remedy) {
        return new MeshException(Failure.Kind.PEER, message, remedy + AGAIN);
    }

    private static MeshException network(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy, cause);
    }
}
