package io.kairos.lib.discovery;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.bytes.Hashes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Translates the application data of discovery announces.
 *
 * <pre>
 *  offset  size  field
 *  0       1     flags      bit 1: what follows is encrypted to the identity of a network; others are ignored
 *  1       ...   packed     the advertisement
 *  end-32  32    stamp      over SHA-256(packed) with 20 rounds
 * </pre>
 */
public final class StampedCodec {

    /** Name of the destinations that announce interfaces. */
    public static final String DESTINATION = "rnstransport.discovery.interface";

    /** Cost of a stamp where nobody decides otherwise. */
    public static final int USUAL_COST = 16;

    /** Rounds of the workblock. */
    public static final int ROUNDS = 20;

    private static final int ENCRYPTED = 0b10;

    private StampedCodec() {}

    /** What the stamp is for. */
    public static byte[] material(byte[] packed) {
        return Hashes.sha256(packed);
    }

    /** Open application data. */
    public static byte[] encode(byte[] packed, byte[] stamp) {
        return ByteBuffer.allocate(1 + packed.length + stamp.length)
                .put((byte) 0)
                .put(packed)
                .put(stamp)
                .array();
    }

    /** Application data that only a network can read. */
    public static byte[] encode(byte[] packed, byte[] stamp, Function<byte[], byte[]> encrypt) {
        byte[] clear = encode(packed, stamp);
        byte[] sealed = encrypt.apply(Arrays.copyOfRange(clear, 1, clear.length));
        return ByteBuffer.allocate(1 + sealed.length)
                .put((byte) ENCRYPTED)
                .put(sealed)
                .array();
    }

    /**
     * Reads application data; says nothing about the stamp.
     *
     * @param decrypt with the identity of the network; empty for what it cannot read
     */
    public static Stamped decode(byte[] appData, Function<byte[], Optional<byte[]>> decrypt) {
        if (appData.length <= 1 + Stamps.LENGTH) {
            throw new MalformedException("%d bytes are no discovery announce".formatted(appData.length));
        }
        byte[] body = Arrays.copyOfRange(appData, 1, appData.length);
        if ((appData[0] & ENCRYPTED) != 0) {
            body = decrypt.apply(body).orElseThrow(() -> new MalformedException("it is for another network"));
        }
        if (body.length <= Stamps.LENGTH) {
            throw new MalformedException("no room for a stamp");
        }
        int end = body.length - Stamps.LENGTH;
        return new Stamped(Arrays.copyOf(body, end), Arrays.copyOfRange(body, end, body.length));
    }

    /** An advertisement as it was packed, and its stamp. */
    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
    public record Stamped(byte[] packed, byte[] stamp) {}
}
