package io.kairos.crypto.jdk;

import io.kairos.api.crypto.Signer;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Ed25519 (RFC 8032, pure) by the Java runtime. Ranked low: it takes over while no other bundle offers Ed25519.
 *
 * <p>The runtime takes public keys of small order, with which one signature fits many messages; they are refused here.
 *
 * <p>Threads: any; stateless apart from the random source, which is safe to share.
 */
@Component(
        service = Signer.class,
        property = {Signer.ALGORITHM + "=" + JdkEd25519.NAME, "service.ranking:Integer=-100"})
public final class JdkEd25519 implements Signer {

    static final String NAME = "Ed25519";

    private static final int KEY = 32;
    private static final int SIGNATURE = 64;
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger OF_ORDER_8 =
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

    /** The y coordinates of all points of small order. */
    private static final Set<BigInteger> SMALL_ORDER = Set.of(
            BigInteger.ZERO, BigInteger.ONE, PRIME.subtract(BigInteger.ONE), OF_ORDER_8, PRIME.subtract(OF_ORDER_8));

    private final SecureRandom random;

    /** Draws keys from the platform's default source. */
    @Activate
    public JdkEd25519() {
        this(new SecureRandom());
    }

    JdkEd25519(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String algorithm() {
        return NAME;
    }

    @Override
    public byte[] generatePrivateKey() {
        byte[] seed = new byte[KEY];
        random.nextBytes(seed);
        return seed;
    }

    /** The runtime only tells public keys of pairs that it generates, so it generates one with this seed as its chance. */
    @Override
    public byte[] publicKey(byte[] privateKey) {
        requireSeed(privateKey);
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance(NAME);
            pairs.initialize(NamedParameterSpec.ED25519, new GivenBytes(privateKey));
            KeyPair pair = pairs.generateKeyPair();
            byte[] used = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            if (!MessageDigest.isEqual(privateKey, used)) {
                throw new IllegalStateException("this Java runtime draws keys in a way of its own");
            }
            return encoded(((EdECPublicKey) pair.getPublic()).getPoint());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has Ed25519", e);
        }
    }

    @Override
    public byte[] sign(byte[] privateKey, byte[] message) {
        byte[] seed = seedOf(privateKey);
        try {
            Signature signature = Signature.getInstance(NAME);
            EdECPrivateKeySpec spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed);
            PrivateKey key = KeyFactory.getInstance(NAME).generatePrivate(spec);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has Ed25519", e);
        }
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != KEY || signature.length != SIGNATURE) {
            return false;
        }
        BigInteger y = LittleEndian.withoutHighestBit(publicKey);
        if (y.compareTo(PRIME) >= 0 || SMALL_ORDER.contains(y)) {
            return false;
        }
        try {
            EdECPoint point = new EdECPoint(publicKey[KEY - 1] < 0, y);
            PublicKey key = KeyFactory.getInstance(NAME)
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
            Signature check = Signature.getInstance(NAME);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
            return false; // no point of the curve, or no signature at all
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has Ed25519", e);
        }
    }

    private byte[] seedOf(byte[] privateKey) {
        if (privateKey.length != 2 * KEY) {
            requireSeed(privateKey);
            return privateKey;
        }
        byte[] seed = Arrays.copyOf(privateKey, KEY);
        if (!MessageDigest.isEqual(publicKey(seed), Arrays.copyOfRange(privateKey, KEY, 2 * KEY))) {
            throw new IllegalArgumentException("the public key belongs to another seed");
        }
        return seed;
    }

    /** RFC 8032, 5.1.2: y little-endian, with the lowest bit of x on top. */
    private static byte[] encoded(EdECPoint point) {
        byte[] bigEndian = point.getY().toByteArray();
        byte[] out = new byte[KEY];
        for (int i = 0; i < Math.min(KEY, bigEndian.length); i++) {
            out[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (point.isXOdd()) {
            out[KEY - 1] |= (byte) 0x80;
        }
        return out;
    }

    private static void requireSeed(byte[] privateKey) {
        if (privateKey.length != KEY) {
            throw new IllegalArgumentException(
                    "an Ed25519 seed has %d bytes, got %d".formatted(KEY, privateKey.length));
        }
    }
}
