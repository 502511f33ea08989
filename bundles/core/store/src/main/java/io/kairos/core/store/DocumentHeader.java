package io.kairos.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The first bytes of every document, in every format version.
 *
 * <pre>
 *  offset  size  field
 *  0       8     magic    "KairosDS"
 *  8       1     version  of the format
 *  9       3     zero
 *  12      32    salt     random, new with every write
 *  44      4     CRC-32   of bytes 0..43, big endian: tells a damaged file from one of a newer version
 * </pre>
 *
 * Not authentic by itself: formats authenticate it together with the content.
 */
final class DocumentHeader {

    static final int LENGTH = 48;
    static final int SALT = 32;

    private static final byte[] MAGIC = "KairosDS".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_AT = 8;
    private static final int SALT_AT = 12;
    private static final int CRC_AT = 44;

    private final byte[] bytes;

    private DocumentHeader(byte[] bytes) {
        this.bytes = bytes;
    }

    static DocumentHeader of(int version, byte[] salt) {
        ByteBuffer out = ByteBuffer.allocate(LENGTH);
        out.put(MAGIC).put((byte) version).position(SALT_AT);
        out.put(salt, 0, SALT);
        out.putInt(crc(out.array()));
        return new DocumentHeader(out.array());
    }

    /** Reads a header; {@link DamagedException} where there is none. */
    static DocumentHeader read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LENGTH);
        if (bytes.length < LENGTH) {
            throw new DamagedException("header cut short: %d of %d bytes".formatted(bytes.length, LENGTH));
        }
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || ByteBuffer.wrap(bytes).getInt(CRC_AT) != crc(bytes)) {
            throw new DamagedException("header changed");
        }
        return new DocumentHeader(bytes);
    }

    int version() {
        return Byte.toUnsignedInt(bytes[VERSION_AT]);
    }

    byte[] salt() {
        return Arrays.copyOfRange(bytes, SALT_AT, SALT_AT + SALT);
    }

    byte[] toBytes() {
        return bytes.clone();
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, CRC_AT);
        return (int) crc.getValue();
    }
}
