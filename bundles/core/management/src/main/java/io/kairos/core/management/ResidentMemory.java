package io.kairos.core.management;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** How much memory the node takes, where the system tells. */
final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String KEY = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes. */
    static Optional<Long> read() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(KEY)).findFirst().flatMap(ResidentMemory::bytes);
        } catch (IOException otherSystem) {
            return Optional.empty();
        }
    }

    static Optional<Long> bytes(String line) {
        String[] words = line.substring(KEY.length()).strip().split(" +");
        return words.length == 2 && words[0].matches("[0-9]{1,15}") && words[1].equals("kB")
                ? Optional.of(Long.parseLong(words[0]) * 1024)
                : Optional.empty();
    }
}
