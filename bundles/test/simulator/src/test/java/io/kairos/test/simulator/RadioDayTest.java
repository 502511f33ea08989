package io.kairos.test.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A town full of radios on one channel. */
class RadioDayTest {

    private static final double ONE_PERCENT = 0.01;

    @TempDir
    private Path folder;

    private RadioDay.Outcome run(int nodes, double km, Duration time, LoRaStation.Law law) {
        return new RadioDay(new RadioDay.Plan(nodes, km, time, Duration.ofHours(2), 24, ONE_PERCENT, law, 2026), folder)
                .run();
    }

    @Test
    void messagesArriveWithinTheLaw() {
        RadioDay.Outcome outcome = run(12, 5, Duration.ofHours(6), LoRaStation.Law.KNOWN_TO_THE_ROUTER);

        assertTrue(outcome.busiestHour() <= ONE_PERCENT, outcome.toString());
        assertTrue(outcome.written() > 30, outcome.toString());
        assertTrue(outcome.arrived() > 0.8 * outcome.written(), outcome.toString());
        assertTrue(outcome.knownWays() > 0.9, outcome.toString());
    }

    @Test
    void theSameSeedGivesTheSameDay() {
        assertEquals(
                run(8, 4, Duration.ofHours(2), LoRaStation.Law.KNOWN_TO_THE_ROUTER),
                run(8, 4, Duration.ofHours(2), LoRaStation.Law.KNOWN_TO_THE_ROUTER));
    }

    /** Takes minutes: {@code mvn test -pl bundles/test/simulator -am -Dtest=RadioDayTest -Dradio.day=true}. */
    @Test
    @EnabledIfSystemProperty(named = "radio.day", matches = "true")
    void fiftyNodesForADay() throws Exception {
        List<String> rows = new ArrayList<>(List.of(
                "| | Messages | Arrived | Proved | Median | 95 % within | Time on air, mean | busiest node | busiest hour | Disturbed | Ways known |",
                "|---|---|---|---|---|---|---|---|---|---|---|"));
        Duration day = Duration.ofDays(1);
        RadioDay.Outcome ours = run(50, 10, day, LoRaStation.Law.KNOWN_TO_THE_ROUTER);
        rows.add(ours.row("Kairos with a region: the router knows the limit"));
        rows.add(run(50, 10, day, LoRaStation.Law.KEPT_BY_THE_RADIO).row("As the reference, limit set in the radio"));
        rows.add(run(50, 10, day, LoRaStation.Law.NOT_KEPT).row("As the reference by default: no limit"));
        Files.write(Path.of("target/radio-day.md"), rows);
        rows.forEach(System.out::println);

        assertTrue(ours.busiestHour() <= ONE_PERCENT, ours.toString());
    }
}
