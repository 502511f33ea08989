package io.kairos.core.link.resource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** The one compression of the protocol. Stateless; slow, so never on a receiving thread. */
public final class Bzip2 {

    private static final int LEVEL = 9;
    private static final int SAMPLE = 16_384;
    private static final int SAMPLES = 3;
    private static final double WORTHWHILE = 0.97;

    private Bzip2() {}

    public static byte[] compress(byte[] in, int offset, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
        try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(out, LEVEL)) {
            bzip2.write(in, offset, length);
        } catch (IOException e) {
            throw new IllegalStateException("compressing in memory failed", e);
        }
        return out.toByteArray();
    }

    /** A stream of the original bytes; reading it fails with an {@link IOException} for anything malformed. */
    static InputStream decompressing(byte[] in, int offset, int length) throws IOException {
        return new BZip2CompressorInputStream(new ByteArrayInputStream(in, offset, length));
    }

    /**
     * Decompresses to memory.
     *
     * @param limit largest result in bytes
     * @throws IOException for anything malformed and for more than {@code limit} bytes
     */
    public static byte[] decompress(byte[] in, int limit) throws IOException {
        try (InputStream bzip2 = decompressing(in, 0, in.length)) {
            byte[] out = bzip2.readNBytes(limit);
            if (bzip2.read() >= 0) {
                throw new IOException("more than " + limit + " bytes");
            }
            return out;
        } catch (RuntimeException e) {
            throw new IOException("not bzip2", e); // some broken streams make the library trip over an index
        }
    }

    /**
     * Whether compression has a chance, judged by samples: bzip2 takes a hundred times as long as everything else we do
     * with incompressible bytes.
     */
    static boolean isWorthwhile(byte[] in, int offset, int length) {
        if (length <= SAMPLES * SAMPLE) {
            return true;
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            byte[] out = new byte[SAMPLE * 2];
            int compressed = 0;
            for (int i = 0; i < SAMPLES; i++) {
                int from = offset + (int) ((long) (length - SAMPLE) * i / (SAMPLES - 1));
                deflater.reset();
                deflater.setInput(Arrays.copyOfRange(in, from, from + SAMPLE));
                deflater.finish();
                compressed += deflater.deflate(out);
            }
            return compressed < WORTHWHILE * SAMPLES * SAMPLE;
        } finally {
            deflater.end();
        }
    }
}
