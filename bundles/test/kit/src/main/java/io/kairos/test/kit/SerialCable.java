package io.kairos.test.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Two serial ports without hardware: pseudo-terminals joined by a small Python program, each reached by a link in a folder.
 * Pulling the cable takes both devices away, as pulling a USB plug does. Bytes wait while nobody has a port open.
 */
public final class SerialCable implements AutoCloseable {

    private final Path folder;
    private Process program;

    /** Makes the cable and plugs it in. */
    public SerialCable(Path folder) {
        this.folder = folder;
        plug();
    }

    /** One end; the path stays the same however often the cable is plugged. */
    public String first() {
        return folder.resolve("first-port").toString();
    }

    /** The other end. */
    public String second() {
        return folder.resolve("second-port").toString();
    }

    /** Makes both devices appear. */
    public void plug() {
        try (InputStream script = SerialCable.class.getResourceAsStream("serial-cable.py")) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            program = new ProcessBuilder("python3", "-I", "-S", "-c", text, first(), second())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (program.getInputStream().read() < 0) {
                throw new AssertionError("no pseudo-terminals; is python3 there?");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes both devices go away. */
    public void pull() {
        try {
            program.getOutputStream().close();
            program.waitFor(10, TimeUnit.SECONDS);
            Files.deleteIfExists(Path.of(first()));
            Files.deleteIfExists(Path.of(second()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            program.destroyForcibly();
        }
    }

    /** Nothing crosses any more, and soon no writer gets rid of its bytes, until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    /** It goes on. */
    public void thaw() {
        signal("CONT");
    }

    @Override
    public void close() {
        pull();
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(program.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
