package org.example.hello;

import io.kairos.api.crypto.Token;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** {@code IV(16) || AES-CBC(PKCS7(plaintext)) || HMAC-SHA256(32)}; the first half of the key signs. Threads: any. */
final class HelloToken implements Token {

    private static final int BLOCK = 16;
    private static final int CODE = HelloKeys.CODE;

    private final SecureRandom random = new SecureRandom();
    private final byte[] signing;
    private final SecretKeySpec encrypting;

    HelloToken(byte[] key) {
        if (key.length != 64 && key.length != 32) {
            throw new IllegalArgumentException("a token key has 64 or 32 bytes, got " + key.length);
        }
        int half = key.length / 2;
        signing = Arrays.copyOf(key, half);
        encrypting = new SecretKeySpec(key, half, half, "AES");
    }

    @Override
    public int sealedLength(int plainLength) {
        return BLOCK + plainLength / BLOCK * BLOCK + BLOCK + CODE;
    }

    @Override
    public int seal(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        byte[] iv = new byte[BLOCK];
        random.nextBytes(iv);
        byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, iv, in, inOffset, length);
        byte[] code = HelloKeys.hmac(signing, iv, encrypted);
        System.arraycopy(iv, 0, out, outOffset, BLOCK);
        System.arraycopy(encrypted, 0, out, outOffset + BLOCK, encrypted.length);
        System.arraycopy(code, 0, out, outOffset + BLOCK + encrypted.length, CODE);
        return BLOCK + encrypted.length + CODE;
    }

    @Override
    public int open(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        int signed = length - CODE;
        if (signed < 2 * BLOCK || signed % BLOCK != 0) {
            return -1;
        }
        byte[] token = Arrays.copyOfRange(in, inOffset, inOffset + length);
        byte[] expected = HelloKeys.hmac(signing, Arrays.copyOf(token, signed));
        // in constant time, and before anything is decrypted
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(token, signed, length))) {
            return -1;
        }
        byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(token, BLOCK), token, BLOCK, signed - BLOCK);
        if (plain == null) {
            return -1;
        }
        System.arraycopy(plain, 0, out, outOffset, plain.length);
        return plain.length;
    }

    private byte[] cipher(int mode, byte[] iv, byte[] in, int offset, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, encrypting, new IvParameterSpec(iv));
            return cipher.doFinal(in, offset, length);
        } catch (GeneralSecurityException e) {
            if (mode == Cipher.DECRYPT_MODE) {
                return null; // padding that is none, made by somebody who has the key
            }
            throw new IllegalStateException("every Java 17 runtime has AES-CBC", e);
        }
    }
}
