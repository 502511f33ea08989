package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Node;
import io.kairos.admin.shell.Patience;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Endpoints.ProbeResult;
import io.kairos.test.kit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProbeRunTest {

    private final ManualClock clock = new ManualClock();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void tellsOfEachProbeAndSumsUp() throws InterruptedException {
        ProbeRun run = run(
                new ProbeResult(true, Duration.ofMillis(80), 2),
                new ProbeResult(false, Duration.ZERO, 2),
                new ProbeResult(true, Duration.ofMillis(120), 3));
        run.run(Optional.of(out));

        assertEquals("""
            1: answered in 80 ms over 2 hops
            2: no answer within 20.00 s
            3: answered in 120 ms over 3 hops
            """, bytes.toString(StandardCharsets.UTF_8));
        assertEquals("""
            3 probes sent, 2 answered, 33 % lost
            round trip least 80 ms, mean 100 ms, most 120 ms
            """, run.summary());
        assertEquals(Duration.ofSeconds(4).toNanos(), clock.nanos(), "a pause between two probes, none after the last");
    }

    @Test
    void failsForScriptsWhereNobodyAnswers() throws InterruptedException {
        ProbeRun run = run(new ProbeResult(false, Duration.ZERO, 0));
        run.run(Optional.of(out));

        assertEquals(
                Failure.Kind.PEER, assertThrows(MeshException.class, run::check).kind());
        assertTrue(run.summary().startsWith("1 probe sent, 0 answered, 100 % lost\n  → "), run.summary());
    }

    @Test
    void anInterruptionStillSumsUp() {
        Patience interrupted = new Patience(clock, time -> {
            throw new InterruptedException();
        });
        Endpoints endpoints = Node.fake(
                Endpoints.class,
                (method, arguments) ->
                        CompletableFuture.completedFuture(new ProbeResult(true, Duration.ofMillis(80), 2)));
        ProbeRun run = new ProbeRun(endpoints, interrupted, settings(5));
        assertThrows(InterruptedException.class, () -> run.run(Optional.of(out)));

        assertEquals(
                "1 probe sent, 1 answered, 0 % lost",
                run.summary().lines().findFirst().orElseThrow());
    }

    @Test
    void aFailureOfTheNodeIsPassedOn() {
        MeshException unknown = new MeshException(Failure.Kind.PEER, "never heard", "ask");
        Endpoints endpoints =
                Node.fake(Endpoints.class, (method, arguments) -> CompletableFuture.failedFuture(unknown));
        ProbeRun run = new ProbeRun(endpoints, new Patience(clock, clock::advance), settings(1));

        assertEquals(unknown, assertThrows(MeshException.class, () -> run.run(Optional.empty())));
    }

    @Test
    void scriptsGetEveryProbe() throws InterruptedException {
        ProbeRun run = run(new ProbeResult(true, Duration.ofMillis(80), 2), new ProbeResult(false, Duration.ZERO, 2));
        run.run(Optional.empty());

        assertEquals("""
            {
              "destination": "00112233445566778899aabbccddeeff",
              "size_bytes": 16,
              "sent": 2,
              "answered": 1,
              "least_round_trip_ms": 80.0,
              "mean_round_trip_ms": 80.0,
              "most_round_trip_ms": 80.0,
              "probes": [
                {
                  "answered": true,
                  "round_trip_ms": 80.0,
                  "hops": 2
                },
                {
                  "answered": false,
                  "round_trip_ms": null,
                  "hops": null
                }
              ]
            }\
            """, Json.write(run.json()));
        assertEquals(0, bytes.size());
    }

    private ProbeRun run(ProbeResult... results) {
        Deque<ProbeResult> waiting = new ArrayDeque<>(List.of(results));
        Endpoints endpoints = Node.fake(Endpoints.class, (method, arguments) -> {
            assertEquals(List.of(Node.NEAR, 16, Duration.ofSeconds(20)), arguments);
            return CompletableFuture.completedFuture(waiting.remove());
        });
        return new ProbeRun(endpoints, new Patience(clock, clock::advance), settings(results.length));
    }

    private static ProbeRun.Settings settings(int count) {
        return new ProbeRun.Settings(Node.NEAR, 16, count, Duration.ofSeconds(20), Duration.ofSeconds(2));
    }
}
