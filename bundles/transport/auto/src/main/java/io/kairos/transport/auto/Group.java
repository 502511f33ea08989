package io.kairos.transport.auto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What follows from the name of a group: where its members meet and how they recognise each other. */
public final class Group {

    /** Length of a token in bytes; what follows it in a datagram is ignored. */
    static final int TOKEN_BYTES = 32;

    /** How far the search reaches; the digit stands in the multicast address. */
    enum Scope {
        LINK(0x2),
        ADMIN(0x4),
        SITE(0x5),
        ORGANISATION(0x8),
        GLOBAL(0xE);

        private final int digit;

        Scope(int digit) {
            this.digit = digit;
        }
    }

    private final byte[] id;

    Group(String id) {
        this(id.getBytes(StandardCharsets.UTF_8));
    }

    /** A group by the bytes of its name. */
    public Group(byte[] id) {
        this.id = id.clone();
    }

    /**
     * The multicast address: {@code ff}, a digit for temporary, a digit for the scope, a zero group and six groups of the
     * name's hash. The first two bytes of the hash are not used.
     */
    byte[] multicastAddress(boolean temporary, Scope scope) {
        byte[] address = new byte[16];
        address[0] = (byte) 0xFF;
        address[1] = (byte) ((temporary ? 0x10 : 0) | scope.digit);
        System.arraycopy(sha256(id, new byte[0]), 2, address, 4, 12);
        return address;
    }

    /** What a member at {@code address}, a link-local address in its canonical text, sends to be recognised. */
    public byte[] token(String address) {
        return sha256(id, address.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a datagram proves that its source is a member. */
    boolean isFromMember(byte[] datagram, int length, String source) {
        return length >= TOKEN_BYTES && MessageDigest.isEqual(Arrays.copyOf(datagram, TOKEN_BYTES), token(source));
    }

    static byte[] sha256(byte[] first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            return digest.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
