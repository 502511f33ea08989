package io.kairos.core.router.ports;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.lib.bytes.Hashes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Closes an interface to strangers: puts an access code into every packet that leaves and refuses packets without one
 * (docs/protocol/packet.md, interface access codes).
 *
 * <pre>
 *  offset  size  field
 *  0       1     flags    masked, then bit 7 set
 *  1       1     hops     masked
 *  2       s     code     last s bytes of the signature over the packet; seeds the mask
 *  2 + s   ...   rest     masked
 * </pre>
 *
 * <p>The key is derived once; without a crypto suite nothing passes in either direction. Threads: any.
 */
public final class AccessGate {

    private static final byte[] SALT =
            HexFormat.of().parseHex("adf54d882c9a9b80771eb4995d702d4a3e733391b2a0f53f416d9f907e55cff8");
    private static final int KEY = 64;
    private static final int FLAG = 0x80;

    private final AccessCode code;
    private final int size;
    private final Supplier<Optional<CryptoSuite>> suites;
    private volatile byte[] key;

    public AccessGate(AccessCode code, Supplier<Optional<CryptoSuite>> suites) {
        this.code = code;
        this.size = code.sizeBytes();
        this.suites = suites;
    }

    AccessCode code() {
        return code;
    }

    /** Length of the code in bytes. */
    public int size() {
        return size;
    }

    /** By which operators compare access codes, 64 bytes; empty while there is no crypto suite. */
    public Optional<byte[]> signature() {
        CryptoSuite suite = suites.get().orElse(null);
        try {
            return suite == null ? Optional.empty() : Optional.of(signatureOf(suite, Hashes.sha256(key(suite))));
        } catch (MeshException incomplete) {
            return Optional.empty();
        }
    }

    /**
     * Checks a packet and removes its code in place: afterwards it starts {@link #size()} bytes later.
     *
     * @return length of the packet without code, or -1 where it is refused; then its bytes are garbage
     */
    public int open(byte[] raw, int offset, int length) {
        CryptoSuite suite = suites.get().orElse(null);
        if (suite == null || length <= 2 + size || (raw[offset] & FLAG) == 0) {
            return -1;
        }
        try {
            return open(suite, raw, offset, length);
        } catch (MeshException incomplete) { // the suite is there, its primitives are not
            return -1;
        }
    }

    private int open(CryptoSuite suite, byte[] raw, int offset, int length) {
        byte[] claimed = Arrays.copyOfRange(raw, offset + 2, offset + 2 + size);
        mask(raw, offset, length, suite.deriveKey(length, claimed, key(suite), null));
        raw[offset + size + 1] = raw[offset + 1];
        raw[offset + size] = (byte) (raw[offset] & ~FLAG);
        byte[] clear = Arrays.copyOfRange(raw, offset + size, offset + length);
        return Hashes.same(codeOf(suite, clear), claimed) ? length - size : -1;
    }

    /** A copy of the packet with code, or {@code null} while there is no crypto suite. */
    public byte[] seal(byte[] raw, int offset, int length) {
        CryptoSuite suite = suites.get().orElse(null);
        try {
            return suite == null ? null : seal(suite, raw, offset, length);
        } catch (MeshException incomplete) {
            return null;
        }
    }

    private byte[] seal(CryptoSuite suite, byte[] raw, int offset, int length) {
        byte[] made = codeOf(suite, Arrays.copyOfRange(raw, offset, offset + length));
        byte[] sealed = new byte[length + size];
        sealed[0] = raw[offset];
        sealed[1] = raw[offset + 1];
        System.arraycopy(made, 0, sealed, 2, size);
        System.arraycopy(raw, offset + 2, sealed, 2 + size, length - 2);
        mask(sealed, 0, sealed.length, suite.deriveKey(sealed.length, made, key(suite), null));
        sealed[0] |= (byte) FLAG;
        return sealed;
    }

    private void mask(byte[] packet, int offset, int length, byte[] mask) {
        packet[offset] ^= mask[0];
        packet[offset + 1] ^= mask[1];
        for (int i = size + 2; i < length; i++) {
            packet[offset + i] ^= mask[i];
        }
    }

    private byte[] codeOf(CryptoSuite suite, byte[] clear) {
        byte[] signature = signatureOf(suite, clear);
        return Arrays.copyOfRange(signature, signature.length - size, signature.length);
    }

    private byte[] signatureOf(CryptoSuite suite, byte[] message) {
        return suite.signer().sign(Arrays.copyOfRange(key(suite), KEY / 2, KEY), message);
    }

    private byte[] key(CryptoSuite suite) {
        byte[] derived = key;
        if (derived == null) {
            derived = suite.deriveKey(KEY, Hashes.sha256(origin(code)), SALT, null);
            key = derived;
        }
        return derived;
    }

    private static byte[] origin(AccessCode code) {
        ByteArrayOutputStream origin = new ByteArrayOutputStream();
        code.networkName().ifPresent(name -> origin.writeBytes(hash(name)));
        code.passphrase().ifPresent(phrase -> origin.writeBytes(hash(phrase)));
        return origin.toByteArray();
    }

    private static byte[] hash(String text) {
        return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "AccessGate[" + size + " bytes]";
    }
}
