package io.kairos.api.identity;

import io.kairos.api.packet.IdentityHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The identities of this node, written once and verified by reading back. Registered as a service when the node's own
 * identity exists, so whoever gets the service may use {@link #node()}. Each network has a store and a node identity of its
 * own, told apart by the service property {@link Networks#PROPERTY}; no key is in two of them.
 *
 * <p>Failures are {@link io.kairos.api.failure.MeshException}; what exists is never overwritten.
 */
@ProviderType
public interface IdentityStore {

    /** The name of the node's own identity. */
    String NODE = "node";

    /** The network whose identities these are. */
    default String network() {
        return Networks.MAIN;
    }

    /** The node's own identity, made at the first start. In Reticulum's words: the transport identity. */
    LocalIdentity node();

    /** Whether {@link #node()} was made in this start, which deserves a word to the operator. */
    boolean isNew();

    /** Where identities are kept on disk, to tell the operator. */
    Path location();

    /** All identities by name, the node's own first. */
    List<LocalIdentity> all();

    Optional<LocalIdentity> find(String name);

    Optional<LocalIdentity> find(IdentityHash hash);

    /** Makes a new identity; {@code name} is {@code [a-z0-9._-]{1,64}} and not taken. */
    LocalIdentity create(String name);

    /**
     * Makes an identity that is written nowhere, for a program that wants to be reached for a while without being known
     * again. It is in no list and ends with whoever keeps it.
     */
    default LocalIdentity createPassing() {
        throw new UnsupportedOperationException("this store makes no passing identities");
    }

    /**
     * Takes an identity from its private keys (X25519 || Ed25519 seed, 64 bytes), kept unchanged to the byte. Keys that are
     * here already, also in another network, are refused.
     */
    LocalIdentity importKeys(String name, byte[] privateKeys);

    /** The private keys (64 bytes, the format of a Reticulum identity file); for backups, and the caller wipes the array. */
    byte[] exportKeys(String name);
}
