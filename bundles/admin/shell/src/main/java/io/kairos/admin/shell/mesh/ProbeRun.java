package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Units;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Endpoints.ProbeResult;
import io.kairos.api.packet.DestinationHash;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends probes one after the other, tells of each at once and sums up; an interruption ends it with the summary. */
final class ProbeRun {

    /** The node ends a probe itself; this is for a node that forgets to. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Endpoints endpoints;
    private final Patience patience;
    private final Settings settings;
    private final List<ProbeResult> results = new ArrayList<>();

    /**
     * What is sent.
     *
     * @param to whom
     * @param size bytes of payload
     * @param count how many probes
     * @param timeout how long to wait for each answer
     * @param pause between two probes
     */
    record Settings(DestinationHash to, int size, int count, Duration timeout, Duration pause) {}

    ProbeRun(Endpoints endpoints, Patience patience, Settings settings) {
        this.endpoints = endpoints;
        this.patience = patience;
        this.settings = settings;
    }

    /**
     * Does it.
     *
     * @param live where each result is told at once; empty for silence
     */
    void run(Optional<PrintStream> live) throws InterruptedException {
        for (int number = 1; number <= settings.count(); number++) {
            if (number > 1) {
                patience.rest(settings.pause().toMillis());
            }
            ProbeResult result = probe();
            results.add(result);
            String line = line(number, result);
            live.ifPresent(out -> {
                out.print(line);
                out.flush();
            });
        }
    }

    private ProbeResult probe() throws InterruptedException {
        try {
            return endpoints
                    .probe(settings.to(), settings.size(), settings.timeout())
                    .toCompletableFuture()
                    .get(settings.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MeshException known ? known : new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            return new ProbeResult(false, Duration.ZERO, 0);
        }
    }

    private String line(int number, ProbeResult result) {
        return result.answered()
                ? "%d: answered in %s over %s%n"
                        .formatted(number, Units.shortTime(result.roundTrip()), Units.count(result.hops(), "hop"))
                : "%d: no answer within %s%n".formatted(number, Units.shortTime(settings.timeout()));
    }

    /** The last lines for people. */
    String summary() {
        long answered = answered();
        long lost = results.isEmpty() ? 0 : Math.round(100.0 * (results.size() - answered) / results.size());
        String text =
                "%s sent, %d answered, %d %% lost%n".formatted(Units.count(results.size(), "probe"), answered, lost);
        if (answered == 0) {
            return text
                    + "  \u2192 The destination may be off, or not prove packets: try one that does, for example"
                    + " rnstransport.probe of a node. mesh:path "
                    + settings.to().toHex()
                    + " shows whether a path is known.\n";
        }
        LongSummaryStatistics times = times();
        return text
                + "round trip least %s, mean %s, most %s%n"
                        .formatted(
                                Units.shortTime(Duration.ofNanos(times.getMin())),
                                Units.shortTime(Duration.ofNanos((long) times.getAverage())),
                                Units.shortTime(Duration.ofNanos(times.getMax())));
    }

    Map<String, Object> json() {
        LongSummaryStatistics times = times();
        boolean any = times.getCount() > 0;
        return new Fields()
                .put("destination", settings.to().toHex())
                .put("size_bytes", settings.size())
                .put("sent", results.size())
                .put("answered", times.getCount())
                .put("least_round_trip_ms", any ? times.getMin() / 1e6 : null)
                .put("mean_round_trip_ms", any ? times.getAverage() / 1e6 : null)
                .put("most_round_trip_ms", any ? times.getMax() / 1e6 : null)
                .put("probes", results.stream().map(ProbeRun::json).toList())
                .toMap();
    }

    private static Map<String, Object> json(ProbeResult result) {
        return new Fields()
                .put("answered", result.answered())
                .put("round_trip_ms", result.answered() ? result.roundTrip().toNanos() / 1e6 : null)
                .put("hops", result.answered() ? result.hops() : null)
                .toMap();
    }

    /** Fails where nobody answered, so that scripts see it. */
    void check() {
        if (answered() == 0) {
            throw new MeshException(
                    Failure.Kind.PEER,
                    "No probe was answered.",
                    "The destination may be off, or not prove packets. mesh:path shows whether a path is known.");
        }
    }

    private long answered() {
        return results.stream().filter(ProbeResult::answered).count();
    }

    private LongSummaryStatistics times() {
        return results.stream()
                .filter(ProbeResult::answered)
                .mapToLong(result -> result.roundTrip().toNanos())
                .summaryStatistics();
    }
}
