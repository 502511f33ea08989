package io.kairos.core.identity;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.crypto.KeyAgreement;
import io.kairos.api.crypto.Signer;
import io.kairos.api.crypto.Token;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The compatible suite on the JDK's own algorithms: slow, but real, so that vectors can be checked here. */
final class JdkSuite implements CryptoSuite {

    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String name() {
        return RETICULUM;
    }

    @Override
    public KeyAgreement keyAgreement() {
        return new Agreement();
    }

    @Override
    public Signer signer() {
        return new Ed25519();
    }

    @Override
    public byte[] deriveKey(int length, byte[] inputKey, byte[] salt, byte[] context) {
        byte[] prk = hmac(salt == null || salt.length == 0 ? new byte[32] : salt, inputKey);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[0];
        for (int i = 1; out.size() < length; i++) {
            block = hmac(prk, block, context == null ? new byte[0] : context, new byte[] {(byte) i});
            out.writeBytes(block);
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }

    @Override
    public Token token(byte[] key) {
        throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public byte[] encrypt(byte[] publicKey, byte[] identityHash, byte[] plaintext) {
        throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public Decrypted decrypt(List<byte[]> privateKeys, byte[] identityHash, byte[] ciphertext) {
        if (ciphertext.length < 32 + 16 + 16 + 32) {
            return null;
        }
        byte[] ephemeral = Arrays.copyOf(ciphertext, 32);
        byte[] token = Arrays.copyOfRange(ciphertext, 32, ciphertext.length);
        for (int i = 0; i < privateKeys.size(); i++) {
            byte[] shared = keyAgreement().agree(privateKeys.get(i), ephemeral);
            byte[] plain = shared == null ? null : open(deriveKey(64, shared, identityHash, null), token);
            if (plain != null) {
                return new Decrypted(plain, i);
            }
        }
        return null;
    }

    private static byte[] open(byte[] key, byte[] token) {
        byte[] sealed = Arrays.copyOf(token, token.length - 32);
        byte[] code = Arrays.copyOfRange(token, token.length - 32, token.length);
        if (!MessageDigest.isEqual(code, hmac(Arrays.copyOf(key, 32), sealed))) {
            return null;
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, 32, 32, "AES"), new IvParameterSpec(sealed, 0, 16));
            return cipher.doFinal(sealed, 16, sealed.length - 16);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fixed prefix of an encoded key and the 32 raw bytes. */
    private static byte[] encoded(String prefix, byte[] raw) {
        byte[] head = HEX.parseHex(prefix);
        byte[] all = Arrays.copyOf(head, head.length + raw.length);
        System.arraycopy(raw, 0, all, head.length, raw.length);
        return all;
    }

    private static final class Agreement implements KeyAgreement {

        @Override
        public String algorithm() {
            return "X25519";
        }

        @Override
        public byte[] generatePrivateKey() {
            throw new UnsupportedOperationException("the store draws its keys itself");
        }

        @Override
        public byte[] publicKey(byte[] privateKey) {
            byte[] basePoint = new byte[32];
            basePoint[0] = 9;
            return agree(privateKey, basePoint);
        }

        @Override
        public byte[] agree(byte[] privateKey, byte[] peerPublicKey) {
            try {
                KeyFactory keys = KeyFactory.getInstance("X25519");
                javax.crypto.KeyAgreement agreement = javax.crypto.KeyAgreement.getInstance("X25519");
                agreement.init(keys.generatePrivate(
                        new PKCS8EncodedKeySpec(encoded("302e020100300506032b656e04220420", privateKey))));
                agreement.doPhase(
                        keys.generatePublic(new X509EncodedKeySpec(encoded("302a300506032b656e032100", peerPublicKey))),
                        true);
                return agreement.generateSecret();
            } catch (GeneralSecurityException e) {
                return null;
            }
        }
    }

    private static final class Ed25519 implements Signer {

        @Override
        public String algorithm() {
            return "Ed25519";
        }

        @Override
        public byte[] generatePrivateKey() {
            throw new UnsupportedOperationException("the store draws its keys itself");
        }

        @Override
        public byte[] publicKey(byte[] privateKey) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
                generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(privateKey));
                byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
                return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] sign(byte[] privateKey, byte[] message) {
            try {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(KeyFactory.getInstance("Ed25519")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(encoded("302e020100300506032b657004220420", privateKey))));
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
            throw new UnsupportedOperationException("not needed here");
        }
    }

    /** Makes a key pair generator compute the public key of a given seed. */
    private static final class FixedRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        FixedRandom(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] out) {
            System.arraycopy(bytes, 0, out, 0, out.length);
        }
    }
}
