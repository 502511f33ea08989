package io.kairos.core.router.path;

import io.kairos.lib.wire.AnnounceCodec;
import java.util.Arrays;

/** Random blobs of announces back to back, oldest first; arrays are never changed once they are made. */
public final class Blobs {

    /** How many are kept for a path. */
    public static final int MOST = 64;

    private static final int SIZE = AnnounceCodec.BLOB;

    private Blobs() {}

    public static boolean contains(byte[] blobs, byte[] blob) {
        for (int at = 0; at < blobs.length; at += SIZE) {
            if (Arrays.equals(blobs, at, at + SIZE, blob, 0, SIZE)) {
                return true;
            }
        }
        return false;
    }

    /** With {@code blob} behind the others, unless it is there; the oldest go first. */
    public static byte[] with(byte[] blobs, byte[] blob) {
        if (contains(blobs, blob)) {
            return blobs;
        }
        byte[] kept = newest(blobs, MOST - 1);
        byte[] more = Arrays.copyOf(kept, kept.length + SIZE);
        System.arraycopy(blob, 0, more, kept.length, SIZE);
        return more;
    }

    /** The newest of them. */
    public static byte[] newest(byte[] blobs, int most) {
        return blobs.length <= most * SIZE
                ? blobs
                : Arrays.copyOfRange(blobs, blobs.length - most * SIZE, blobs.length);
    }

    /** Largest emission time in seconds; 0 where there is none. */
    public static long latest(byte[] blobs) {
        long latest = 0;
        for (int at = 0; at < blobs.length; at += SIZE) {
            latest = Math.max(latest, AnnounceCodec.emissionSeconds(blobs, at));
        }
        return latest;
    }
}
