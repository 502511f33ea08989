package io.kairos.core.link.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendBudgetTest {

    private final SendBudget budget = new SendBudget(100);
    private final List<String> granted = new ArrayList<>();

    @Test
    void whoNeedsMoreThanIsFreeWaitsForItsTurn() {
        budget.await(60, () -> granted.add("first"));
        budget.await(60, () -> granted.add("second"));
        budget.await(10, () -> granted.add("third, behind the second although it would fit"));
        assertEquals(List.of("first"), granted);

        budget.giveBack(60);

        assertEquals(3, granted.size());
        assertEquals(30, budget.freeBytes());
    }

    @Test
    void nobodyTakesAheadOfThoseWhoWait() {
        assertTrue(budget.take(90));
        budget.await(20, () -> granted.add("waited"));

        assertFalse(budget.take(5));
        budget.giveBack(90);

        assertEquals(List.of("waited"), granted);
        assertTrue(budget.take(5));
    }

    @Test
    void whatIsLargerThanEverythingGoesAlone() {
        budget.await(10, () -> granted.add("small"));
        budget.await(1000, () -> granted.add("huge"));
        assertEquals(List.of("small"), granted);

        budget.giveBack(10);
        assertEquals(List.of("small", "huge"), granted);
        budget.giveBack(1000);

        assertEquals(100, budget.freeBytes());
    }
}
