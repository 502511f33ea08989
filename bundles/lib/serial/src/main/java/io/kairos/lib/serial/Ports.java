package io.kairos.lib.serial;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.stream.Collectors;

/** Finds a port by the name an operator wrote, and says what is wrong with one. */
final class Ports {

    private static final int MOST_NAMED = 8;

    // What the operating system answers; Windows has numbers of its own for two of them.
    private static final int NO_SUCH_FILE = 2;
    private static final int IO_ERROR = 5;
    private static final int NO_SUCH_ADDRESS = 6;
    private static final int TRY_AGAIN = 11;
    private static final int ACCESS = 13;
    private static final int BUSY = 16;
    private static final int NO_DEVICE = 19;
    private static final int NO_TERMINAL = 25;

    private Ports() {}

    /** The device behind all links. */
    static Path find(String port) {
        if (isWindows()) {
            return Path.of(port);
        }
        try {
            Path path = Path.of(port).toRealPath();
            PosixFileAttributes about = Files.readAttributes(path, PosixFileAttributes.class);
            if (!about.isOther()) {
                throw noTerminal(port);
            }
            if (!Files.isReadable(path) || !Files.isWritable(path)) {
                throw notAllowed(port, about.group().getName());
            }
            return path;
        } catch (NoSuchFileException e) {
            throw missing(port);
        } catch (IOException | RuntimeException e) {
            if (e instanceof MeshException known) {
                throw known;
            }
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    "The device %s cannot be looked at: %s".formatted(port, e.getMessage()),
                    "Check the path and the rights of the folders that lead to it.",
                    e);
        }
    }

    static MeshException missing(String port) {
        List<SerialDevice> there = present();
        String instead =
                there.stream().limit(MOST_NAMED).map(SerialDevice::text).collect(Collectors.joining(", "));
        return new MeshException(
                Failure.Kind.HARDWARE,
                there.isEmpty()
                        ? "There is no device %s, and no other serial port".formatted(port)
                        : "There is no device %s; there are: %s".formatted(port, instead),
                "Plug it in, it is noticed by itself; or correct port. Names below /dev/serial/by-id stay with a device.");
    }

    static MeshException gone(Path path) {
        return new MeshException(
                Failure.Kind.HARDWARE,
                "The device %s has gone".formatted(path),
                "Plug it in again, it is noticed by itself. Check cable and power if it goes by itself.");
    }

    static MeshException notOpened(String port, Path path, int error) {
        if (!isWindows() && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return missing(port);
        }
        boolean isBusy = isWindows() ? error == IO_ERROR : error == NO_SUCH_FILE || error == TRY_AGAIN || error == BUSY;
        if (isBusy) { // what exists and yet "does not exist" is open in this very process
            return new MeshException(
                    Failure.Kind.HARDWARE,
                    "The device %s is in use by %s"
                            .formatted(
                                    port, error == NO_SUCH_FILE ? "another interface of this node" : "another program"),
                    "End the other user (fuser -v %s names programs), or choose another device.".formatted(port));
        }
        return switch (error) {
            case ACCESS -> notAllowed(port, "dialout");
            case NO_TERMINAL -> noTerminal(port);
            case NO_SUCH_FILE -> missing(port);
            case IO_ERROR, NO_SUCH_ADDRESS, NO_DEVICE ->
                new MeshException(
                        Failure.Kind.HARDWARE,
                        "Behind %s there is no hardware that answers (error %d)".formatted(port, error),
                        "Choose another device; a port that is not there is answered with those that are.");
            default ->
                new MeshException(
                        Failure.Kind.HARDWARE,
                        "The device %s does not take these settings (error %d)".formatted(port, error),
                        "Try another speed, data.bits, parity or stop.bits; not every device knows all of them.");
        };
    }

    private static MeshException noTerminal(String port) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "%s is no serial port".formatted(port),
                "Write the path of a serial device, for example port = /dev/ttyUSB0.");
    }

    private static MeshException notAllowed(String port, String group) {
        return new MeshException(
                Failure.Kind.POLICY,
                "The node's user may not use the device %s".formatted(port),
                "Add the user to the group %s (sudo usermod -a -G %s USER) and start the node again."
                        .formatted(group, group));
    }

    private static List<SerialDevice> present() {
        try {
            return SerialPorts.list();
        } catch (MeshException e) {
            return List.of(); // one trouble at a time: the caller tells of the missing device
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
