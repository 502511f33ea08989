package io.kairos.core.link;

import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** A line between two test nodes: delays, loses, doubles and shuffles packets, always the same way for the same seed. */
public final class TestLine {

    private final ManualClock clock;
    private final Random random;
    private Duration delay = Duration.ofMillis(5);
    private double loss;
    private double doubling;
    private double jitter;
    private boolean cut;
    private int carried;
    private Function<byte[], Optional<Duration>> fate = packet -> Optional.of(Duration.ZERO);

    public TestLine(ManualClock clock, TestNode left, TestNode right, long seed) {
        this.clock = clock;
        this.random = new Random(seed);
        left.router.line(packet -> carry(packet, right));
        right.router.line(packet -> carry(packet, left));
    }

    public TestLine delay(Duration each) {
        delay = each;
        return this;
    }

    /** @param share of packets that are lost, 0 to 1 */
    public TestLine loss(double share) {
        loss = share;
        return this;
    }

    public TestLine doubling(double share) {
        doubling = share;
        return this;
    }

    /** @param share of the delay that is added at random, so that packets overtake each other */
    public TestLine jitter(double share) {
        jitter = share;
        return this;
    }

    /** @param judge how much longer a packet takes; nothing where it is lost */
    public TestLine fate(Function<byte[], Optional<Duration>> judge) {
        fate = judge;
        return this;
    }

    public void cut(boolean isCut) {
        cut = isCut;
    }

    public int carried() {
        return carried;
    }

    private void carry(byte[] packet, TestNode to) {
        carried++;
        Optional<Duration> more = fate.apply(packet);
        int copies = more.isEmpty() || random.nextDouble() < loss ? 0 : random.nextDouble() < doubling ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long nanos = Math.round(delay.toNanos() * (1 + jitter * random.nextDouble()));
            clock.after(more.get().plusNanos(nanos), () -> {
                if (!cut) {
                    to.router.arrive(packet);
                }
            });
        }
    }
}
