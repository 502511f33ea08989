package io.kairos.lib.bytes;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.StringJoiner;

/** SHA-256 and the truncated hashes made of it. Threads: any; the digest is kept for each thread. */
public final class Hashes {

    /** Length of a full hash in bytes. */
    public static final int FULL = 32;

    /** Length of a truncated hash in bytes. */
    public static final int TRUNCATED = 16;

    /** Length of the hash of a destination's name in bytes. */
    public static final int NAME = 10;

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Hashes::newSha256);

    private Hashes() {}

    /** A digest of its own for callers that feed it piece by piece. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java 17 runtime has SHA-256", e);
        }
    }

    /** SHA-256 of the concatenated parts. */
    public static byte[] sha256(byte[]... parts) {
        MessageDigest digest = fresh();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** SHA-256 of one leading byte and a range, written to {@code out} at {@code outOffset}; allocates nothing. */
    public static void sha256(byte lead, byte[] in, int offset, int length, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(offset, length, in.length);
        MessageDigest digest = fresh();
        digest.update(lead);
        digest.update(in, offset, length);
        try {
            digest.digest(out, outOffset, FULL);
        } catch (DigestException e) {
            throw new IllegalArgumentException("no room for a hash", e);
        }
    }

    /** The first sixteen bytes of SHA-256 of the concatenated parts. */
    public static byte[] truncated(byte[]... parts) {
        return Arrays.copyOf(sha256(parts), TRUNCATED);
    }

    /** The hash of an identity: truncated hash of its 64 public-key bytes. */
    public static IdentityHash identity(byte[] publicKeys) {
        return IdentityHash.of(sha256(publicKeys), 0);
    }

    /**
     * The full name of a destination: application name and aspects joined by dots.
     *
     * @throws IllegalArgumentException where one of them has a dot itself
     */
    public static String fullName(String application, String... aspects) {
        StringJoiner name = new StringJoiner(".");
        name.add(withoutDot(application));
        for (String aspect : aspects) {
            name.add(withoutDot(aspect));
        }
        return name.toString();
    }

    /** The hash of a destination's full name (application name and aspects with dots), ten bytes. */
    public static byte[] name(String fullName) {
        return Arrays.copyOf(sha256(fullName.getBytes(StandardCharsets.UTF_8)), NAME);
    }

    /** The name of a ratchet, by which one key is told from another: ten bytes of the hash of its public key. */
    public static byte[] ratchet(byte[] publicKey) {
        return Arrays.copyOf(sha256(publicKey), NAME);
    }

    /** The address of a destination of an identity. */
    public static DestinationHash destination(String fullName, IdentityHash identity) {
        return DestinationHash.of(sha256(name(fullName), identity.toBytes()), 0);
    }

    /** The address of a PLAIN destination. */
    public static DestinationHash plainDestination(String fullName) {
        return DestinationHash.of(sha256(name(fullName)), 0);
    }

    /** Whether both are equal, in time that does not depend on where they differ. */
    public static boolean same(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    /** The digest of this thread; a call that failed halfway may have left something in it. */
    private static MessageDigest fresh() {
        MessageDigest digest = SHA256.get();
        digest.reset();
        return digest;
    }

    private static String withoutDot(String part) {
        if (part.indexOf('.') >= 0) {
            throw new IllegalArgumentException("a part of a destination's name has no dot, got '" + part + "'");
        }
        return part;
    }
}
