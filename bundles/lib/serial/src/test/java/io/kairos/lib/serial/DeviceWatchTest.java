package io.kairos.lib.serial;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceWatchTest {

    @TempDir
    Path folder;

    @Test
    void aDeviceIsNoticedWhenItComesAlsoWithItsFolder() throws Exception {
        Path port = folder.resolve("serial/by-id/usb-radio");
        try (DeviceWatch watch = new DeviceWatch(port.toString())) {
            CompletableFuture<Boolean> arrival = await(watch);

            Files.createFile(folder.resolve("ttyUSB0"));
            Files.createDirectories(port.getParent());
            Files.createFile(port.resolveSibling("usb-other"));
            assertThrows(TimeoutException.class, () -> arrival.get(200, TimeUnit.MILLISECONDS));
            Files.createSymbolicLink(port, Path.of("../../ttyUSB0"));

            assertTrue(arrival.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aDeviceThatIsThereHasToComeAnew() throws Exception {
        Path port = Files.createFile(folder.resolve("ttyUSB0"));
        try (DeviceWatch watch = new DeviceWatch(port.toString())) {
            CompletableFuture<Boolean> arrival = await(watch);
            Files.delete(port);
            assertThrows(TimeoutException.class, () -> arrival.get(100, TimeUnit.MILLISECONDS));
            Files.createFile(port);

            assertTrue(arrival.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void closingEndsTheWait() throws Exception {
        DeviceWatch watch = new DeviceWatch(folder.resolve("none").toString());
        CompletableFuture<Boolean> arrival = await(watch);
        watch.close();

        assertFalse(arrival.get(5, TimeUnit.SECONDS));
        assertFalse(watch.await());
    }

    private static CompletableFuture<Boolean> await(DeviceWatch watch) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return watch.await();
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
