package io.kairos.core.link;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PacketRouter.NextHop;
import io.kairos.api.routing.PacketRouter.Registration;
import io.kairos.api.routing.ProofReceiver;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router that is there now, or none. Remembers what is registered and registers it again with the next router, so
 * that destinations and links survive an update of the router.
 *
 * <p>Threads: any.
 */
public final class RouterDoor {

    private static final Logger LOG = LoggerFactory.getLogger(RouterDoor.class);
    private static final Duration HOP = Duration.ofSeconds(6);

    private volatile PacketRouter router;

    /** Counts routers: what belongs to an earlier one must not be given to a later one. */
    private final AtomicInteger generation = new AtomicInteger();

    // ---- guarded by this ----
    private final Set<Entry> entries = new LinkedHashSet<>();

    /** A router has come; what was registered before is registered with it. */
    public synchronized void bind(PacketRouter present) {
        router = present;
        generation.incrementAndGet();
        entries.forEach(entry -> entry.registerWith(present));
    }

    /** A router has gone. */
    public synchronized void unbind(PacketRouter gone) {
        if (router == gone) {
            router = null;
            entries.forEach(Entry::forget);
        }
    }

    /** Registers now and with every router to come; fails like {@link PacketRouter#register} for a taken address. */
    public synchronized Registration register(DestinationHash address, DestinationType type, LocalReceiver receiver) {
        return add(new Entry(address, type, receiver, null));
    }

    public synchronized Registration registerProofs(ProofReceiver receiver) {
        return add(new Entry(null, null, null, receiver));
    }

    private Entry add(Entry entry) {
        PacketRouter present = router;
        if (present != null) {
            entry.current = entry.with(present);
        }
        entries.add(entry);
        return entry;
    }

    /** Sends; 0 where there is no router. */
    public int send(byte[] packet, int length, InterfaceHandle only, boolean more) {
        PacketRouter present = router;
        return present == null ? 0 : present.send(packet, length, only, more);
    }

    public int send(byte[] packet, InterfaceHandle only) {
        return send(packet, packet.length, only, false);
    }

    public void flush(InterfaceHandle on) {
        PacketRouter present = router;
        if (present != null) {
            present.flush(on);
        }
    }

    public Optional<NextHop> nextHop(DestinationHash destination) {
        PacketRouter present = router;
        return present == null ? Optional.empty() : present.nextHop(destination);
    }

    /** Which router it is, counted from the start. */
    int generation() {
        return generation.get();
    }

    Optional<InterfaceHandle> interfaceNamed(String name) {
        PacketRouter present = router;
        return present == null ? Optional.empty() : present.interfaceNamed(name);
    }

    public CompletionStage<Boolean> requestPath(DestinationHash destination, Duration timeout) {
        PacketRouter present = router;
        return present == null ? CompletableFuture.completedFuture(false) : present.requestPath(destination, timeout);
    }

    public Duration firstHopTimeout(DestinationHash destination) {
        PacketRouter present = router;
        return present == null ? HOP : present.firstHopTimeout(destination);
    }

    /** The router for calls that make no sense without one. */
    public Optional<PacketRouter> find() {
        return Optional.ofNullable(router);
    }

    private final class Entry implements Registration {

        private final DestinationHash address;
        private final DestinationType type;
        private final LocalReceiver receiver;
        private final ProofReceiver proofs;
        private Registration current;

        Entry(DestinationHash address, DestinationType type, LocalReceiver receiver, ProofReceiver proofs) {
            this.address = address;
            this.type = type;
            this.receiver = receiver;
            this.proofs = proofs;
        }

        Registration with(PacketRouter present) {
            return proofs == null ? present.register(address, type, receiver) : present.registerProofs(proofs);
        }

        void registerWith(PacketRouter present) {
            try {
                current = with(present);
            } catch (IllegalStateException e) {
                LOG.warn("An address of this node could not be registered with the new router: {}", e.getMessage());
            }
        }

        void forget() {
            current = null;
        }

        @Override
        public void close() {
            Registration last;
            synchronized (RouterDoor.this) {
                entries.remove(this);
                last = current;
                current = null;
            }
            if (last != null) {
                last.close();
            }
        }
    }
}
