package io.kairos.test.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that a kind, a seed and a size stand for, the same in every peer; and their hash. */
final class Content {

    private Content() {}

    static byte[] of(String kind, long seed, int size) {
        return kind.equals("text") ? text(seed, size) : random(seed, size);
    }

    private static byte[] text(long seed, int size) {
        byte[] line = "line of text, seed %d\n".formatted(seed).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[size];
        for (int at = 0; at < size; at += line.length) {
            System.arraycopy(line, 0, bytes, at, Math.min(line.length, size - at));
        }
        return bytes;
    }

    private static byte[] random(long seed, int size) {
        MessageDigest sha256 = sha256();
        byte[] bytes =
                new byte[size]; // large ones fill a small heap: there must be no second one, not even for a moment
        byte[] hash = new byte[32];
        ByteBuffer block = ByteBuffer.allocate(16);
        try {
            for (int at = 0; at < size; at += 32) {
                block.putLong(0, seed).putLong(8, at / 32);
                sha256.update(block.array());
                sha256.digest(hash, 0, 32);
                System.arraycopy(hash, 0, bytes, at, Math.min(32, size - at));
            }
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return bytes;
    }

    static byte[] hash(byte[] bytes) {
        return sha256().digest(bytes);
    }

    static byte[] hash(InputStream in) {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[65_536];
        try (in) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sha256.digest();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
