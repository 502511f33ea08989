package io.kairos.transport.i2p;

import io.kairos.api.failure.MalformedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The full address of somebody in I2P.
 *
 * <pre>
 *  offset  size  field
 *  0       384   keys
 *  384     1     type of certificate
 *  385     2     n, length of the certificate, big endian
 *  387     n     certificate
 * </pre>
 *
 * <p>Private keys begin with the same bytes and go on with secrets (I2P, common structures: destination, private key file).
 *
 * @param base64 in I2P's Base64
 * @param base32 the name that I2P makes of it, 52 characters and {@code .b32.i2p}
 */
record Destination(String base64, String base32) {

    private static final int LENGTH_AT = 385;
    private static final int SHORTEST = 387;

    /** Certificates of today have up to some dozen bytes; keys of some thousand do not exist. */
    private static final int LONGEST = 4_096;

    /** @throws MalformedException where it is none, or more than one */
    static Destination parse(String base64) {
        byte[] bytes = bytes(base64);
        if (publicBytes(bytes) != bytes.length) {
            throw new MalformedException("bytes after the certificate");
        }
        return of(bytes);
    }

    /** The public part of private keys; {@code base64} holds them. */
    static Destination ofPrivate(String base64) {
        byte[] bytes = bytes(base64);
        int length = publicBytes(bytes);
        if (length == bytes.length) {
            throw new MalformedException("no private keys after the certificate");
        }
        return of(Arrays.copyOf(bytes, length));
    }

    /** Never in a log: it may be somebody's. */
    @Override
    public String toString() {
        return "Destination";
    }

    private static byte[] bytes(String base64) {
        if (base64.length() > LONGEST * 4 / 3) {
            throw new MalformedException("longer than any destination");
        }
        return I2pBase64.decode(base64);
    }

    private static int publicBytes(byte[] bytes) {
        if (bytes.length < SHORTEST) {
            throw new MalformedException("a destination cut short: %d bytes".formatted(bytes.length));
        }
        int length = SHORTEST + ((bytes[LENGTH_AT] & 0xFF) << 8 | bytes[LENGTH_AT + 1] & 0xFF);
        if (length > bytes.length) {
            throw new MalformedException("a certificate cut short");
        }
        return length;
    }

    private static Destination of(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Destination(I2pBase64.encode(bytes), Base32.encode(hash) + ".b32.i2p");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
