package io.kairos.crypto.reticulum;

import io.kairos.api.crypto.Token;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption as Reticulum does it: AES-CBC with PKCS#7 padding, then HMAC-SHA256 over IV and ciphertext.
 *
 * <pre>
 *  token                                         key      signing half   encryption half
 *  offset  size  field                           64 bytes 0..31          32..63  AES-256
 *  0       16    IV                              32 bytes 0..15          16..31  AES-128, legacy groups
 *  16      16n   ciphertext, n at least 1
 *  end-32  32    authentication code
 * </pre>
 *
 * <p>Of the padding the last byte alone is looked at, as Reticulum does; as the code is checked first, only the holder of
 * the key could make it anything else. Padding is done here and not by the cipher, because the JDK's cipher would then
 * decrypt through a buffer of its own.
 *
 * <p>Specification: docs/protocol/packet.md. Test vectors: {@code TokenVectors}. Threads: any, without locks: a cipher
 * is borrowed for one message and given back; whoever finds it borrowed makes another one.
 */
public final class CbcToken implements Token {

    private static final int BLOCK = 16;
    private static final int CODE = HmacSha256.LENGTH;
    private static final int OVERHEAD = BLOCK + CODE;

    /**
     * Long messages go through the cipher in pieces. The machine's AES instructions are only used for whole pieces by code
     * that was called thousands of times; a megabyte in one call never gets there and takes four times as long.
     */
    private static final int PIECE = 1024;

    private final HmacSha256 hmac;
    private final SecretKeySpec cipherKey;
    private final Consumer<byte[]> random;
    private final AtomicReference<Cipher> idleSealer = new AtomicReference<>();
    private final AtomicReference<Cipher> idleOpener = new AtomicReference<>();

    /**
     * Makes a token.
     *
     * @param key 64 or 32 bytes; not kept
     * @param random fills an array with bytes that nobody can predict
     */
    public CbcToken(byte[] key, Consumer<byte[]> random) {
        if (key.length != 64 && key.length != 32) {
            throw new IllegalArgumentException("a token key has 64 or 32 bytes, got " + key.length);
        }
        int half = key.length / 2;
        this.hmac = new HmacSha256(Arrays.copyOf(key, half));
        this.cipherKey = new SecretKeySpec(key, half, half, "AES");
        this.random = random;
    }

    /** Whether a token may have this length: IV, at least one block, authentication code. */
    public static boolean isPossibleLength(int length) {
        return length >= OVERHEAD + BLOCK && length % BLOCK == 0;
    }

    @Override
    public int sealedLength(int plainLength) {
        return OVERHEAD + plainLength - plainLength % BLOCK + BLOCK;
    }

    @Override
    public int seal(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(inOffset, length, in.length);
        Objects.checkFromIndexSize(outOffset, sealedLength(length), out.length);
        byte[] iv = new byte[BLOCK];
        random.accept(iv);
        byte[] lastBlock = Padding.lastBlock(in, inOffset, length);
        Cipher cipher = borrow(idleSealer);
        int at = outOffset + BLOCK;
        try {
            cipher.init(Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(iv));
            at += inPieces(cipher, in, inOffset, length - length % BLOCK, out, at);
            at += cipher.doFinal(lastBlock, 0, BLOCK, out, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CBC failed to encrypt", e);
        }
        idleSealer.set(cipher);
        // The IV is written last, so that in and out may be the same array.
        System.arraycopy(iv, 0, out, outOffset, BLOCK);
        hmac.authenticate(out, outOffset, at - outOffset, out, at);
        return at + CODE - outOffset;
    }

    @Override
    public int open(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        Objects.checkFromIndexSize(inOffset, length, in.length);
        if (!isPossibleLength(length) || !isAuthentic(in, inOffset, length)) {
            return -1;
        }
        int padded = length - OVERHEAD;
        Objects.checkFromIndexSize(outOffset, padded, out.length);
        Cipher cipher = borrow(idleOpener);
        try {
            cipher.init(Cipher.DECRYPT_MODE, cipherKey, new IvParameterSpec(in, inOffset, BLOCK));
            inPieces(cipher, in, inOffset + BLOCK, padded, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CBC failed to decrypt", e);
        }
        idleOpener.set(cipher);
        return Padding.plainLength(out, outOffset, padded);
    }

    /**
     * Whether the authentication code at the end of {@code in[offset, offset + length)} belongs to what precedes it,
     * whatever that is; false where there is nothing but a code.
     */
    public boolean isAuthentic(byte[] in, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, in.length);
        int signed = length - CODE;
        if (signed < 1) {
            return false;
        }
        byte[] expected = new byte[CODE];
        hmac.authenticate(in, offset, signed, expected, 0);
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(in, offset + signed, offset + length));
    }

    /** Whole blocks; in one piece where input and output may lie upon each other, which the cipher takes care of. */
    private static int inPieces(Cipher cipher, byte[] in, int inOffset, int length, byte[] out, int outOffset)
            throws GeneralSecurityException {
        int piece = in == out ? Math.max(1, length) : PIECE;
        int done = 0;
        while (done < length) {
            done += cipher.update(in, inOffset + done, Math.min(piece, length - done), out, outOffset + done);
        }
        return done;
    }

    private static Cipher borrow(AtomicReference<Cipher> idle) {
        Cipher cipher = idle.getAndSet(null);
        if (cipher != null) {
            return cipher;
        }
        try {
            return Cipher.getInstance("AES/CBC/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has AES-CBC", e);
        }
    }
}
