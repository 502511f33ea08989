package io.kairos.core.discovery;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.DiscoveryPolicy;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.discovery.StampedCodec;
import io.kairos.lib.discovery.Stamps;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the interfaces of this node that are discoverable, one at a time, the one that has waited longest first.
 *
 * <p>Threads: {@link #announceNext} takes long where a stamp has to be found, so it belongs on a thread of its own; one at a
 * time. {@link #close} from any.
 */
final class Announcer implements AutoCloseable {

    /** How often {@link #announceNext} is to be called. */
    static final Duration PACE = Duration.ofMinutes(1);

    /**
     * A node hears nothing of destinations that it has itself, and all nodes of a network have the same one here: it is open
     * only while its announce leaves.
     */
    private static final Duration SENT_BY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Node node;
    private final CryptoSuite suite;
    private final Stamps stamps;
    private final Consumer<byte[]> random;
    private final Clock clock;
    private final Timers timers;
    private volatile boolean closed;

    // ---- owned by the thread of announceNext ----
    private final Map<String, Long> announcedAt = new HashMap<>();
    private final Map<String, Paid> paid = new HashMap<>();
    private final Map<String, String> complaints = new HashMap<>();

    // ---- guarded by this ----
    private LocalDestination destination;

    /**
     * What is known of this node.
     *
     * @param identity its own identity
     * @param network the identity that stands for its network
     * @param forwards whether it forwards for others
     * @param interfaces all interfaces there are
     * @param endpoints opens the destination
     */
    record Node(
            LocalIdentity identity,
            Optional<LocalIdentity> network,
            BooleanSupplier forwards,
            Supplier<List<MeshInterface>> interfaces,
            Endpoints endpoints) {

        /** In whose name interfaces are announced. */
        LocalIdentity announcer() {
            return network.orElse(identity);
        }
    }

    /** A stamp and what it was found for. */
    @SuppressWarnings("ArrayRecordComponent") // kept, compared by hand
    private record Paid(byte[] material, int cost, byte[] stamp) {}

    /** @param random fills an array with random bytes */
    Announcer(Node node, CryptoSuite suite, Consumer<byte[]> random, Clock clock, Timers timers) {
        this.node = node;
        this.suite = suite;
        this.stamps = new Stamps(suite);
        this.random = random;
        this.clock = clock;
        this.timers = timers;
    }

    /** Announces what is most overdue; nothing where nothing is. */
    void announceNext() {
        long now = clock.nanos();
        List<MeshInterface> offered =
                node.interfaces().get().stream().filter(OwnOffer::isOffered).toList();
        forget(offered.stream().map(MeshInterface::name).collect(Collectors.toSet()));
        offered.stream()
                .filter(medium -> overdue(medium, now) >= 0)
                .max(Comparator.comparingLong(medium -> overdue(medium, now)))
                .ifPresent(medium -> {
                    announcedAt.put(medium.name(), now); // also where it fails: it is tried again in its turn
                    announce(medium);
                });
    }

    /** Nanoseconds since it should have been announced; negative for not yet. */
    private long overdue(MeshInterface medium, long now) {
        Long last = announcedAt.get(medium.name());
        Duration interval =
                medium.policy().discovery().map(DiscoveryPolicy::interval).orElse(DiscoveryPolicy.USUAL_INTERVAL);
        return last == null ? Long.MAX_VALUE : now - last - interval.toNanos();
    }

    private void announce(MeshInterface medium) {
        try {
            Optional<byte[]> appData = appData(medium);
            if (appData.isPresent() && !closed) {
                opened().announce(appData);
                if (node.network().isPresent()) {
                    timers.after(SENT_BY, this::closeDestination);
                }
                LOG.debug("Interface {} was announced to everybody", medium.name());
            }
            complaints.remove(medium.name());
        } catch (MeshException e) {
            String text = e.getMessage() + " " + e.remedy();
            if (!Objects.equals(complaints.put(medium.name(), text), text)) {
                LOG.warn("A discoverable interface is not announced. {}", text);
            }
        }
    }

    /** Empty where it was told to stop before a stamp was found. */
    Optional<byte[]> appData(MeshInterface medium) {
        DiscoveryPolicy policy = medium.policy().discovery().orElseThrow();
        IdentityHash self = node.identity().hash();
        byte[] packed =
                OwnOffer.of(medium, node.forwards().getAsBoolean(), self).encode();
        if (policy.encrypted() && node.network().isEmpty()) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "The announce of interface %s is to be encrypted, but this node has no network identity."
                            .formatted(medium.name()),
                    "Name one in etc/io.kairos.core.discovery.cfg: network.identity.");
        }
        Optional<byte[]> stamp = stamp(medium.name(), packed, policy.stampValue());
        return stamp.map(found -> policy.encrypted()
                ? StampedCodec.encode(packed, found, this::encrypted)
                : StampedCodec.encode(packed, found));
    }

    private Optional<byte[]> stamp(String name, byte[] packed, int cost) {
        byte[] material = StampedCodec.material(packed);
        Paid earlier = paid.get(name);
        if (earlier != null && earlier.cost() == cost && Arrays.equals(earlier.material(), material)) {
            return Optional.of(earlier.stamp());
        }
        byte[] workblock = stamps.workblock(material, StampedCodec.ROUNDS);
        Optional<byte[]> found = Stamps.search(workblock, cost, random, () -> !closed);
        found.ifPresent(stamp -> paid.put(name, new Paid(material, cost, stamp)));
        return found;
    }

    private byte[] encrypted(byte[] clear) {
        PublicIdentity to = node.network().orElseThrow().publicIdentity();
        return suite.encrypt(to.encryptionKey(), to.hash().toBytes(), clear);
    }

    /** Opened when it is needed first, so that a node that announces nothing has no such destination. */
    private synchronized LocalDestination opened() {
        if (destination == null) {
            destination = node.endpoints()
                    .open(DestinationSettings.single(StampedCodec.DESTINATION, node.announcer())
                            .withoutLinks());
        }
        return destination;
    }

    private void forget(Set<String> present) {
        Set<String> gone = new HashSet<>(announcedAt.keySet());
        gone.removeAll(present);
        gone.forEach(name -> {
            announcedAt.remove(name);
            paid.remove(name);
            complaints.remove(name);
        });
    }

    private synchronized void closeDestination() {
        if (destination != null) {
            destination.close();
            destination = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        closeDestination();
    }
}
