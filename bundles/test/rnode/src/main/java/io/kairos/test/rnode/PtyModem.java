package io.kairos.test.rnode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A modem at a pseudo-terminal that socat makes; whoever opens the path sees a serial port. When the host closes it, the
 * terminal goes and comes again, as if the device had been pulled and put back.
 */
public final class PtyModem implements AutoCloseable {

    private final Modem modem;
    private final Path path;
    private volatile Process socat;
    private volatile boolean closed;

    public PtyModem(Modem modem, Path path) {
        this.modem = modem;
        this.path = path;
        plug();
    }

    /** Puts the device in. */
    public void plug() {
        closed = false;
        start();
        Thread thread = new Thread(this::serve, "simulated-" + modem.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void start() {
        try {
            Files.deleteIfExists(path);
            socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + path, "stdio")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("socat is needed for pseudo-terminals", e);
        }
    }

    private void serve() {
        while (!closed) {
            Process running = socat;
            try {
                talk(running);
            } catch (IOException e) {
                // the host has closed the terminal
            }
            modem.disconnect();
            running.destroyForcibly();
            if (!closed) {
                start();
            }
        }
    }

    private void talk(Process running) throws IOException {
        OutputStream out = running.getOutputStream();
        InputStream in = running.getInputStream();
        modem.connect(bytes -> {
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                running.destroyForcibly(); // the reading thread sees the end
            }
        });
        byte[] buffer = new byte[4_096];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            modem.fromHost(buffer, count);
        }
    }

    /** Pulls the device out. */
    @Override
    public void close() {
        closed = true;
        socat.destroyForcibly();
    }
}
