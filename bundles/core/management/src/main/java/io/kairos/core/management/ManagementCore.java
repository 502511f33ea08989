package io.kairos.core.management;

import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management destinations of the node's own identity. Plain code without a container. Threads: any. */
final class ManagementCore implements AutoCloseable {

    static final String PROBE = "rnstransport.probe";
    static final String REMOTE = "rnstransport.remote.management";

    private static final Logger LOG = LoggerFactory.getLogger(ManagementCore.class);
    private static final Duration FIRST_ANNOUNCE = Duration.ofSeconds(15);
    private static final Duration ANNOUNCES = Duration.ofHours(2);
    private static final Duration FIRST_UPDATE = Duration.ofSeconds(20);
    private static final Duration UPDATE_CHECKS = Duration.ofSeconds(60);
    private static final Duration SAMPLES = Duration.ofSeconds(5);

    private final Timers timers;
    private final List<LocalDestination> destinations = new ArrayList<>();
    private final List<Timers.Timer> running = new ArrayList<>();

    /**
     * What the node offers.
     *
     * @param endpoints opens the destinations
     * @param router interfaces and counters
     * @param paths the paths in use
     * @param known refused identities
     * @param identities whose first identity answers
     * @param network hash of the identity that stands for the network of this node, hexadecimal
     * @param store keeps lists of others
     * @param clock what time it is
     * @param timers runs things later
     */
    record Node(
            Endpoints endpoints,
            Router router,
            PathTable paths,
            KnownDestinations known,
            IdentityStore identities,
            Supplier<Optional<String>> network,
            Store store,
            Clock clock,
            Timers timers) {}

    ManagementCore(ManagementSettings settings, Node node) {
        timers = node.timers();
        LocalIdentity identity = node.identities().node();
        Optional<LocalDestination> probe =
                settings.answerProbes() && node.router().forwards()
                        ? open(
                                node,
                                DestinationSettings.single(PROBE, identity)
                                        .withProofs(ProofStrategy.ALL)
                                        .withoutLinks())
                        : Optional.empty();
        if (settings.remote()) {
            TrafficRates rates = new TrafficRates(node.router(), node.clock());
            StatusAnswer status = new StatusAnswer(
                    node.router(), rates, Optional::empty, () -> probe.map(LocalDestination::address), node.network());
            PathAnswer paths = new PathAnswer(node.paths(), node.router());
            open(node, DestinationSettings.single(REMOTE, identity)).ifPresent(remote -> {
                Set<IdentityHash> allowed = settings.allowed();
                remote.onRequest("/status", Access.LISTED, allowed, request -> status.answer(request.data()));
                remote.onRequest("/path", Access.LISTED, allowed, request -> paths.answer(request.data()));
                running.add(timers.every(SAMPLES, rates::sample));
            });
        }
        if (settings.publishBlackhole()) {
            open(node, DestinationSettings.single(BlackholeSubscription.NAME, identity))
                    .ifPresent(list -> list.onRequest(
                            BlackholeSubscription.PATH,
                            Access.EVERYBODY,
                            Set.of(),
                            request -> BlackholeList.encode(node.known().blackholed())));
        }
        if (!destinations.isEmpty()) {
            running.add(timers.after(FIRST_ANNOUNCE, this::announce));
            running.add(timers.every(ANNOUNCES, this::announce));
        }
        subscribe(settings, node);
    }

    /** Also without sources: then what earlier ones said is let in again. */
    private void subscribe(ManagementSettings settings, Node node) {
        SourceLists lists =
                new SourceLists(node.known(), node.identities().node().hash());
        BlackholeSubscription subscription = new BlackholeSubscription(
                node.router().network(), settings, node.endpoints(), lists, node.store(), node.clock());
        subscription.restore();
        running.add(timers.after(FIRST_UPDATE, subscription::update));
        if (!settings.sources().isEmpty()) {
            running.add(timers.every(UPDATE_CHECKS, subscription::update));
        }
    }

    private Optional<LocalDestination> open(Node node, DestinationSettings settings) {
        try {
            LocalDestination opened = node.endpoints().open(settings);
            destinations.add(opened);
            return Optional.of(opened);
        } catch (MeshException e) {
            LOG.warn("{} {}", e.getMessage(), e.remedy());
            return Optional.empty();
        }
    }

    private void announce() {
        destinations.forEach(destination -> destination.announce(Optional.empty()));
    }

    @Override
    public void close() {
        running.forEach(Timers.Timer::cancel);
        destinations.forEach(LocalDestination::close);
    }
}
