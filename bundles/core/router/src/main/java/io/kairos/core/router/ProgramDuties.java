package io.kairos.core.router;

import io.kairos.api.packet.DestinationType;
import io.kairos.api.time.Timers;
import io.kairos.core.router.announce.Verifiers;
import io.kairos.core.router.forward.LocalAddress;
import io.kairos.core.router.forward.Traffic;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import io.kairos.lib.wire.PathRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a node has to do that is itself a program of a shared instance on its machine (docs/protocol/shared-instance.md,
 * connection loss and section 2.3): it registers its destinations by announcing them as path responses, and when the
 * connection ends it forgets what it has learned over it, because the instance that comes back knows nothing of it.
 *
 * <p>Threads: {@link #registered} any, the rest belongs to the owner of the tables.
 */
final class ProgramDuties {

    /** A destination that has just been made may still get its handlers and application data. */
    static final Duration REGISTER_AFTER = Duration.ofMillis(250);

    /** An instance that has come back needs time to open its own interfaces. */
    static final Duration REGISTER_AGAIN_AFTER = Duration.ofSeconds(10);

    private static final int SINGLE = DestinationType.SINGLE.bits();
    private static final int LINK = DestinationType.LINK.bits();

    private final Timers timers;
    private final Executor tables;
    private final Ports ports;
    private final Traffic traffic;
    private final PathBook paths;
    private final Verifiers verifiers;
    private final RandomGenerator random;
    private final Refusals refusals;

    // ---- owned by the owner of the tables ----
    private final Set<Port> lost = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Where all destinations will register within {@link #REGISTER_AFTER}, so that new ones need not do so themselves. */
    private final Set<Port> soon = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param verifiers also runs what destinations do to register: they sign an announce */
    ProgramDuties(
            Timers timers,
            Executor tables,
            Ports ports,
            Traffic traffic,
            PathBook paths,
            Verifiers verifiers,
            RandomGenerator random,
            Refusals refusals) {
        this.timers = timers;
        this.tables = tables;
        this.ports = ports;
        this.traffic = traffic;
        this.paths = paths;
        this.verifiers = verifiers;
        this.random = random;
        this.refusals = refusals;
    }

    /** A destination of this node was opened. */
    void registered(LocalAddress local) {
        if (local.type() == SINGLE && ports.sharedInstances().length > 0) {
            tables.execute(() -> {
                for (Port port : ports.sharedInstances()) {
                    if (port.isUp() && !soon.contains(port)) {
                        timers.after(REGISTER_AFTER, () -> tables.execute(() -> register(local, port)));
                    }
                }
            });
        }
    }

    /** The shared instance is there, or there again. */
    void connected(Port port) {
        boolean again = lost.remove(port);
        if (!again) {
            soon.add(port);
        }
        timers.after(again ? REGISTER_AGAIN_AFTER : REGISTER_AFTER, () -> tables.execute(() -> registerAll(port)));
    }

    private void registerAll(Port port) {
        soon.remove(port);
        traffic.locals().forEach(local -> {
            if (local.type() == SINGLE) {
                register(local, port);
            }
        });
    }

    /** The connection to the shared instance has ended. */
    void disconnected(Port port) {
        lost.add(port);
        paths.forget(port.anchor());
        traffic.links().forEach(link -> {
            if (link.from() == port.anchor() || link.towards() == port.anchor()) {
                traffic.links().remove(link);
            }
        });
        traffic.locals().forEach(local -> {
            if (local.type() == LINK) {
                local.receiver().wayLost(port);
            }
        });
    }

    /** The interface has left the router. */
    void forget(Port port) {
        lost.remove(port);
        soon.remove(port);
    }

    private void register(LocalAddress local, Port port) {
        boolean isOpen = traffic.locals().get(local.high(), local.low()) == local;
        if (!isOpen || !port.isUp()) {
            return;
        }
        byte[] tag = new byte[PathRequest.Tag.LONGEST];
        random.nextBytes(tag);
        if (!verifiers.offer(port, () -> local.receiver().pathRequested(port, tag))) {
            refusals.count(Refusal.REQUEST_FULL);
        }
    }
}
