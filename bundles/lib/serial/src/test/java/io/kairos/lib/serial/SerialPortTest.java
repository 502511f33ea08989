package io.kairos.lib.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.test.kit.SerialCable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialPortTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private SerialCable cable;

    @BeforeEach
    void plug() {
        cable = new SerialCable(folder);
    }

    @AfterEach
    void unplug() {
        cable.close();
    }

    @Test
    void everyByteCrossesUnchangedInBothDirections() {
        byte[] all = new byte[2_048];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i; // also those that terminals have opinions about
        }
        try (SerialPort first = open(cable.first());
                SerialPort second = open(cable.second())) {
            assertTrue(first.write(ByteBuffer.wrap(all)));
            assertArrayEquals(all, read(second, all.length));
            assertTrue(second.write(ByteBuffer.wrap(all, 256, 256)));
            assertArrayEquals(ByteBuffer.allocate(256).put(all, 0, 256).array(), read(first, 256));
        }
    }

    @Test
    void aReadEndsWithNothingAfterItsTimeout() {
        try (SerialPort first = open(cable.first())) {
            long start = System.nanoTime();
            assertEquals(0, first.read(new byte[10], Duration.ofMillis(200)));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis >= 150 && millis < 20_000, millis + " ms");
        }
    }

    @Test
    void aReadThatWaitsEndsWhenThePortIsClosed() throws Exception {
        SerialPort first = open(cable.first());
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> first.read(new byte[10], LONG));
        first.close();

        assertEquals(SerialPort.CLOSED, reading.get(20, TimeUnit.SECONDS));
        assertEquals(SerialPort.CLOSED, first.read(new byte[10], LONG));
        assertFalse(first.write(ByteBuffer.wrap(new byte[1])));
    }

    @Test
    void aWriteThatWaitsEndsWhenThePortIsClosed() throws Exception {
        cable.freeze();
        SerialPort first = open(cable.first());
        ByteBuffer much = ByteBuffer.wrap(new byte[1 << 20]);
        CompletableFuture<Boolean> writing = CompletableFuture.supplyAsync(() -> first.write(much));
        assertThrows(java.util.concurrent.TimeoutException.class, () -> writing.get(300, TimeUnit.MILLISECONDS));
        first.close();

        assertFalse(writing.get(20, TimeUnit.SECONDS));
        cable.thaw();
    }

    @Test
    void aDeviceThatGoesAwayIsToldAndCanBeOpenedAgainLater() {
        SerialPort first = open(cable.first());
        cable.pull();

        Failure why = assertThrows(MeshException.class, () -> first.read(new byte[10], LONG))
                .failure();
        assertEquals(Failure.Kind.HARDWARE, why.kind());
        assertTrue(why.message().endsWith("has gone"), why.message());
        first.close();
        cable.plug();
        try (SerialPort again = open(cable.first());
                SerialPort second = open(cable.second())) {
            second.write(ByteBuffer.wrap(new byte[] {7}));
            assertArrayEquals(new byte[] {7}, read(again, 1));
        }
    }

    @Test
    void aDeviceThatIsNotThereIsAnsweredWithThoseThatAre() {
        Failure why = refusal("/dev/ttyNOWHERE");

        assertEquals(Failure.Kind.HARDWARE, why.kind());
        assertTrue(why.message().startsWith("There is no device /dev/ttyNOWHERE"), why.message());
        assertTrue(why.remedy().contains("/dev/serial/by-id"), why.remedy());
    }

    @Test
    void aPortIsOpenOnce() {
        try (SerialPort first = open(cable.first())) {
            Failure why = refusal(first.path());
            assertTrue(why.message().contains("in use by another interface of this node"), why.message());
        }
        open(cable.first()).close();
    }

    @Test
    void aFileIsNoSerialPort() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text", StandardCharsets.US_ASCII);

        assertEquals(file + " is no serial port", refusal(file.toString()).message());
        assertEquals(folder + " is no serial port", refusal(folder.toString()).message());
        assertEquals("/dev/null is no serial port", refusal("/dev/null").message());
    }

    @Test
    void noPermissionNamesTheGroupOfTheDevice() {
        Failure why = Ports.notOpened(cable.first(), Path.of(cable.first()), 13).failure();

        assertEquals(Failure.Kind.POLICY, why.kind());
        assertTrue(why.remedy().contains("dialout"), why.remedy());
    }

    @Test
    void stableNamesLeadToTheirDevices() throws IOException {
        Path links = Files.createDirectory(folder.resolve("by-id"));
        Path device = Files.createFile(folder.resolve("ttyUSB3"));
        Files.createSymbolicLink(links.resolve("usb-Maker_Radio_0001-if00"), Path.of("../ttyUSB3"));

        assertEquals(
                java.util.Map.of(
                        device.toRealPath().toString(),
                        links.resolve("usb-Maker_Radio_0001-if00").toString()),
                SerialPorts.stablePaths(links));
        assertEquals(java.util.Map.of(), SerialPorts.stablePaths(folder.resolve("none")));
    }

    @Test
    void theListIsInOrderAndDescribesWithoutControlCharacters() {
        String last = "";
        for (SerialDevice device : SerialPorts.list()) {
            assertTrue(last.compareTo(device.path()) < 0);
            assertTrue(device.text().chars().noneMatch(c -> c < 32));
            last = device.path();
        }
    }

    private static SerialPort open(String port) {
        return SerialPort.open(SerialSettings.of(port, 115_200));
    }

    private static Failure refusal(String port) {
        return assertThrows(MeshException.class, () -> open(port)).failure();
    }

    private static byte[] read(SerialPort port, int count) {
        ByteBuffer all = ByteBuffer.allocate(count);
        byte[] some = new byte[count];
        while (all.hasRemaining()) {
            int read = port.read(some, LONG);
            assertTrue(read > 0, "read " + read);
            all.put(some, 0, read);
        }
        return all.array();
    }
}
