package io.kairos.admin.shell.mesh;

import io.kairos.api.routing.Router;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Remembers the counters of all interfaces twice, five seconds apart, so that a display can tell the rates of the last
 * five to ten seconds without waiting.
 *
 * <p>Threads: samples on a timer thread, answers on any.
 */
@Component(service = {TrafficSampler.class, Rates.class})
public final class TrafficSampler implements Rates {

    static final Duration PERIOD = Duration.ofSeconds(5);

    /** Interfaces beyond this number have no rates: a display of so many is read by programs, which have counters. */
    static final int MOST_INTERFACES = 4096;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            fieldOption = FieldOption.REPLACE)
    private volatile List<Router> routers = List.of();

    private final Clock clock;
    private final Timers.Timer timer;

    // ---- guarded by this ----
    private Sample older = Sample.NONE;
    private Sample newer = Sample.NONE;

    private record Sample(long nanos, Map<String, InterfaceCounters> counters) {
        static final Sample NONE = new Sample(0, Map.of());
    }

    @Activate
    public TrafficSampler(@Reference Clock clock, @Reference Timers timers) {
        this.clock = clock;
        this.timer = timers.every(PERIOD, this::sample);
    }

    /** For tests, which have no service registry. */
    static TrafficSampler watching(Clock clock, Timers timers, List<Router> routers) {
        TrafficSampler sampler = new TrafficSampler(clock, timers);
        sampler.routers = routers;
        return sampler;
    }

    @Deactivate
    void close() {
        timer.cancel();
    }

    private void sample() {
        Map<String, InterfaceCounters> counters = new HashMap<>();
        for (Router router : routers) {
            for (Router.InterfaceView view : router.interfaces()) {
                if (counters.size() < MOST_INTERFACES) {
                    counters.put(view.name(), view.counters());
                }
            }
        }
        synchronized (this) {
            older = newer;
            newer = new Sample(clock.nanos(), counters);
        }
    }

    @Override
    public synchronized Optional<Rate> of(Router.InterfaceView view) {
        Sample base = older.counters().containsKey(view.name()) ? older : newer;
        InterfaceCounters then = base.counters().get(view.name());
        double seconds = (clock.nanos() - base.nanos()) / 1e9;
        if (then == null || seconds < 1) {
            return Optional.empty();
        }
        InterfaceCounters now = view.counters();
        return Optional.of(new Rate(
                perSecond(then.receivedBytes(), now.receivedBytes(), seconds),
                perSecond(then.receivedPackets(), now.receivedPackets(), seconds),
                perSecond(then.sentBytes(), now.sentBytes(), seconds),
                perSecond(then.sentPackets(), now.sentPackets(), seconds)));
    }

    private static double perSecond(long then, long now, double seconds) {
        // an interface that was made anew counts from zero again
        return Math.max(0, now - then) / seconds;
    }
}
