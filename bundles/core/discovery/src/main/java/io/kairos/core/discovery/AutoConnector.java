package io.kairos.core.discovery;

import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.Discovered;
import io.kairos.lib.discovery.Field;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to interfaces that were found, to no more than its operator allows, and gives up those that are down. A quarter of
 * the places is left to what is announced anew. Threads: any, one at a time.
 */
final class AutoConnector {

    /** How often {@link #watch} looks. */
    static final Duration WATCH = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AutoConnector.class);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(12);

    /** What was given up is left alone for so long, unless it is announced anew. */
    private static final Duration REST = Duration.ofMinutes(5);

    private static final String BITS_PER_SECOND = "5000000";
    private static final int INSTANCE_BYTES = 8;

    private static final List<Field> TAKEN_OVER =
            List.of(Field.REACHABLE_ON, Field.NETWORK_NAME, Field.PASSPHRASE, Field.PORT);
    private static final String INTERPOLATED = "$[";
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9 ._()-]");
    private static final int LONGEST_NAME = 40;

    private final DiscoverySettings.Connect settings;
    private final Node node;
    private final FoundClients clients;
    private final Clock clock;
    private final RandomGenerator random;

    // ---- guarded by this ----
    private final Map<String, Connected> connected = new LinkedHashMap<>();
    private final Map<String, Long> givenUp = new HashMap<>(); // since when; the nanosecond clock
    private boolean closed;

    /**
     * What is known of this node.
     *
     * @param own its own identity, whose interfaces are never connected to
     * @param forwards whether it forwards for others
     * @param interfaces all interfaces there are
     * @param inYggdrasil whether this machine has an address in the network of Yggdrasil
     */
    record Node(
            IdentityHash own,
            BooleanSupplier forwards,
            Supplier<List<MeshInterface>> interfaces,
            BooleanSupplier inYggdrasil) {}

    /** An interface that was made here, and since when it has been down; the nanosecond clock. */
    private static final class Connected {
        final String name;
        boolean down;
        long since;

        Connected(String name) {
            this.name = name;
        }
    }

    AutoConnector(
            DiscoverySettings.Connect settings, Node node, FoundClients clients, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.node = node;
        this.clients = clients;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Begins with what was heard of earlier.
     *
     * @param earlier best first
     */
    synchronized void begin(List<Discovered> earlier) {
        clients.closeAll();
        earlier.forEach(this::offered);
    }

    /** Connects to what was just heard, if it suits and there is room. */
    synchronized void offered(Discovered found) {
        Advertisement told = found.advertisement();
        if (!closed && connected.size() < settings.most() && suits(told)) {
            connect(found);
        }
    }

    /**
     * Gives up what has been down for too long, and fills free places.
     *
     * @param available what was heard of lately
     */
    synchronized void watch(Supplier<List<Discovered>> available) {
        if (closed) {
            return;
        }
        List<MeshInterface> interfaces = node.interfaces().get();
        connected.entrySet().removeIf(entry -> {
            boolean lost = isLost(entry.getValue(), interfaces);
            if (lost) {
                LOG.info("An interface that was found is down; the node disconnects from it");
                clients.close(entry.getKey());
                givenUp.put(entry.getKey(), clock.nanos());
            }
            return lost;
        });
        givenUp.values().removeIf(since -> clock.nanos() - since >= REST.toNanos());
        int free = settings.most() - connected.size();
        if (free > settings.most() / 4) {
            List<Discovered> candidates = available.get().stream()
                    .filter(found -> suits(found.advertisement()))
                    .filter(found -> !givenUp.containsKey(instance(found.advertisement())))
                    .toList();
            if (!candidates.isEmpty()) {
                connect(candidates.get(random.nextInt(candidates.size())));
            }
        }
    }

    /** Removes everything that was made here. */
    synchronized void close() {
        closed = true;
        connected.keySet().forEach(clients::close);
        connected.clear();
    }

    /** To how many it is connected, or tries to be. */
    synchronized int count() {
        return connected.size();
    }

    private boolean isLost(Connected which, List<MeshInterface> interfaces) {
        boolean up = interfaces.stream()
                .anyMatch(each -> each.name().equals(which.name)
                        && each.policy().foundBy().isPresent()
                        && each.status().isUp());
        long now = clock.nanos();
        if (up || !which.down) {
            which.down = !up;
            which.since = now;
            return false;
        }
        return now - which.since >= GIVE_UP_AFTER.toNanos();
    }

    /** Whether this node can and may connect to it, and has not done so yet. */
    private boolean suits(Advertisement told) {
        if (!isReachable(told)
                || !told.forwards()
                || !isPlain(told)
                || told.node().equals(node.own())
                || connected.containsKey(instance(told))) {
            return false;
        }
        Endpoint there = Endpoint.port("tcp", told.text(Field.REACHABLE_ON).orElseThrow(), port(told));
        return node.interfaces().get().stream()
                .flatMap(each -> each.endpoints().stream())
                .noneMatch(there::meets);
    }

    /** Yggdrasil carries TCP like any other, but only between machines that are in it. */
    private boolean isReachable(Advertisement told) {
        return told.isConnectable()
                || told.isConnectableInYggdrasil() && node.inYggdrasil().getAsBoolean();
    }

    /**
     * Whether nothing in it has a meaning in settings: the container replaces {@code $[…]} by variables and secrets of this
     * machine, which a stranger could so make it tell.
     */
    private static boolean isPlain(Advertisement told) {
        return TAKEN_OVER.stream()
                .flatMap(field -> told.text(field).stream())
                .noneMatch(text -> text.contains(INTERPOLATED));
    }

    private void connect(Discovered found) {
        Advertisement told = found.advertisement();
        String instance = instance(told);
        String name = name(told.name(), instance);
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("interface.name", name);
        client.put("peer.host", told.text(Field.REACHABLE_ON).orElseThrow());
        client.put("peer.port", Integer.toString(port(told)));
        client.put("bitrate.bits.per.second", BITS_PER_SECOND);
        InterfaceMode usual = node.forwards().getAsBoolean() ? InterfaceMode.GATEWAY : InterfaceMode.FULL;
        client.put("mode", settings.mode().orElse(usual).word());
        client.put("gravity", Integer.toString(settings.gravity()));
        client.put("announces.to.internal", Boolean.toString(settings.announcesToInternal()));
        told.text(Field.NETWORK_NAME).ifPresent(text -> client.put("access.network.name", text));
        told.text(Field.PASSPHRASE).ifPresent(text -> client.put("access.passphrase", text));
        client.put(ConfiguredClients.FOUND_BY, found.announcer().toHex());
        if (clients.open(instance, client)) {
            connected.put(instance, new Connected(name));
            LOG.info("The node connects to an interface that was found; iface:list shows it");
        }
    }

    /** Names of interfaces are unique on a node, and they are written into logs. */
    private String name(String announced, String instance) {
        String fit = UNFIT.matcher(announced).replaceAll("").strip();
        String told = fit.substring(0, Math.min(LONGEST_NAME, fit.length()));
        boolean taken =
                node.interfaces().get().stream().anyMatch(each -> each.name().equals(told))
                        || connected.values().stream().anyMatch(each -> each.name.equals(told));
        return taken ? told + " " + instance.substring(0, 4) : told;
    }

    private static int port(Advertisement told) {
        return told.number(Field.PORT).map(Number::intValue).orElseThrow();
    }

    /** The same endpoint is the same interface, whoever tells of it. */
    private static String instance(Advertisement told) {
        return HexFormat.of().formatHex(told.endpointHash(), 0, INSTANCE_BYTES);
    }
}
