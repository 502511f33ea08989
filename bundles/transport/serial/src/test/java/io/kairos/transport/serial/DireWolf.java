package io.kairos.transport.serial;

import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.WaitFor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dire Wolf as a modem of packet radio without a sound card: what it would play goes into a named pipe, what it would hear
 * comes on its standard input. Its port for KISS is a pseudo-terminal.
 */
final class DireWolf implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("TNC is available on (\\S+)");
    private static final String LINK = "/tmp/kisstnc"; // it makes this link whether one wants it or not
    private static final int PIECE_BYTES = 1_920; // of 48,000 samples in a second, 16 bits each
    private static final long PIECE_NANOS = 20_000_000;

    private final Process program;
    private final Path log;
    private final RandomAccessFile sound;

    /** Starts a modem in a folder of its own. */
    DireWolf(Path folder) throws IOException, InterruptedException {
        Path direwolf = Counterpart.program("direwolf", "direwolf");
        Files.createDirectories(folder);
        Path pipe = folder.resolve("sound");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        sound = new RandomAccessFile(pipe.toFile(), "rw"); // both, so that nobody waits for the other and none ends
        Files.writeString(folder.resolve("asound.conf"), """
                pcm.!default { type null }
                ctl.!default { type null }
                pcm.air { type file slave.pcm { type null } file "%s" format "raw" }
                """.formatted(pipe));
        Files.writeString(folder.resolve("modem.conf"), """
                ADEVICE stdin air
                ARATE 48000
                ACHANNELS 1
                CHANNEL 0
                MYCALL N0CALL
                MODEM 9600
                AGWPORT 0
                KISSPORT 0
                """);
        log = folder.resolve("modem.log");
        ProcessBuilder builder = new ProcessBuilder(direwolf.toString(), "-c", "modem.conf", "-t", "0", "-p")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put("ALSA_CONFIG_PATH", folder.resolve("asound.conf").toString());
        program = builder.start();
    }

    /** The pseudo-terminal behind which it listens. */
    String port() {
        return WaitFor.value("Dire Wolf has a port: " + said(), () -> {
            Matcher matcher = PORT.matcher(said());
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        });
    }

    /** Everything it has printed. */
    String said() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the other one hear what this one plays, and silence in between. */
    void heardBy(DireWolf other) {
        Thread air = new Thread(() -> carry(other.program.getOutputStream()), "air");
        air.setDaemon(true);
        air.start();
    }

    @Override
    public void close() {
        try {
            Path link = Path.of(LINK);
            if (Files.isSymbolicLink(link)
                    && said().contains(Files.readSymbolicLink(link).toString())) {
                Files.delete(link);
            }
            program.destroy();
            if (!program.waitFor(5, TimeUnit.SECONDS)) {
                program.destroyForcibly();
            }
            sound.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No faster than time: while a modem believes that it still transmits, it hears nothing. */
    private void carry(OutputStream ear) {
        byte[] piece = new byte[PIECE_BYTES];
        byte[] silence = new byte[PIECE_BYTES];
        try (InputStream mouth = new FileInputStream(sound.getFD())) {
            long next = System.nanoTime();
            while (program.isAlive()) {
                if (mouth.available() > 0) {
                    ear.write(piece, 0, mouth.read(piece));
                } else {
                    ear.write(silence);
                }
                ear.flush();
                next = Math.max(next + PIECE_NANOS, System.nanoTime() - PIECE_NANOS);
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException e) {
            return; // one of the two has ended
        }
    }
}
