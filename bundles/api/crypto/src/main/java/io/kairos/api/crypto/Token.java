package io.kairos.api.crypto;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Authenticated encryption under one fixed key: {@code IV(16) || AES-CBC(PKCS7(plaintext)) || HMAC-SHA256(32)}. Made by
 * {@link CryptoSuite#token}; keeps working when the suite's bundle is replaced.
 *
 * <p>Threads: any thread; instances synchronise by themselves.
 */
@ConsumerType
public interface Token {

    /** The ciphers there are; the length of the key decides which one is used. */
    enum Mode {
        /** For everything new. */
        AES_256_CBC(64),
        /** For groups that exist already. */
        AES_128_CBC(32);

        private final int keyBytes;

        Mode(int keyBytes) {
            this.keyBytes = keyBytes;
        }

        /** Bytes of a key: half of it signs, half of it encrypts. */
        public int keyBytes() {
            return keyBytes;
        }

        /**
         * The mode of this name.
         *
         * @throws IllegalArgumentException where there is none
         */
        public static Mode named(String name) {
            for (Mode mode : values()) {
                if (mode.name().equals(name)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException("no token mode is called " + name);
        }
    }

    /** Bytes that {@link #seal} needs for a plaintext of {@code plainLength} bytes. */
    int sealedLength(int plainLength);

    /**
     * Encrypts {@code in[inOffset, inOffset + length)} to {@code out} from {@code outOffset} on.
     *
     * @return bytes written, always {@link #sealedLength}
     */
    int seal(byte[] in, int inOffset, int length, byte[] out, int outOffset);

    /**
     * Checks and decrypts {@code in[inOffset, inOffset + length)} to {@code out} from {@code outOffset} on, which has room
     * for {@code length} bytes. The authentication code is compared in constant time before anything is decrypted.
     *
     * @return bytes of plaintext, or -1 when the token is not authentic
     */
    int open(byte[] in, int inOffset, int length, byte[] out, int outOffset);

    /** Encrypts to a new array. */
    default byte[] seal(byte[] plaintext) {
        byte[] out = new byte[sealedLength(plaintext.length)];
        seal(plaintext, 0, plaintext.length, out, 0);
        return out;
    }

    /** Decrypts to a new array, or {@code null} when the token is not authentic. */
    default byte[] open(byte[] token) {
        byte[] out = new byte[token.length];
        int length = open(token, 0, token.length, out, 0);
        return length < 0 ? null : java.util.Arrays.copyOf(out, length);
    }
}
