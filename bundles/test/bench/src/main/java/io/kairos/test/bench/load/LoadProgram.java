package io.kairos.test.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Loads running nodes, one after the other and interleaved over several rounds, and prints medians as a Markdown table:
 * the Kairos distribution, beside the reference and beside a relay that only deframes and frames.
 *
 * <pre>
 *  --distribution DIR   unpacked Kairos distribution
 *  --reference DIR      checkout of the reference implementation
 *  --rounds N           default 3
 *  --seconds N          measured time of each load, default 5
 *  --announces N        default 5000
 *  --control JAR        bundles/test/interop's bundle; announce and storm need it to ask Kairos for its paths
 *  --java-opts TEXT     options of the Kairos process instead of the distribution's own
 *  --storm N            default 100000
 *  --pace N             announces of the storm in a second, default 4000
 *  --only TEXT          loads whose title begins so: forward, "forward 100 B, 1", crowd, latency, announce, storm
 * </pre>
 */
public final class LoadProgram {

    private final Path distribution;
    private final Path reference;
    private final Path control;
    private final int rounds;
    private final int seconds;
    private final int announces;
    private final int storm;
    private final int pace;
    private final String javaOptions;
    private final String only;

    private LoadProgram(List<String> arguments) {
        distribution = path(arguments, "--distribution");
        reference = path(arguments, "--reference");
        control = path(arguments, "--control");
        rounds = Integer.parseInt(option(arguments, "--rounds", "3"));
        seconds = Integer.parseInt(option(arguments, "--seconds", "5"));
        announces = Integer.parseInt(option(arguments, "--announces", "5000"));
        storm = Integer.parseInt(option(arguments, "--storm", "100000"));
        pace = Integer.parseInt(option(arguments, "--pace", "4000"));
        javaOptions = option(arguments, "--java-opts", "");
        only = option(arguments, "--only", "");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new LoadProgram(List.of(arguments)).run();
    }

    private enum Beside {
        NOBODY,
        REFERENCE,
        REFERENCE_AND_RELAY
    }

    private interface Start {
        NodeUnderTest node() throws IOException;
    }

    private interface Load {
        double[] measure(NodeUnderTest node) throws IOException, InterruptedException;
    }

    private void run() throws IOException, InterruptedException {
        System.out.println("| load | node | figure | median | of " + rounds + " rounds |");
        System.out.println("|---|---|---|---|---|");
        for (int bytes : new int[] {100, 430}) {
            for (int pairs : new int[] {1, 4}) {
                forward(bytes, pairs);
            }
        }
        for (int connections : new int[] {100, 1_000, 10_000}) {
            crowd(connections);
        }
        latency();
        announce();
        storm();
    }

    private void forward(int bytes, int pairs) throws IOException, InterruptedException {
        compare(
                "forward %d B, %d to %d".formatted(bytes, pairs, pairs),
                Beside.REFERENCE_AND_RELAY,
                node -> {
                    var result = new ForwardLoad(node.port(), pairs, bytes).run(node.pid(), seconds, seconds);
                    return new double[] {result.perSecond(), result.cpuMicros()};
                },
                "packets/s",
                "CPU µs/packet");
    }

    private void crowd(int connections) throws IOException, InterruptedException {
        compare(
                "crowd of %,d silent connections, forward 100 B".formatted(connections),
                connections > 1_000
                        ? Beside.NOBODY
                        : Beside.REFERENCE, // which has a thread for each and does not get there
                node -> {
                    double before = ProcessFigures.residentKilobytes(node.pid()) / 1024.0;
                    try (Crowd crowd = new Crowd(node.port(), connections)) {
                        Thread.sleep(2_000);
                        double after = ProcessFigures.residentKilobytes(node.pid()) / 1024.0;
                        var result = new ForwardLoad(node.port(), 1, 100).run(node.pid(), seconds, seconds);
                        return new double[] {
                            result.perSecond(), result.cpuMicros(), 1024 * (after - before) / crowd.size()
                        };
                    }
                },
                "packets/s",
                "CPU µs/packet",
                "resident kB/connection");
    }

    private void latency() throws IOException, InterruptedException {
        compare(
                "latency of an idle node",
                Beside.REFERENCE_AND_RELAY,
                node -> {
                    var result = new LatencyLoad(node.port()).run(1_000, 1_000);
                    return new double[] {result.medianMicros(), result.p99Micros()};
                },
                "median µs",
                "p99 µs");
    }

    private void announce() throws IOException, InterruptedException {
        compare(
                "announce %,d new destinations".formatted(announces),
                Beside.REFERENCE,
                node -> {
                    var result = new AnnounceLoad(node, announces).run();
                    return new double[] {
                        result.perSecond(), result.cpuMicros(), 100 * result.known(), 100 * result.answered()
                    };
                },
                "announces/s",
                "CPU µs/announce",
                "% known",
                "% of sample answered");
    }

    private void storm() throws IOException, InterruptedException {
        compare(
                "storm of %,d new destinations".formatted(storm),
                Beside.REFERENCE,
                node -> {
                    var result = new StormLoad(node, storm, pace).run();
                    return new double[] {
                        result.beforeMegabytes(), result.halfMegabytes(), result.afterMegabytes(), result.paths()
                    };
                },
                "resident MB before",
                "resident MB at half",
                "resident MB after",
                "paths known after");
    }

    private void compare(String title, Beside beside, Load load, String... figures)
            throws IOException, InterruptedException {
        if (!title.startsWith(only)) {
            return;
        }
        List<Start> starts = new ArrayList<>();
        if (distribution != null) {
            starts.add(() -> NodeUnderTest.kairos(distribution, control, javaOptions));
        }
        if (reference != null && beside != Beside.NOBODY) {
            starts.add(() -> NodeUnderTest.reference(reference));
        }
        if (beside == Beside.REFERENCE_AND_RELAY) {
            starts.add(NodeUnderTest::bareRelay);
        }
        String[] names = new String[starts.size()];
        double[][][] measured = new double[starts.size()][figures.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < starts.size(); i++) {
                try (NodeUnderTest node = starts.get(i).node()) {
                    names[i] = node.name();
                    double[] result = load.measure(node);
                    for (int f = 0; f < figures.length; f++) {
                        measured[i][f][round] = result[f];
                    }
                }
            }
        }
        for (int i = 0; i < names.length; i++) {
            for (int f = 0; f < figures.length; f++) {
                double[] sorted = measured[i][f].clone();
                Arrays.sort(sorted);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s | %s | %s |%n",
                        title,
                        names[i],
                        figures[f],
                        number(sorted[rounds / 2]),
                        Arrays.stream(measured[i][f])
                                .mapToObj(LoadProgram::number)
                                .toList());
            }
        }
    }

    private static String number(double value) {
        return value >= 1000
                ? "%,.0f".formatted(value)
                : value >= 10 ? "%.1f".formatted(value) : "%.2f".formatted(value);
    }

    private static Path path(List<String> arguments, String name) {
        String value = option(arguments, name, "");
        return value.isEmpty() ? null : Path.of(value).toAbsolutePath();
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 || at + 1 >= arguments.size() ? otherwise : arguments.get(at + 1);
    }
}
