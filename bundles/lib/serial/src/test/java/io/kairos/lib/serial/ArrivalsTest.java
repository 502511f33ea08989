package io.kairos.lib.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {

    private static final String THREAD = "arrivals-test-watch";

    @TempDir
    Path folder;

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void aDeviceThatComesIsTriedAtOnceAndAgainUntilItIsOpen() throws IOException {
        Path port = folder.resolve("ttyUSB0");
        try (Arrivals arrivals = new Arrivals(THREAD, attempts::incrementAndGet)) {
            arrivals.expect(port.toString());
            arrivals.expect(port.toString()); // and every failed attempt says so again
            assertEquals(1, threads());

            Files.createFile(port);
            WaitFor.condition("it is tried again, it was not free yet", () -> attempts.get() >= 2);
            arrivals.cancel();
            WaitFor.condition("nobody waits any more", () -> threads() == 0);

            arrivals.expect(port.toString());
            Files.delete(port);
            int before = attempts.get();
            Files.createFile(port);
            WaitFor.condition("it is noticed the next time, too", () -> attempts.get() > before);
        }
        WaitFor.condition("nothing is left", () -> threads() == 0);
    }

    @Test
    void namesOfADeviceAreTheSame() throws IOException {
        Path device = Files.createFile(folder.resolve("ttyACM0"));
        Path link = Files.createSymbolicLink(folder.resolve("radio"), Path.of("ttyACM0"));

        assertEquals(device.toRealPath(), SerialPorts.device(link.toString()));
        assertEquals(
                folder.resolve("none").toAbsolutePath(),
                SerialPorts.device(folder.resolve("x/../none").toString()));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD) && thread.isAlive())
                .count();
    }
}
