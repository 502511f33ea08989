package io.kairos.lib.discovery;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Proof of work: a stamp is found by trying, and checked with one hash.
 *
 * <pre>
 *  workblock   rounds times 256 bytes; round n: HKDF(material, salt SHA-256(material || MessagePack(n)))
 *  stamp       32 bytes
 *  value       leading zero bits of SHA-256(workblock || stamp)
 *  valid       that hash as a number is at most 2^(256 - cost)
 * </pre>
 *
 * <p>Threads: any; {@link #search} takes long.
 */
public final class Stamps {

    /** Length of a stamp in bytes. */
    public static final int LENGTH = 32;

    /** Dearest stamp that can be asked for. */
    public static final int DEAREST = 255;

    private static final int ROUND = 256;
    private static final int MOST_ROUNDS = 16_384;

    private final CryptoSuite suite;

    public Stamps(CryptoSuite suite) {
        this.suite = suite;
    }

    /**
     * What stamps of {@code material} are made over.
     *
     * @param rounds 1 to 16384; more make every check dearer
     */
    public byte[] workblock(byte[] material, int rounds) {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException("a workblock has 1 to %d rounds, not %d".formatted(MOST_ROUNDS, rounds));
        }
        byte[] block = new byte[rounds * ROUND];
        for (int n = 0; n < rounds; n++) {
            byte[] salt = Hashes.sha256(material, MessagePack.pack(n));
            System.arraycopy(suite.deriveKey(ROUND, material, salt, null), 0, block, n * ROUND, ROUND);
        }
        return block;
    }

    /** Leading zero bits of the hash over workblock and stamp. */
    public static int value(byte[] workblock, byte[] stamp) {
        return zeroBits(Hashes.sha256(workblock, stamp));
    }

    /** Whether a stamp is worth what is asked. */
    public static boolean isValid(byte[] stamp, int cost, byte[] workblock) {
        return stamp.length == LENGTH && isWorth(Hashes.sha256(workblock, stamp), cost);
    }

    /**
     * Looks for a stamp.
     *
     * @param cost 0 to {@value #DEAREST}; one more takes twice as long
     * @param random fills an array with random bytes
     * @param goOn asked now and then
     * @return empty where it was told to stop
     */
    public static Optional<byte[]> search(byte[] workblock, int cost, Consumer<byte[]> random, BooleanSupplier goOn) {
        if (cost < 0 || cost > DEAREST) {
            throw new IllegalArgumentException("a stamp costs 0 to %d, not %d".formatted(DEAREST, cost));
        }
        MessageDigest begun = Hashes.newSha256(); // the workblock is hashed once
        begun.update(workblock);
        byte[] stamp = new byte[LENGTH];
        while (goOn.getAsBoolean()) {
            random.accept(stamp);
            if (isWorth(copy(begun).digest(stamp), cost)) {
                return Optional.of(stamp);
            }
        }
        return Optional.empty();
    }

    /** At most 2^(256 - cost): enough zero bits, or exactly that power of two. */
    private static boolean isWorth(byte[] hash, int cost) {
        int zeros = zeroBits(hash);
        if (cost <= 0 || zeros >= cost) {
            return true;
        }
        return zeros == cost - 1 && isPowerOfTwo(hash);
    }

    private static boolean isPowerOfTwo(byte[] hash) {
        int ones = 0;
        for (byte part : hash) {
            ones += Integer.bitCount(part & 0xff);
        }
        return ones == 1;
    }

    private static int zeroBits(byte[] hash) {
        int zeros = 0;
        for (byte part : hash) {
            if (part != 0) {
                return zeros + Integer.numberOfLeadingZeros(part & 0xff) - 24;
            }
            zeros += Byte.SIZE;
        }
        return zeros;
    }

    private static MessageDigest copy(MessageDigest begun) {
        try {
            return (MessageDigest) begun.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this runtime cannot be copied", e);
        }
    }
}
