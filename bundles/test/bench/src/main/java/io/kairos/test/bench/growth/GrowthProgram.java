package io.kairos.test.bench.growth;

import io.kairos.core.store.DiskStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a router costs as it grows: a forwarded packet, memory, saving and loading, with 1,000 to 1,000,000 known paths and
 * with 10 to 10,000 interfaces. Everything is the product's own, the store on the disk included; only the interfaces are
 * silent. Prints a Markdown table.
 *
 * <pre>
 *  --paths N        most paths, default 1000000; needs about 2 kB of heap for each
 *  --interfaces N   most interfaces, default 10000
 *  --folder DIR     where the store is made, default a temporary folder; it is removed at the end
 * </pre>
 */
public final class GrowthProgram {

    private static final int FORWARDED = 2_000_000;

    private final int mostPaths;
    private final int mostInterfaces;
    private final Path folder;

    private GrowthProgram(List<String> arguments) throws IOException {
        mostPaths = Integer.parseInt(option(arguments, "--paths", "1000000"));
        mostInterfaces = Integer.parseInt(option(arguments, "--interfaces", "10000"));
        String place = option(arguments, "--folder", "");
        folder = place.isEmpty() ? Files.createTempDirectory("kairos-bench-growth") : Path.of(place);
    }

    public static void main(String[] arguments) throws IOException {
        new GrowthProgram(List.of(arguments)).run();
    }

    private void run() throws IOException {
        try {
            System.out.println("| paths | interfaces | ns for each packet | heap MB | B for each path |");
            System.out.println("|---|---|---|---|---|");
            GrowingRouter warm = new GrowingRouter(new DiskStore(folder.resolve("warm")), mostPaths);
            warm.learn(1_000);
            warm.forward(FORWARDED);
            warm.forward(FORWARDED);
            warm.stop();
            interfaces();
            paths();
        } finally {
            remove(folder);
        }
    }

    private void interfaces() {
        for (int interfaces = 10; interfaces <= mostInterfaces; interfaces *= 10) {
            GrowingRouter router =
                    new GrowingRouter(new DiskStore(folder.resolve("interfaces" + interfaces)), mostPaths);
            router.attach(interfaces - 2);
            router.learn(1_000);
            row(1_000, interfaces, router.forward(FORWARDED), heapBytes(), Double.NaN);
            router.stop();
        }
    }

    private void paths() {
        Path place = folder.resolve("paths");
        GrowingRouter router = new GrowingRouter(new DiskStore(place), mostPaths);
        double empty = heapBytes();
        int known = 0;
        for (int paths = 1_000; paths <= mostPaths; paths *= 10) {
            router.learn(paths - known);
            known = paths;
            double nanos = router.forward(FORWARDED);
            router.settle();
            double heap = heapBytes();
            row(paths, 2, nanos, heap, (heap - empty) / paths);
        }
        double saving = seconds(router::stop);
        router = null;
        heapBytes();
        long bytes = size(place);
        GrowingRouter[] again = new GrowingRouter[1];
        double loading = seconds(() -> again[0] = new GrowingRouter(new DiskStore(place), mostPaths));
        System.out.printf(
                Locale.ROOT,
                "%nSaving %,d paths: %.1f s, %.0f MB on the disk. Loading: %.1f s, %,d paths.%n",
                known,
                saving,
                bytes / 1e6,
                loading,
                again[0].paths());
        again[0].stop();
    }

    private static void row(int paths, int interfaces, double nanos, double heap, double each) {
        System.out.printf(
                Locale.ROOT,
                "| %,d | %,d | %.0f | %.1f | %s |%n",
                paths,
                interfaces,
                nanos,
                heap / 1e6,
                Double.isNaN(each) ? "" : "%.0f".formatted(each));
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** What is reachable; asks twice, because the first collection may leave what the second finds. */
    private static double heapBytes() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile)
                    .mapToLong(f -> f.isFile() ? f.length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : arguments.get(at + 1);
    }
}
