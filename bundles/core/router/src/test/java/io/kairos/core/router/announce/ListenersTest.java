package io.kairos.core.router.announce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.routing.AnnounceListener;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private final Listeners listeners = new Listeners();

    private static AnnounceListener wanting(Supplier<String> filter) {
        return new AnnounceListener() {
            @Override
            public String nameFilter() {
                return filter.get();
            }

            @Override
            public void heard(KnownDestination announced, int hops, boolean pathResponse) {
                throw new AssertionError("nothing is announced here");
            }
        };
    }

    @Test
    void whoDoesNotSayWhatItWantsIsNotTaken() {
        assertFalse(listeners.add(wanting(() -> null)));
        assertFalse(listeners.add(wanting(() -> {
            throw new IllegalStateException("broken");
        })));
        assertEquals(List.of(), listeners.all());
    }

    @Test
    void whoWantsSomethingOrEverythingIsTakenUntilItGoes() {
        AnnounceListener some = wanting(() -> "lxmf.delivery");
        AnnounceListener every = wanting(() -> "");

        assertTrue(listeners.add(some));
        assertTrue(listeners.add(every));
        listeners.remove(some);

        assertEquals(List.of(every), listeners.all());
    }
}
