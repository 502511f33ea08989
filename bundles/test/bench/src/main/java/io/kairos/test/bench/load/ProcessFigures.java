package io.kairos.test.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures of a process as Linux tells them. */
final class ProcessFigures {

    private static final double TICKS_PER_SECOND = 100;

    private ProcessFigures() {}

    /** CPU time of all threads since the process began; 0 for pid 0. */
    static double cpuSeconds(long pid) throws IOException {
        if (pid == 0) {
            return 0;
        }
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Resident memory in kilobytes. */
    static long residentKilobytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no resident size for process " + pid);
    }
}
