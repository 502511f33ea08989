package io.kairos.core.management;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Signal;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A node that knows what a test tells it. */
final class FakeNode implements Router {

    private final DestinationHash id;
    private final TrafficRates rates = new TrafficRates(this, new ManualClock());
    final List<String> descriptions = new ArrayList<>(List.of("Shared Instance[rns/default]"));
    final Map<DestinationHash, PathCandidate> paths = new LinkedHashMap<>();
    final Set<DestinationHash> known = new HashSet<>();
    final Set<DestinationHash> retained = new HashSet<>();
    final Set<DestinationHash> own = new HashSet<>();
    final Map<IdentityHash, Blackholed> refused = new LinkedHashMap<>();
    final Map<String, Signal> signals = new HashMap<>();
    Optional<AccessCode> code = Optional.empty();
    int queuesDropped;

    FakeNode(DestinationHash id) {
        this.id = id;
    }

    CallAnswers answers() {
        StatusAnswer status = new StatusAnswer(this, rates, () -> Optional.of(4096L), Optional::empty, Optional::empty);
        return new CallAnswers(this, new Paths(), new Known(), status);
    }

    void path(DestinationHash to, DestinationHash via, int hops) {
        paths.put(
                to,
                new PathCandidate(
                        via,
                        "programs",
                        hops,
                        1_000,
                        1_500,
                        2_000,
                        1,
                        PathCandidate.Responsiveness.UNKNOWN,
                        InterfaceMode.FULL,
                        0,
                        1_000,
                        0,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        true));
    }

    @Override
    public String network() {
        return "main";
    }

    @Override
    public DestinationHash transportId() {
        return id;
    }

    @Override
    public boolean forwards() {
        return true;
    }

    @Override
    public Duration uptime() {
        return Duration.ofSeconds(1);
    }

    @Override
    public List<InterfaceView> interfaces() {
        List<InterfaceView> views = new ArrayList<>();
        for (String description : descriptions) {
            String name = views.isEmpty() ? "programs" : "more" + views.size();
            views.add(new InterfaceView(
                    name,
                    "local",
                    description,
                    Optional.empty(),
                    InterfaceState.UP,
                    Optional.empty(),
                    InterfaceMode.FULL,
                    LinkBudget.plain(4_000, 500),
                    code.isPresent(),
                    InterfaceCounters.NONE,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    false,
                    false,
                    0));
        }
        return views;
    }

    @Override
    public Optional<InterfaceDetails> details(String interfaceName) {
        InterfacePolicy usual = InterfacePolicy.parse(
                code.isPresent() ? Map.of("access.passphrase", "x", "gravity", "3", "found.by", "abcd") : Map.of(), 16);
        return Optional.of(new InterfaceDetails(usual, true, 5_000, false, 0, code.map(present -> "ab".repeat(64))));
    }

    @Override
    public boolean livesHere(DestinationHash destination) {
        return own.contains(destination);
    }

    @Override
    public Optional<Signal> signalOf(byte[] packetHash) {
        return Optional.ofNullable(signals.get(java.util.HexFormat.of().formatHex(packetHash)));
    }

    @Override
    public List<AnnounceView> announces() {
        return List.of();
    }

    @Override
    public Map<String, Long> refusals() {
        return Map.of();
    }

    @Override
    public long forwardedPackets() {
        return 0;
    }

    @Override
    public int transitLinks() {
        return 0;
    }

    private final class Paths implements PathTable {

        @Override
        public List<PathView> all() {
            return paths.entrySet().stream()
                    .map(entry -> new PathView(entry.getKey(), entry.getValue()))
                    .toList();
        }

        @Override
        public Optional<PathView> find(DestinationHash destination) {
            return Optional.ofNullable(paths.get(destination)).map(path -> new PathView(destination, path));
        }

        @Override
        public int size() {
            return paths.size();
        }

        @Override
        public Optional<Explanation> explain(DestinationHash destination) {
            return Optional.empty();
        }

        @Override
        public List<RateView> rates() {
            return List.of();
        }

        @Override
        public boolean drop(DestinationHash destination) {
            return paths.remove(destination) != null;
        }

        @Override
        public int dropVia(DestinationHash nextHop) {
            int before = paths.size();
            paths.values().removeIf(path -> path.nextHop().equals(nextHop));
            return before - paths.size();
        }

        @Override
        public int dropQueuedAnnounces() {
            queuesDropped++;
            return 0;
        }
    }

    private final class Known implements KnownDestinations {

        @Override
        public Optional<KnownDestination> recall(DestinationHash destination) {
            return peek(destination);
        }

        @Override
        public Optional<KnownDestination> peek(DestinationHash destination) {
            IdentityHash who = new IdentityHash(destination.high(), destination.low());
            return known.contains(destination)
                    ? Optional.of(new KnownDestination(
                            destination, PublicIdentity.of(new byte[64], who), Optional.empty(), Optional.empty(), 0))
                    : Optional.empty();
        }

        @Override
        public Optional<KnownDestination> recall(IdentityHash identity) {
            return Optional.empty();
        }

        @Override
        public void retain(DestinationHash destination) {
            retained.add(destination);
        }

        @Override
        public boolean retain(IdentityHash identity) {
            DestinationHash same = new DestinationHash(identity.high(), identity.low());
            return known.contains(same) && retained.add(same);
        }

        @Override
        public void release(DestinationHash destination) {
            retained.remove(destination);
        }

        @Override
        public int size() {
            return known.size();
        }

        @Override
        public List<Blackholed> blackholed() {
            return List.copyOf(refused.values());
        }

        @Override
        public void blackhole(Blackholed entry) {
            refused.putIfAbsent(entry.identity(), entry);
        }

        @Override
        public boolean liftBlackhole(IdentityHash identity) {
            return refused.remove(identity) != null;
        }

        @Override
        public boolean isBlackholed(IdentityHash identity) {
            return refused.containsKey(identity);
        }
    }
}
