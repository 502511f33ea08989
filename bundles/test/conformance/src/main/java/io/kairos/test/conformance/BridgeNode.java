package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.link.EndpointsCore;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.RouterDoor;
import io.kairos.core.link.Slot;
import io.kairos.core.link.SpoolFolder;
import io.kairos.core.link.Surroundings;
import io.kairos.core.router.Collaborators;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.RouterSettings;
import io.kairos.core.router.announce.Listeners;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.kit.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A node put together from the product's classes without a container: identity, router and endpoints. Interfaces are
 * attached from outside.
 */
final class BridgeNode implements AutoCloseable {

    private static final long HEAP = 256L << 20;

    /** A stepped node does its periodic work when the commands have paused so long: the suite waits for something. */
    private static final long PAUSE_NANOS = 500_000_000;

    /** It does so also without a pause, but seldom: a repetition shall not fall between two commands of one step. */
    private static final long JOBS_NANOS = 3_000_000_000L;

    private final NodeSettings settings;
    private final NodeClock time;
    private final NodeThreads threads;
    private final Store store;
    private final CryptoSuite suite = Suite.reticulum();
    private final IdentityStore identities;
    private final LocalIdentity identity;
    private final RouterCore router;
    private final TappedRouter tap;
    private final SecureRandom random = new SecureRandom();
    private final RouterDoor door = new RouterDoor();
    private EndpointsCore endpoints;
    private final Listeners listeners = new Listeners();
    private final List<MeshInterface> interfaces = new CopyOnWriteArrayList<>();

    private long lastJobs;
    private long lastCommand;

    BridgeNode(NodeSettings settings) {
        this(settings, new MemoryStore());
    }

    /** A node that goes on with what another has stored. */
    BridgeNode(NodeSettings settings, Store store) {
        this.settings = settings;
        this.store = store;
        time = new NodeClock(settings);
        threads = new NodeThreads(settings.stepped(), time);
        identities = Identities.in(store, suite);
        identity = settings.identity()
                .map(keys -> identities.importKeys("given", keys))
                .orElseGet(identities::node);
        router = new RouterCore(
                RouterSettings.defaults(HEAP).withForward(settings.forwards()),
                new Collaborators(
                        time.clock(),
                        time.timers(),
                        () -> Optional.of(suite),
                        () -> Optional.of(new FewestHops()),
                        listeners::all,
                        store,
                        identity,
                        threads.tables(),
                        threads.workers(),
                        threads.verifiers(),
                        threads.storage(),
                        random));
        router.start();
        if (settings.stepped()) {
            router.stopTimer(); // catchUp runs the periodic work
        }
        tap = new TappedRouter(router.packetRouter());
        door.bind(tap);
        endpoints = new EndpointsCore(surroundings(settings.links()));
        lastJobs = time.clock().nanos();
        lastCommand = lastJobs;
    }

    private Surroundings surroundings(LinkSettings links) {
        return new Surroundings(
                time.clock(),
                time.timers(),
                door,
                Slot.of(suite),
                Slot.of(router.knownDestinations()),
                Slot.of(store),
                threads.linkWorkers(),
                random::nextBytes,
                spool(),
                links);
    }

    /** Other settings for links and proofs: the endpoints are made anew, as the container does it, and are empty. */
    void restartEndpoints(LinkSettings links) {
        endpoints.close();
        endpoints = new EndpointsCore(surroundings(links));
    }

    /** Where single packets of the endpoints can be seen. */
    TappedRouter tap() {
        return tap;
    }

    /** Whether it forwards for others, and what else was decided about it. */
    NodeSettings settings() {
        return settings;
    }

    LocalIdentity identity() {
        return identity;
    }

    IdentityStore identities() {
        return identities;
    }

    CryptoSuite suite() {
        return suite;
    }

    Store store() {
        return store;
    }

    RouterCore router() {
        return router;
    }

    EndpointsCore endpoints() {
        return endpoints;
    }

    Clock clock() {
        return time.clock();
    }

    Timers timers() {
        return time.timers();
    }

    List<MeshInterface> interfaces() {
        return interfaces;
    }

    /** Hears of announces from now on; false where the listener is not taken. */
    boolean listen(AnnounceListener listener) {
        return listeners.add(listener);
    }

    /** Takes in an interface; the node closes it in the end. */
    void attach(MeshInterface medium) {
        interfaces.add(medium);
        router.attach(medium);
        time.settle();
    }

    /** Lets go of an interface and closes it. */
    void detach(MeshInterface medium) {
        interfaces.remove(medium);
        router.detach(medium);
        medium.close();
        time.settle();
    }

    /** A stepped node: time passes up to now, and what is due is done on this thread. No effect on a running node. */
    void catchUp() {
        time.catchUp();
        long now = clock().nanos();
        if (settings.stepped() && (now - lastCommand > PAUSE_NANOS || now - lastJobs > JOBS_NANOS)) {
            lastJobs = now;
            router.runJobs();
        }
        lastCommand = now;
    }

    /** A stepped node: so much time passes, on this thread. */
    void pass(Duration duration) {
        time.pass(duration);
    }

    /** A stepped node: what is due at this moment is done on this thread. No effect on a running node. */
    void settle() {
        time.settle();
    }

    @Override
    public void close() {
        endpoints.close();
        router.stop();
        interfaces.forEach(MeshInterface::close);
        threads.close();
        time.close();
    }

    private static Path spool() {
        try {
            Path folder = Files.createTempDirectory("kairos-bridge");
            folder.toFile().deleteOnExit();
            return SpoolFolder.emptied(folder.resolve("incoming"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
