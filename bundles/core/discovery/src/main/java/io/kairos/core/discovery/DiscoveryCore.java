package io.kairos.core.discovery;

import io.kairos.api.admin.DiscoveredInterfaces;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.routing.Router;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.discovery.DiscoveryCheck;
import io.kairos.lib.discovery.Stamps;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of discovery, connected: what this node announces, what it collects, to what it connects. Plain code without a
 * container. Threads: any.
 */
final class DiscoveryCore implements DiscoveredInterfaces, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryCore.class);
    private static final String NETWORK = "rnstransport.network";
    private static final Duration FIRST_ANNOUNCE = Duration.ofSeconds(15);
    private static final Duration ANNOUNCES = Duration.ofHours(2);

    private final Collector collector;
    private final Announcer announcer;
    private final AutoConnector connector;
    private final Optional<LocalIdentity> network;
    private final List<LocalDestination> destinations = new ArrayList<>();
    private final List<Timers.Timer> running = new ArrayList<>();

    /**
     * What the node offers.
     *
     * @param suite stamps and encryption
     * @param endpoints opens destinations
     * @param router tells whether the node forwards
     * @param known whom the node refuses
     * @param identities its identities
     * @param interfaces all interfaces there are
     * @param clients makes interfaces
     * @param store keeps what was heard
     * @param clock what time it is
     * @param timers runs things later
     */
    record Node(
            CryptoSuite suite,
            Endpoints endpoints,
            Router router,
            KnownDestinations known,
            IdentityStore identities,
            Supplier<List<MeshInterface>> interfaces,
            FoundClients clients,
            Store store,
            Clock clock,
            Timers timers) {}

    /**
     * @param worker checks what is heard and connects; one task at a time
     * @param finder finds stamps, which takes long; one task at a time
     */
    DiscoveryCore(DiscoverySettings settings, Node node, Executor worker, Executor finder) {
        network = settings.networkIdentity().flatMap(name -> named(name, node.identities()));
        IdentityHash own = node.identities().node().hash();
        SecureRandom random = new SecureRandom();
        connector = new AutoConnector(
                settings.collects() ? settings.connect() : new DiscoverySettings.Connect(0, Optional.empty(), 0, false),
                new AutoConnector.Node(own, node.router()::forwards, node.interfaces(), MachineAddresses::inYggdrasil),
                node.clients(),
                node.clock(),
                random);
        collector = new Collector(
                new DiscoveryCheck(new Stamps(node.suite()), settings.requiredValue(), settings.sources()),
                settings.sources(),
                new Collector.Trust(
                        own,
                        hidden -> network.flatMap(identity -> identity.decrypt(hidden, List.of(), false)),
                        node.known()::isBlackholed),
                node.store(),
                node.clock(),
                worker,
                connector::offered);
        announcer = new Announcer(
                new Announcer.Node(
                        node.identities().node(),
                        network,
                        node.router()::forwards,
                        node.interfaces(),
                        node.endpoints()),
                node.suite(),
                random::nextBytes,
                node.clock(),
                node.timers());
        worker.execute(() -> {
            if (settings.collects()) {
                collector.restore();
            }
            connector.begin(collector.known());
        });
        every(node.timers(), Announcer.PACE, finder, announcer::hasWork, announcer::announceNext);
        if (settings.collects() && settings.connect().most() > 0) {
            every(node.timers(), AutoConnector.WATCH, worker, () -> true, () -> connector.watch(collector::available));
        }
        network.ifPresent(identity -> showNetwork(identity, node));
    }

    /** What is to be given announces while interfaces are collected. */
    AnnounceListener listener() {
        return collector;
    }

    @Override
    public List<Found> all() {
        return collector.all();
    }

    @Override
    public Optional<String> configEntry(Found found) {
        return collector.configEntry(found);
    }

    @Override
    public Optional<String> networkIdentity() {
        return network.map(identity -> identity.hash().toHex());
    }

    /** A task that is still running or waiting is not asked for again; without work no thread is woken. */
    private void every(Timers timers, Duration period, Executor executor, BooleanSupplier hasWork, Runnable task) {
        AtomicBoolean waiting = new AtomicBoolean();
        running.add(timers.every(period, () -> {
            if (hasWork.getAsBoolean() && waiting.compareAndSet(false, true)) {
                executor.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        waiting.set(false);
                    }
                });
            }
        }));
    }

    /** Nodes of one network find each other by destinations that do nothing but exist. */
    private void showNetwork(LocalIdentity identity, Node node) {
        for (String name :
                List.of(NETWORK, NETWORK + ".instance." + identity.hash().toHex())) {
            try {
                destinations.add(node.endpoints()
                        .open(DestinationSettings.single(name, identity).withoutLinks()));
            } catch (MeshException e) {
                LOG.warn("{} {}", e.getMessage(), e.remedy());
            }
        }
        Runnable announce = () -> destinations.forEach(destination -> destination.announce(Optional.empty()));
        running.add(node.timers().after(FIRST_ANNOUNCE, announce));
        running.add(node.timers().every(ANNOUNCES, announce));
    }

    private static Optional<LocalIdentity> named(String name, IdentityStore identities) {
        Optional<LocalIdentity> found = identities.find(name);
        if (found.isEmpty()) {
            LOG.warn(
                    "There is no identity called {}; the node has no network identity. identity:create {} makes one",
                    name,
                    name);
        }
        return found;
    }

    @Override
    public void close() {
        running.forEach(Timers.Timer::cancel);
        announcer.close();
        connector.close();
        destinations.forEach(LocalDestination::close);
    }
}
