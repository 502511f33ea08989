package io.kairos.lib.serial;

import com.fazecast.jSerialComm.SerialPort;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings the native half of jSerialComm in, before anything else touches that library.
 *
 * <p>Left alone, jSerialComm unpacks it below the folder for temporary files under a name that never changes, loads what lies
 * there already without asking who has put it there, and cannot load it again once its bundle was installed anew. So on
 * Linux it is unpacked here, into a new folder that only this user can read, loaded from there and deleted.
 */
final class NativeCode {

    private static final String LIBRARY = "libjSerialComm.so";
    private static final List<String> PROCESSORS =
            List.of("x86_64", "armv8_64", "armv8_32", "armv7hf", "armv6hf", "armv5", "x86", "ppc64le");
    private static final List<String> KNOWN = List.of("linux", "windows", "mac", "bsd", "sunos", "solaris");

    /** Says what stands in the way; asked once, because a class that failed to load fails for ever. */
    private static final class Loaded {
        static final Optional<Failure> FAILURE = load();
    }

    private NativeCode() {}

    /**
     * Returns once jSerialComm can be used.
     *
     * @throws MeshException where it cannot be used on this machine
     */
    static void require() {
        Loaded.FAILURE.ifPresent(why -> {
            throw new MeshException(why.kind(), why.message(), why.remedy());
        });
    }

    private static Optional<Failure> load() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (KNOWN.stream().noneMatch(system::contains)) {
            return Optional.of(unusable("operating system " + system)); // jSerialComm would end the whole process
        }
        try {
            if (system.contains("linux")) {
                loadFromOwnFolder();
            } else {
                SerialPort.getVersion();
            }
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of(unusable("processor " + System.getProperty("os.arch")));
        } catch (IOException e) {
            return Optional.of(new Failure(
                    Failure.Kind.STORAGE,
                    "The native code for serial ports cannot be unpacked: " + e.getMessage(),
                    "Make room in " + System.getProperty("java.io.tmpdir")
                            + " and see that the node may write there."));
        }
    }

    private static void loadFromOwnFolder() throws IOException {
        Path folder = Files.createTempDirectory("kairos-serial-");
        List<Path> made = new ArrayList<>(List.of(folder));
        String before = System.getProperty("jSerialComm.library.path");
        try {
            Path system = folder.resolve("Linux");
            made.add(Files.createDirectory(system));
            for (String processor : PROCESSORS) {
                Path place = Files.createDirectory(system.resolve(processor));
                made.add(place);
                unpack(processor, place.resolve(LIBRARY));
                made.add(place.resolve(LIBRARY));
            }
            // A folder nobody can guess, so that its clean-up meets nothing that somebody has prepared.
            System.setProperty("fazecast.jSerialComm.appid", UUID.randomUUID().toString());
            System.setProperty("jSerialComm.library.path", folder.toString());
            SerialPort.getVersion();
        } finally {
            if (before == null) {
                System.clearProperty("jSerialComm.library.path");
            } else {
                System.setProperty("jSerialComm.library.path", before);
            }
            for (int i = made.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(made.get(i)); // what is loaded stays loaded
            }
        }
    }

    private static void unpack(String processor, Path file) throws IOException {
        String name = "/Linux/" + processor + "/" + LIBRARY;
        try (InputStream in = SerialPort.class.getResourceAsStream(name)) { // does not initialise the class
            if (in != null) {
                Files.copy(in, file);
            }
        }
    }

    private static Failure unusable(String machine) {
        return new Failure(
                Failure.Kind.HARDWARE,
                "Serial ports cannot be used here: there is no native code for " + machine,
                "Connect the device to another machine and reach it over TCP, or use a transport of another kind.");
    }
}
