package io.kairos.core.link;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.transport.LinkBudget;
import io.kairos.test.kit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Two nodes on one line; the right one has a destination that the left one knows. */
public final class TwoNodes {

    public final ManualClock clock = new ManualClock();
    public final TestNode left;
    public final TestNode right;
    public final TestLine line;
    public final LocalDestination destination;
    private final AtomicReference<Link> accepted = new AtomicReference<>();

    public TwoNodes(Path folder) {
        this(folder, LinkBudget.plain(1_000_000, 500), 1);
    }

    public TwoNodes(Path folder, LinkBudget budget, long seed) {
        this(folder, budget, seed, identity -> DestinationSettings.single("kairos.test", identity));
    }

    public TwoNodes(Path folder, LinkBudget budget, long seed, Function<LocalIdentity, DestinationSettings> settings) {
        left = new TestNode(clock, 1, budget, folder);
        right = new TestNode(clock, 2, budget, folder);
        line = new TestLine(clock, left, right, seed);
        destination = right.endpoints.open(settings.apply(right.identity));
        destination.onLink(accepted::set);
        destination.announce(Optional.empty());
        until("the announce is heard", Duration.ofSeconds(1), () -> left.known.size() == 1);
    }

    /** Opens a link from left to right and waits until both ends are up. */
    public Link connect() {
        AtomicReference<Link> link = new AtomicReference<>();
        left.endpoints.connect(destination.address()).thenAccept(link::set);
        until("the link is up", Duration.ofSeconds(60), () -> link.get() != null && accepted.get() != null);
        return link.get();
    }

    /** The right end of the newest link. */
    public Link accepted() {
        return accepted.get();
    }

    /** Lets time pass until something holds, at most {@code bound} of it. */
    public void until(String what, Duration bound, BooleanSupplier condition) {
        Duration step = Duration.ofMillis(1);
        for (long passed = 0; passed < bound.toMillis() && !condition.getAsBoolean(); passed += step.toMillis()) {
            clock.advance(step);
        }
        assertTrue(condition.getAsBoolean(), what);
    }

    public void pass(Duration time) {
        clock.advance(time);
    }
}
