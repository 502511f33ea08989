package io.kairos.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.WaitFor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes, as by a power cut but for the disk's own cache. */
@Timeout(60)
class KilledProcessTest {

    private static final List<String> NAMES = List.of("a", "b/c");

    @TempDir
    Path folder;

    @Test
    void everyDocumentOfAKilledProcessIsOneOfTheVersionsItWroteAndNotAnOlderOneThanItWasTold() throws Exception {
        int confirmed = 0;
        for (int round = 0; round < 3; round++) {
            confirmed = writeAndKill(confirmed, 8 + 5 * round);
            try (DiskStore store = new DiskStore(folder)) {
                for (String name : NAMES) {
                    int version = version(store.read(name).orElseThrow());
                    assertTrue(version >= confirmed - 1, name + " is of " + version + ", confirmed were " + confirmed);
                }
                assertEquals(0, store.recovered());
            }
        }
    }

    /** Starts a writer, kills it after some writes, and returns the last version of both documents it confirmed. */
    private int writeAndKill(int from, int writes) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        Integer.toString(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        AtomicInteger last = new AtomicInteger(from);
        Thread reading = new Thread(() -> follow(process, last), "follow");
        reading.start();
        try {
            WaitFor.condition("writes", () -> last.get() >= from + writes);
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        reading.join(10_000);
        return last.get();
    }

    private static void follow(Process process, AtomicInteger last) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last.set(Integer.parseInt(line.strip()));
            }
        } catch (IOException | NumberFormatException e) {
            // the last line may be cut by the kill
        }
    }

    /** Which version the content is; fails where it is none. */
    private static int version(byte[] content) {
        int version = ByteBuffer.wrap(content).getInt();
        assertTrue(Arrays.equals(content(version), content), "content is of no version");
        return version;
    }

    private static byte[] content(int version) {
        Random random = new Random(version);
        byte[] content = new byte[4 + random.nextInt(200_000)];
        random.nextBytes(content);
        ByteBuffer.wrap(content).putInt(version);
        return content;
    }

    /** The process that is killed. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) {
            DiskStore store = new DiskStore(Path.of(args[0]));
            for (int version = Integer.parseInt(args[1]) + 1; ; version++) {
                for (String name : NAMES) {
                    store.write(name, content(version));
                }
                System.out.println(version);
            }
        }
    }
}
