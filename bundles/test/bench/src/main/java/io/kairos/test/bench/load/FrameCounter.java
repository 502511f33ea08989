package io.kairos.test.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts frames of at least a given length on a stream until it ends. */
final class FrameCounter implements Runnable {

    private final InputStream in;
    private final int atLeast;
    private final AtomicLong frames = new AtomicLong();
    private volatile String failure = "";

    FrameCounter(InputStream in, int atLeast) {
        this.in = in;
        this.atLeast = atLeast;
    }

    long frames() {
        return frames.get();
    }

    String failure() {
        return failure;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[1 << 18];
        int length = 0;
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                long complete = 0;
                for (int i = 0; i < n; i++) {
                    if (buffer[i] == MeshSocket.FLAG) {
                        complete += length >= atLeast ? 1 : 0;
                        length = 0;
                    } else {
                        length++;
                    }
                }
                frames.addAndGet(complete);
            }
        } catch (IOException e) {
            failure = e.toString(); // normal when the run ends by closing the socket; shown when nothing was counted
        }
    }
}
