package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.OsgiServices;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.Networks;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the greeting to the log once, for nodes that run without a terminal. Waits until interfaces have come up, at
 * most {@link #PATIENCE}.
 */
@Component(
        service = {},
        immediate = true)
public final class Greeting {

    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

    private final BundleContext context;
    private final Clock clock;
    private final long startNanos;
    private final AtomicBoolean said = new AtomicBoolean();
    private final Timers.Timer timer;

    /** @param identity only awaited, so that the greeting can tell of it */
    @Activate
    public Greeting(
            BundleContext context,
            @Reference(target = Networks.IN_MAIN) IdentityStore identity,
            @Reference Clock clock,
            @Reference Timers timers) {
        this.context = context;
        this.clock = clock;
        this.startNanos = clock.nanos();
        this.timer = timers.every(STEP, this::look);
    }

    private void look() {
        if (said.get()) {
            return;
        }
        try (OsgiServices services = new OsgiServices(context)) {
            Welcome welcome = new Welcome(services);
            boolean late = clock.nanos() - startNanos >= PATIENCE.toNanos();
            if ((late || welcome.isComplete()) && said.compareAndSet(false, true)) {
                say(welcome.lines());
                timer.cancel();
            }
        }
    }

    private static void say(List<String> lines) {
        lines.stream().filter(line -> !line.isBlank()).forEach(line -> LOG.info("{}", line));
    }

    @Deactivate
    void close() {
        timer.cancel();
    }
}
