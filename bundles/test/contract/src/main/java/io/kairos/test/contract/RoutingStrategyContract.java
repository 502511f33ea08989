package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.RoutingStrategy;
import io.kairos.api.transport.InterfaceMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What every routing strategy has to pass: it is a function, it answers for whatever it is given, and a node that uses it
 * can still reach others. A subclass says which strategy. What it prefers is its own affair and needs its own tests.
 */
public abstract class RoutingStrategyContract {

    private static final long NOW = 1_800_000_000_000L;
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{16}");

    protected abstract RoutingStrategy strategy();

    @Test
    protected void hasAName() {
        assertFalse(strategy().name().isBlank());
        assertEquals(strategy().name(), strategy().name());
    }

    @Test
    protected void theFirstPathIsUsed() {
        PathCandidate only = candidates(3, 1).get(0);

        assertTrue(
                strategy().judge(Optional.empty(), up(only, true), false, NOW).use());
    }

    @Test
    protected void everyDecisionHasAReasonThatTellsNothingAboutPeople() {
        List<PathCandidate> all = candidates(5, 200);
        for (int i = 1; i < all.size(); i++) {
            RoutingStrategy.Verdict verdict =
                    strategy().judge(Optional.of(all.get(i - 1)), all.get(i), i % 2 == 0, NOW);

            String reason = verdict.reason();
            assertFalse(reason.isBlank());
            assertFalse(reason.contains("\n"), "one clause");
            assertFalse(HASH.matcher(reason).find(), reason);
        }
    }

    @Test
    protected void isAFunctionOfWhatItIsGiven() {
        List<PathCandidate> all = candidates(7, 40);
        List<RoutingStrategy.Verdict> first = judged(all);
        List<PathCandidate> ranked = strategy().rank(all, NOW);

        Collections.reverse(all);
        judged(all); // what was asked before has no influence
        strategy().rank(all, NOW + 86_400_000);
        Collections.reverse(all);

        assertEquals(first, judged(all));
        assertEquals(ranked, strategy().rank(all, NOW));
    }

    @Test
    protected void rankingKeepsEachCandidateAndChangesNothing() {
        for (int count = 1; count < 30; count++) {
            List<PathCandidate> given = Collections.unmodifiableList(candidates(count, count));
            List<PathCandidate> before = List.copyOf(given);

            List<PathCandidate> ranked = strategy().rank(given, NOW);

            assertEquals(before, given);
            assertEquals(count, ranked.size());
            assertEquals(new HashSet<>(given), new HashSet<>(ranked));
            assertEquals(ranked, strategy().rank(ranked, NOW), "what is in order stays so");
        }
    }

    @Test
    protected void aPathWhoseInterfaceIsDownIsNotTheBestWhileAnotherIsUp() {
        for (int seed = 0; seed < 50; seed++) {
            List<PathCandidate> all = new ArrayList<>();
            for (PathCandidate candidate : candidates(seed, 6)) {
                all.add(up(candidate, all.size() == 3));
            }

            assertTrue(strategy().rank(all, NOW).get(0).interfaceUp(), "seed " + seed);
        }
    }

    @Test
    protected void anyEvidenceHasAnAnswer() {
        Random random = new Random(11);
        long[] times = {0, -1, NOW, Long.MAX_VALUE, Long.MIN_VALUE};
        for (int i = 0; i < 500; i++) {
            PathCandidate one = wild(random, times);
            PathCandidate other = wild(random, times);
            long now = times[random.nextInt(times.length)];

            assertNotNull(strategy().judge(Optional.of(one), other, random.nextBoolean(), now));
            assertEquals(2, strategy().rank(List.of(one, other), now).size());
        }
    }

    @Test
    protected void answersWithinMicroseconds() {
        List<PathCandidate> all = candidates(13, 8);
        long start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            strategy().judge(Optional.of(all.get(i % 8)), all.get((i + 1) % 8), false, NOW);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis < 5_000, "10,000 decisions took " + millis + " ms"); // generous: the machine may be busy
    }

    /** A candidate like many, for tests of what a strategy prefers. */
    public static PathCandidate candidate(String interfaceName, int hops) {
        return new PathCandidate(
                DestinationHash.of(new byte[16]),
                interfaceName,
                hops,
                NOW - 1_000,
                NOW - 1_000,
                NOW + 604_800_000,
                NOW / 1_000,
                PathCandidate.Responsiveness.UNKNOWN,
                InterfaceMode.FULL,
                0,
                10_000_000,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                true);
    }

    private List<RoutingStrategy.Verdict> judged(List<PathCandidate> all) {
        List<RoutingStrategy.Verdict> verdicts = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            verdicts.add(strategy().judge(Optional.of(all.get(i - 1)), all.get(i), i % 3 == 0, NOW));
        }
        return verdicts;
    }

    private static List<PathCandidate> candidates(long seed, int count) {
        Random random = new Random(seed);
        List<PathCandidate> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(wild(random, new long[] {NOW - i * 1_000L, NOW, NOW + i * 60_000L}));
        }
        return all;
    }

    private static PathCandidate wild(Random random, long[] times) {
        byte[] hash = new byte[16];
        random.nextBytes(hash);
        return new PathCandidate(
                DestinationHash.of(hash),
                "if" + random.nextInt(4),
                1 + random.nextInt(128),
                times[random.nextInt(times.length)],
                times[random.nextInt(times.length)],
                times[random.nextInt(times.length)],
                times[random.nextInt(times.length)],
                PathCandidate.Responsiveness.values()[random.nextInt(3)],
                InterfaceMode.values()[random.nextInt(InterfaceMode.values().length)],
                random.nextInt(5) - 2,
                5 + random.nextInt(1_000_000_000),
                random.nextInt(3) * 1e6,
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(600_000)),
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble()),
                random.nextBoolean());
    }

    private static PathCandidate up(PathCandidate of, boolean isUp) {
        return new PathCandidate(
                of.nextHop(),
                of.interfaceName(),
                of.hops(),
                of.heardMillis(),
                of.usedMillis(),
                of.expiresMillis(),
                of.emissionSeconds(),
                of.responsiveness(),
                of.mode(),
                of.gravity(),
                of.bitsPerSecond(),
                of.costPerMegabyte(),
                of.roundTripMillis(),
                of.lossShare(),
                isUp);
    }
}
