package io.kairos.test.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitForTest {

    @Test
    void returnsAsSoonAsTheValueIsThere() {
        AtomicInteger asked = new AtomicInteger();

        String value = WaitFor.value("it", () -> asked.incrementAndGet() < 3 ? Optional.empty() : Optional.of("here"));

        assertEquals("here", value);
        assertEquals(3, asked.get());
    }

    @Test
    void namesWhatDidNotHappenWithinTheBound() {
        AssertionError failure = assertThrows(
                AssertionError.class, () -> WaitFor.condition("a miracle", Duration.ofMillis(5), () -> false));

        assertTrue(failure.getMessage().contains("a miracle"), failure.getMessage());
    }
}
