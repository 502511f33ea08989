package io.kairos.test.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StepsTest {

    private final Steps steps = new Steps(new Screen(false));

    @Test
    void anAnswerThatIsNotAsToldEndsTheStory() {
        CompletableFuture<Map<?, ?>> answer = CompletableFuture.completedFuture(Map.of("status", "FAILED"));

        DemoFailure failure = assertThrows(
                DemoFailure.class,
                () -> steps.answer("a step", "A = C", Duration.ofSeconds(5), answer, told -> {
                    throw new DemoFailure("the status was " + told.get("status"));
                }));

        assertEquals("a step: the status was FAILED", failure.getMessage());
    }

    @Test
    void aStepThatTakesTooLongEndsTheStory() {
        CompletableFuture<Map<?, ?>> never = new CompletableFuture<>();

        assertThrows(DemoFailure.class, () -> steps.answer("a step", "", Duration.ZERO, never, told -> "not reached"));
    }

    @Test
    void anAnswerAsToldGoesOn() {
        Map<?, ?> members = steps.answer(
                "a step",
                "",
                Duration.ofSeconds(5),
                CompletableFuture.completedFuture(Map.of("status", "READY")),
                told -> "fine");

        assertEquals("READY", members.get("status"));
    }
}
