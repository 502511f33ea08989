package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.RadioScanner.Found;
import io.kairos.api.transport.RadioScanner.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RadioChoiceTest {

    private static final List<Plan> PLANS =
            List.of(plan("eu868", "Europe", "fast"), plan("eu868", "Europe", "balanced"), plan("us915", "USA", "fast"));

    private static Plan plan(String region, String title, String profile) {
        return new Plan(region, title, "", profile, 0, 0, 0, 0, 0, 1, 0, Duration.ZERO);
    }

    private static Found radio(String port) {
        return new Found(port, "", Optional.of("rnode"), "board", "1.86", List.of(), Optional.empty());
    }

    private static Found other(String port, Failure... why) {
        return new Found(
                port,
                "",
                Optional.empty(),
                "",
                "",
                List.of(),
                List.of(why).stream().findFirst());
    }

    private static Failure refused(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(MeshException.class, call).failure();
    }

    @Test
    void theOnlyRadioIsTaken() {
        Found radio = radio("b");

        assertSame(radio, RadioChoice.one(List.of(other("a"), radio)));
    }

    @Test
    void betweenTwoTheOperatorChooses() {
        Failure why = refused(() -> RadioChoice.one(List.of(radio("a"), other("b"), radio("c"))));

        assertEquals("There are 2 radios.", why.message());
        assertEquals("Add --port with one of: a, c.", why.remedy());
    }

    @Test
    void whatIsWrongWithTheOnlyPortIsTold() {
        Failure used = new Failure(Failure.Kind.CONFIGURATION, "It is used by interface roof", "See it.");

        assertEquals(
                "a: It is used by interface roof",
                refused(() -> RadioChoice.one(List.of(other("a", used)))).message());
        assertEquals(
                "a: nothing answers as an RNode.",
                refused(() -> RadioChoice.one(List.of(other("a")))).message());
        assertEquals(
                "No RNode was found.",
                refused(() -> RadioChoice.one(List.of(other("a"), other("b")))).message());
        assertEquals(
                "No RNode was found.", refused(() -> RadioChoice.one(List.of())).message());
    }

    @Test
    void withoutARegionTheyAreListed() {
        assertEquals(
                "Add --region with one of: eu868 (Europe), us915 (USA).",
                refused(() -> RadioChoice.requirePlan(PLANS, Optional.empty(), "fast"))
                        .remedy());
        assertEquals(
                "No region 'mars' is known.",
                refused(() -> RadioChoice.requirePlan(PLANS, Optional.of("mars"), "fast"))
                        .message());
        assertEquals(
                "There is: fast; iface:rnode-profiles tells what they mean.",
                refused(() -> RadioChoice.requirePlan(PLANS, Optional.of("us915"), "balanced"))
                        .remedy());
        assertDoesNotThrow(() -> RadioChoice.requirePlan(PLANS, Optional.of("eu868"), "balanced"));
    }
}
