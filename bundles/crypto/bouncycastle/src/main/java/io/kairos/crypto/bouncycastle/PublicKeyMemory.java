package io.kairos.crypto.bouncycastle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;

/**
 * Remembers the public keys of seeds that were used lately, without keeping a seed: an entry is found by a SHA-256 that
 * is salted with a secret of this process.
 *
 * <p>A signature made with the wrong public key gives the private key away, so an entry counts only when all 256 bits
 * of the hash agree; the place in the table is no more than a hint.
 *
 * <p>Threads: any. Entries are immutable and replaced whole; a lost race costs one derivation.
 */
final class PublicKeyMemory {

    private static final int PLACES = 64;

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(PublicKeyMemory::newSha256);

    private final AtomicReferenceArray<Entry> places = new AtomicReferenceArray<>(PLACES);
    private final byte[] salt = new byte[32];
    private final UnaryOperator<byte[]> derive;

    PublicKeyMemory(SecureRandom random, UnaryOperator<byte[]> derive) {
        random.nextBytes(salt);
        this.derive = derive;
    }

    /** The public key of {@code seed}; shared, so it must not be changed. */
    byte[] of(byte[] seed) {
        MessageDigest digest = SHA256.get();
        digest.update(salt);
        byte[] hash = digest.digest(seed);
        int place = hash[0] & PLACES - 1;
        Entry known = places.get(place);
        if (known != null && Arrays.equals(known.hash, hash)) {
            return known.publicKey;
        }
        byte[] publicKey = derive.apply(seed);
        places.set(place, new Entry(hash, publicKey));
        return publicKey;
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java 17 runtime has SHA-256", e);
        }
    }

    private static final class Entry {

        private final byte[] hash;
        private final byte[] publicKey;

        Entry(byte[] hash, byte[] publicKey) {
            this.hash = hash;
            this.publicKey = publicKey;
        }
    }
}
