package io.kairos.lib.serial;

import com.fazecast.jSerialComm.SerialPort;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The serial ports of this machine. */
public final class SerialPorts {

    private static final Path STABLE = Path.of("/dev/serial/by-id");
    private static final int MOST_LINKS = 256;

    private SerialPorts() {}

    /**
     * What is there now, in order of paths; pseudo-terminals are not among it.
     *
     * @throws MeshException where serial ports cannot be used on this machine
     */
    public static List<SerialDevice> list() {
        NativeCode.require();
        Map<String, String> stable = stablePaths(STABLE);
        List<SerialDevice> devices = new ArrayList<>();
        for (SerialPort port : SerialPort.getCommPorts()) {
            String path = port.getSystemPortPath();
            devices.add(new SerialDevice(
                    path,
                    Optional.ofNullable(stable.get(path)),
                    printable(port.getPortDescription()),
                    id(port.getVendorID()),
                    id(port.getProductID()),
                    Optional.of(printable(port.getSerialNumber()))
                            .filter(number -> !number.isEmpty() && !number.equals("Unknown"))));
        }
        devices.sort(Comparator.comparing(SerialDevice::path));
        return List.copyOf(devices);
    }

    /**
     * The device behind all links, by which two names of it are the same; where it is not plugged in, its name as an
     * absolute path.
     */
    public static Path device(String port) {
        Path path = Path.of(port);
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize(); // not plugged in
        }
    }

    /** Which link leads to which device. */
    static Map<String, String> stablePaths(Path folder) {
        Map<String, String> paths = new HashMap<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
            for (Path link : links) {
                if (paths.size() == MOST_LINKS) {
                    break;
                }
                paths.put(link.toRealPath().toString(), link.toString());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Map.copyOf(paths); // no USB device, or none that is still there
        } catch (IOException e) {
            return Map.of(); // names to choose from, nothing more
        }
        return paths;
    }

    private static OptionalInt id(int usb) {
        return usb < 0 || usb > 0xffff ? OptionalInt.empty() : OptionalInt.of(usb);
    }

    /** What a device says about itself ends up on terminals and in logs. */
    private static String printable(String text) {
        return text == null ? "" : text.replaceAll("[^\\x20-\\x7e]", "?").strip();
    }
}
