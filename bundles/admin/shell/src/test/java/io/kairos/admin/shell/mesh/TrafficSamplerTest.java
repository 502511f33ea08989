package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.admin.shell.Node;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficSamplerTest {

    private final ManualClock clock = new ManualClock();
    private final FakeRouter router = new FakeRouter(lan(0, 0));
    private final TrafficSampler sampler = TrafficSampler.watching(clock, clock, List.of(router));

    @Test
    void knowsNothingBeforeTheFirstSample() {
        assertEquals(Optional.empty(), sampler.of(lan(100, 1)));
    }

    @Test
    void dividesWhatWasAddedByTheTimeSinceTheOlderSample() {
        clock.advance(Duration.ofSeconds(5));
        router.interfaces.set(0, lan(5000, 50));
        clock.advance(Duration.ofSeconds(7));

        // samples at 5 s (0 bytes) and 10 s (5,000 bytes); now is 12 s
        assertEquals(Optional.of(new Rates.Rate(1000, 10, 0, 0)), sampler.of(lan(7000, 70)));
    }

    @Test
    void anInterfaceThatWasMadeAnewHasNoNegativeRate() {
        router.interfaces.set(0, lan(1_000_000, 1000));
        clock.advance(Duration.ofSeconds(10));

        assertEquals(Optional.of(new Rates.Rate(0, 0, 0, 0)), sampler.of(lan(50, 1)));
    }

    @Test
    void stopsSamplingWhenItsBundleStops() {
        sampler.close();
        assertEquals(0, clock.waiting());
    }

    private static InterfaceView lan(long bytes, long packets) {
        return Node.up("lan", "auto", new InterfaceCounters(packets, bytes, 0, 0, 0, 0, 0));
    }
}
