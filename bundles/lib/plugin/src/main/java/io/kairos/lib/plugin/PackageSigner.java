package io.kairos.lib.plugin;

/** Signs packages with one key; the private key stays where it is. */
public interface PackageSigner {

    /** The public key. */
    PackageKey key();

    /** The signature over a message. */
    byte[] sign(byte[] message);
}
