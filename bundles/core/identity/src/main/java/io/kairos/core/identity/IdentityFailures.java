package io.kairos.core.identity;

import io.kairos.api.failure.Failure.Kind;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.Networks;
import java.util.Collection;

/** What an operator reads when an identity cannot be made, taken or read. No message holds a key or an address. */
final class IdentityFailures {

    private IdentityFailures() {}

    static MeshException badName() {
        return new MeshException(
                Kind.CONFIGURATION,
                "This is not a name for an identity",
                "Use one to 64 of a-z, 0-9, dot, underscore and hyphen, not starting with a dot, for example laptop-2.");
    }

    static MeshException taken(String name) {
        return new MeshException(
                Kind.CONFIGURATION,
                "There is an identity named %s already, and identities are never overwritten".formatted(name),
                "Choose another name.");
    }

    static MeshException sameKeys(String name, String existing) {
        return new MeshException(
                Kind.CONFIGURATION,
                "The keys for %s are those of the identity %s, which is here already".formatted(name, existing),
                "Use %s; one identity under two names would answer twice.".formatted(existing));
    }

    static MeshException ofAnotherNetwork(String name, String network, String other) {
        return new MeshException(
                Kind.POLICY,
                "The keys for %s belong to the network %s already, so the network %s refuses them"
                        .formatted(name, other, network),
                "Networks share no key: whoever knows it in both would know that they are one node. Make a new identity"
                        + " with identity:create.");
    }

    static MeshException notANetwork(String pid) {
        return new MeshException(
                Kind.CONFIGURATION,
                "%s makes no network: what follows %s in the name of its file is not a name"
                        .formatted(pid, Networks.PID + "-"),
                "Name the file etc/%s-NAME.cfg; NAME is %s, and not %s."
                        .formatted(Networks.PID, Networks.EXPECTED, Networks.MAIN));
    }

    static MeshException wrongLength(int length) {
        return new MeshException(
                Kind.CONFIGURATION,
                "Private keys have 64 bytes, these are %d".formatted(length),
                "Give the identity file of the other node as it is: X25519 key and Ed25519 seed, 64 bytes, no text.");
    }

    static MeshException unknown(Collection<String> known) {
        return new MeshException(
                Kind.CONFIGURATION,
                "There is no identity of this name",
                "Known are: " + String.join(", ", known) + ".");
    }

    static MeshException noStore() {
        return new MeshException(
                Kind.STORAGE,
                "The store is not available, so no identity can be made",
                "If it is being updated, wait a moment; otherwise mesh:doctor tells what is wrong.");
    }

    static MeshException waitsForSuite() {
        return new MeshException(
                Kind.CONFIGURATION,
                "The node's own identity is not made yet: no complete crypto suite is present",
                "It is made as soon as one is there: feature:install kairos-crypto-reticulum");
    }

    static MeshException notVerified(String name) {
        return new MeshException(
                Kind.STORAGE,
                "The identity %s was written, but what was read back differs; it was not taken into use"
                        .formatted(name),
                "Check the disk and the memory of this machine before you try again.");
    }

    static MeshException unreadable(String name, RuntimeException cause) {
        String remedy = "Restore the folder of the store from a backup, or import the identity from its exported keys "
                + "after moving the damaged document away.";
        return new MeshException(
                Kind.STORAGE, "The identity %s cannot be read: %s".formatted(name, cause.getMessage()), remedy, cause);
    }
}
