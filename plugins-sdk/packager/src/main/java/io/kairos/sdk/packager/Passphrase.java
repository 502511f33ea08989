package io.kairos.sdk.packager;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/** Encrypts keys under a passphrase: PKCS #8 with PBES2, PBKDF2 with HMAC-SHA256 and AES-256-CBC, as OpenSSL reads it. */
final class Passphrase {

    private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";
    private static final int ROUNDS = 600_000;
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int SALT = 16;
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    /** The object identifier of PBES2, as DER has it. */
    private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");

    private Passphrase() {}

    static byte[] encrypt(byte[] encoded, char[] passphrase) throws IOException {
        try {
            byte[] salt = new byte[SALT];
            new SecureRandom().nextBytes(salt);
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(Cipher.ENCRYPT_MODE, key(passphrase), new PBEParameterSpec(salt, ROUNDS));
            byte[] encrypted = cipher.doFinal(encoded);
            // EncryptedPrivateKeyInfo reads this form but cannot write it before Java 19
            byte[] algorithm = tagged(SEQUENCE, PBES2, cipher.getParameters().getEncoded());
            return tagged(SEQUENCE, algorithm, tagged(OCTETS, encrypted));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has " + ALGORITHM, e);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made, or OpenSSL with {@code -aes256}.
     *
     * @throws MeshException where the passphrase is wrong or the encryption is of another kind
     */
    static byte[] decrypt(byte[] encrypted, char[] passphrase) throws IOException {
        try {
            EncryptedPrivateKeyInfo read = new EncryptedPrivateKeyInfo(encrypted);
            AlgorithmParameters parameters = read.getAlgParameters();
            PBEParameterSpec spec = parameters.getParameterSpec(PBEParameterSpec.class);
            if (spec.getIterationCount() > MOST_ROUNDS) {
                throw refused(null);
            }
            String kind = parameters.toString(); // the name of the whole scheme, which getAlgorithm() does not tell
            Cipher cipher = Cipher.getInstance(kind);
            SecretKey key = SecretKeyFactory.getInstance(kind).generateSecret(new PBEKeySpec(passphrase));
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return cipher.doFinal(read.getEncryptedData());
        } catch (GeneralSecurityException e) {
            throw refused(e);
        }
    }

    private static byte[] tagged(int tag, byte[]... parts) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.write(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() > 127) {
            out.write(0x81); // one more byte of length: nothing here has more than 255
        }
        out.write(content.size());
        content.writeTo(out);
        return out.toByteArray();
    }

    private static SecretKey key(char[] passphrase) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(new PBEKeySpec(passphrase));
    }

    private static MeshException refused(Throwable cause) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "The key cannot be decrypted",
                "Give the passphrase it was made with in KAIROS_KEY_PASSPHRASE.",
                cause);
    }
}
