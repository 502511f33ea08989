package io.kairos.lib.plugin;

/** Checks signatures; cryptography is handed in. */
@FunctionalInterface
public interface SignatureCheck {

    /** Whether it is a valid signature of the key's owner; false for an algorithm that is not known. */
    boolean verify(PackageKey key, byte[] message, byte[] signature);
}
