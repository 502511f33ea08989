package io.kairos.api.crypto;

/** A decrypted message and the key that fitted. */
public final class Decrypted {

    private final byte[] plaintext;
    private final int keyIndex;

    public Decrypted(byte[] plaintext, int keyIndex) {
        this.plaintext = plaintext;
        this.keyIndex = keyIndex;
    }

    /** What was sent; the array belongs to the caller. */
    public byte[] plaintext() {
        return plaintext;
    }

    /** Index of the private key that fitted, in the list that was given. */
    public int keyIndex() {
        return keyIndex;
    }
}
