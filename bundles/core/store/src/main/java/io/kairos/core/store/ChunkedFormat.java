package io.kairos.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Format 1: AES-256-GCM in chunks, so that a document of any size passes through 64 KiB of memory.
 *
 * <pre>
 *  after the header: chunk, chunk, ..., last chunk
 *  chunk       65,536 bytes of content, encrypted, and 16 bytes of tag
 *  last chunk  0 to 65,536 bytes of content, encrypted, and 16 bytes of tag; empty only in an empty document
 *
 *  key    HMAC-SHA-256(machine key, "kairos store 1" || 0 || salt || name in UTF-8)
 *  nonce  zero (3) || number of the chunk, from 0 (8) || 1 for the last chunk, else 0 (1)
 *  data   the header, authenticated with every chunk
 * </pre>
 *
 * The key is new with every write, so a counter is a safe nonce. The number in the nonce detects reordered chunks, the mark
 * of the last one detects a file that is cut short or continued, the name in the key one that was moved to another name.
 */
final class ChunkedFormat implements DocumentFormat {

    static final int CHUNK = 65_536;
    static final int TAG = 16;

    private static final byte[] PURPOSE = "kairos store 1\0".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec machineKey;

    ChunkedFormat(byte[] machineKey) {
        this.machineKey = new SecretKeySpec(machineKey, "HmacSHA256");
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Body encrypt(DocumentHeader header, DocumentName name, OutputStream out) {
        return new Encryption(new ChunkCipher(key(header, name), header), out);
    }

    @Override
    public InputStream decrypt(DocumentHeader header, DocumentName name, InputStream in, long length) {
        return new Decryption(new ChunkCipher(key(header, name), header), in, length);
    }

    private SecretKeySpec key(DocumentHeader header, DocumentName name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(machineKey);
            mac.update(PURPOSE);
            mac.update(header.salt());
            return new SecretKeySpec(mac.doFinal(name.text().getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has HmacSHA256", e);
        }
    }

    /** The key of one file and the number of the next chunk. */
    private static final class ChunkCipher {

        private final SecretKeySpec key;
        private final byte[] header;
        private final Cipher cipher;
        private long number;

        ChunkCipher(SecretKeySpec key, DocumentHeader header) {
            this.key = key;
            this.header = header.toBytes();
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java 17 runtime has AES/GCM", e);
            }
        }

        int next(int mode, boolean isLast, byte[] in, int length, byte[] out) throws GeneralSecurityException {
            byte[] nonce = ByteBuffer.allocate(12)
                    .put(new byte[3])
                    .putLong(number++)
                    .put((byte) (isLast ? 1 : 0))
                    .array();
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(header);
            return cipher.doFinal(in, 0, length, out, 0);
        }
    }

    private static final class Encryption extends Body {

        private final ChunkCipher cipher;
        private final OutputStream out;
        private final byte[] content = new byte[CHUNK];
        private final byte[] sealed = new byte[CHUNK + TAG];
        private int filled;
        private boolean finished;

        Encryption(ChunkCipher cipher, OutputStream out) {
            this.cipher = cipher;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (finished) {
                throw new IOException("the document is complete already");
            }
            int from = offset;
            int left = length;
            while (left > 0) {
                if (filled == CHUNK) {
                    seal(false); // only now it is certain that this chunk is not the last
                }
                int part = Math.min(left, CHUNK - filled);
                System.arraycopy(bytes, from, content, filled, part);
                filled += part;
                from += part;
                left -= part;
            }
        }

        @Override
        void finish() throws IOException {
            seal(true);
            finished = true;
        }

        private void seal(boolean isLast) throws IOException {
            try {
                out.write(sealed, 0, cipher.next(Cipher.ENCRYPT_MODE, isLast, content, filled, sealed));
                filled = 0;
            } catch (GeneralSecurityException e) {
                throw new IOException("a chunk cannot be encrypted", e);
            }
        }
    }

    private static final class Decryption extends InputStream {

        private final ChunkCipher cipher;
        private final InputStream in;
        private final byte[] sealed = new byte[CHUNK + TAG];
        private final byte[] content = new byte[CHUNK];
        private long left; // bytes of the file that were not read yet
        private int position;
        private int available;
        private boolean lastSeen;

        Decryption(ChunkCipher cipher, InputStream in, long length) {
            this.cipher = cipher;
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] out, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (position == available) {
                if (lastSeen) {
                    return -1;
                }
                open();
            }
            int part = Math.min(length, available - position);
            System.arraycopy(content, position, out, offset, part);
            position += part;
            return part;
        }

        private void open() throws IOException {
            int length = (int) Math.min(left, CHUNK + TAG);
            boolean isLast = left <= CHUNK + TAG;
            if (length < TAG || in.readNBytes(sealed, 0, length) < length) {
                throw new DamagedException("cut short");
            }
            try {
                available = cipher.next(Cipher.DECRYPT_MODE, isLast, sealed, length, content);
            } catch (GeneralSecurityException e) {
                throw new DamagedException("content is not authentic", e);
            }
            left -= length;
            position = 0;
            lastSeen = isLast;
        }
    }
}
