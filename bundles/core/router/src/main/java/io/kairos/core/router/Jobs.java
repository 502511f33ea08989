package io.kairos.core.router;

import io.kairos.api.time.Timers;
import io.kairos.core.router.announce.AnnounceDesk;
import io.kairos.core.router.announce.RateControl;
import io.kairos.core.router.announce.Repeats;
import io.kairos.core.router.forward.LinkKeeper;
import io.kairos.core.router.forward.Traffic;
import io.kairos.core.router.known.Blackhole;
import io.kairos.core.router.known.KnownBook;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.core.router.request.OwnRequests;
import io.kairos.core.router.request.PathRequests;
import io.kairos.core.router.storage.Saving;
import io.kairos.core.router.tunnel.Tunnels;
import java.time.Duration;

/** The periodic work of the router (docs/protocol/transport.md, periodic jobs). Runs on the owner of the tables. */
final class Jobs {

    private static final Duration TICK = Duration.ofMillis(250);
    private static final long CULL_MILLIS = 5_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long CLEAN_MILLIS = 300_000;

    /** Walking over all paths may take this share of the owner's time: one millisecond per second for ten thousand. */
    private static final int PATHS_PER_SECOND = 10_000;

    private final NodeTime time;
    private final Timers timers;
    private final SerialExecutor tables;
    private final Ports ports;
    private final Traffic traffic;
    private final Kept kept;
    private final AnnounceDesk desk;
    private final Refusals refusals;
    private Timers.Timer timer;
    private volatile boolean portsChanged;

    // ---- owned by the owner of the tables ----
    private long nextCull;
    private long nextPathCull;
    private long nextReselect;
    private long nextMinute;
    private long nextClean;

    /** What needs looking after. */
    record Kept(
            PathBook paths,
            KnownBook known,
            Blackhole blackhole,
            Repeats repeats,
            RateControl rates,
            PathRequests requests,
            OwnRequests own,
            Tunnels tunnels,
            LinkKeeper links,
            Saving saving) {}

    Jobs(
            NodeTime time,
            Timers timers,
            SerialExecutor tables,
            Ports ports,
            Traffic traffic,
            Kept kept,
            AnnounceDesk desk,
            Refusals refusals) {
        this.time = time;
        this.timers = timers;
        this.tables = tables;
        this.ports = ports;
        this.traffic = traffic;
        this.kept = kept;
        this.desk = desk;
        this.refusals = refusals;
        this.nextClean = time.millis() + CLEAN_MILLIS;
    }

    synchronized void start() {
        timer = timers.every(TICK, () -> tables.execute(this::tick));
    }

    synchronized void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** An interface came, went or changed its state: paths may have to be chosen anew. */
    void portsChanged() {
        portsChanged = true;
    }

    /** Everything that is ever done, also what is not due yet. */
    void everything() {
        nextCull = 0;
        nextPathCull = 0;
        nextReselect = 0;
        nextMinute = 0;
        nextClean = 0;
        tick();
    }

    void tick() {
        long now = time.millis();
        kept.repeats.run();
        kept.own.run();
        kept.saving.run();
        if (portsChanged && now >= nextReselect) {
            portsChanged = false;
            nextReselect = now + 1000L * kept.paths.table().size() / PATHS_PER_SECOND;
            kept.paths.reselect();
        }
        if (now >= nextCull) {
            nextCull = now + CULL_MILLIS;
            cull(now);
        }
        for (Port port : ports.all()) {
            desk.release(port); // at every tick, so that the release interval of an interface is kept
        }
        if (now >= nextMinute) {
            nextMinute = now + MINUTE_MILLIS;
            kept.blackhole.clean();
            kept.rates.cull(now);
            ports.forgetAnchors(now - 2 * CLEAN_MILLIS - PathBook.LINGER_MILLIS);
        }
        if (now >= nextClean) {
            nextClean = now + CLEAN_MILLIS;
            kept.known.clean();
        }
    }

    private void cull(long now) {
        kept.requests.cull();
        kept.own.cull();
        kept.links.cull();
        kept.tunnels.cull();
        traffic.reverse().cull(now / 1000);
        if (now >= nextPathCull) {
            nextPathCull = now + 1000L * kept.paths.table().size() / PATHS_PER_SECOND;
            kept.paths.cull();
        }
        long nanos = time.nanos();
        for (Port port : ports.all()) {
            desk.review(port);
            int expired = port.pacer().expire(nanos);
            for (int i = 0; i < expired; i++) {
                refusals.count(Refusal.ANNOUNCE_CAP_EXPIRED);
            }
        }
    }
}
