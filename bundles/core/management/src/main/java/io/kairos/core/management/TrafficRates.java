package io.kairos.core.management;

import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bits per second of each interface between the last two samples. Threads: any. */
final class TrafficRates {

    private final Router router;
    private final Clock clock;

    // ---- guarded by this ----
    private Map<String, Sample> samples = Map.of();
    private Map<String, Rate> rates = Map.of();

    TrafficRates(Router router, Clock clock) {
        this.router = router;
        this.clock = clock;
    }

    void sample() {
        List<InterfaceView> views = router.interfaces();
        long now = clock.nanos();
        synchronized (this) {
            Map<String, Sample> next = new HashMap<>();
            Map<String, Rate> measured = new HashMap<>();
            for (InterfaceView view : views) {
                Sample sample = new Sample(
                        now, view.counters().receivedBytes(), view.counters().sentBytes());
                next.put(view.name(), sample);
                Sample last = samples.get(view.name());
                if (last != null && now > last.nanos) {
                    double seconds = (now - last.nanos) / 1e9;
                    measured.put(
                            view.name(),
                            new Rate(
                                    (sample.received - last.received) * 8 / seconds,
                                    (sample.sent - last.sent) * 8 / seconds));
                }
            }
            samples = next;
            rates = measured;
        }
    }

    synchronized Rate of(String interfaceName) {
        return rates.getOrDefault(interfaceName, Rate.NONE);
    }

    private record Sample(long nanos, long received, long sent) {}

    /**
     * How fast it is.
     *
     * @param received bits per second
     * @param sent bits per second
     */
    record Rate(double received, double sent) {
        static final Rate NONE = new Rate(0, 0);
    }
}
