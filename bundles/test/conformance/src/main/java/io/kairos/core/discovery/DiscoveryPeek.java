package io.kairos.core.discovery;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.Discovered;
import io.kairos.lib.discovery.Stamps;
import io.kairos.test.conformance.Inside;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Discovery of a node in the conformance bridge, put together as the container would. */
public final class DiscoveryPeek {

    private DiscoveryPeek() {}

    /** The destination at which a node announces its interfaces. */
    public static LocalDestination destination(
            LocalIdentity identity,
            Optional<LocalIdentity> network,
            Endpoints endpoints,
            CryptoSuite suite,
            Clock clock,
            Timers timers) {
        Announcer announcer = new Announcer(
                new Announcer.Node(identity, network, () -> true, List::of, endpoints),
                suite,
                new Random()::nextBytes,
                clock,
                timers);
        return (LocalDestination) Inside.call(announcer, "opened");
    }

    /** Whose announces of interfaces count. */
    public static List<IdentityHash> sources(DiscoveryConfig config) {
        return List.copyOf(DiscoverySettings.from(config).sources());
    }

    /** Whether interfaces are collected. */
    public static boolean collects(DiscoveryConfig config) {
        return DiscoverySettings.from(config).collects();
    }

    /** To how many interfaces the node connects by itself. */
    public static int mostConnections(DiscoveryConfig config) {
        return DiscoverySettings.from(config).connect().most();
    }

    /**
     * Hands a record to whoever connects by itself.
     *
     * @param told the record as it is announced
     * @param open makes a TCP client of these settings
     * @return to how many interfaces the node has connected
     */
    public static int offer(
            Map<Object, Object> told,
            List<MeshInterface> interfaces,
            Function<Map<String, Object>, Boolean> open,
            Clock clock) {
        AutoConnector connector = new AutoConnector(
                new DiscoverySettings.Connect(4, Optional.empty(), 0, false),
                new AutoConnector.Node(new IdentityHash(0, 0), () -> true, () -> interfaces, () -> false),
                new FoundClients() {
                    @Override
                    public boolean open(String instance, Map<String, Object> settings) {
                        return open.apply(settings);
                    }

                    @Override
                    public void close(String instance) {}

                    @Override
                    public void closeAll() {}
                },
                clock,
                new Random());
        try {
            Advertisement read = Advertisement.decode(MessagePack.pack(told));
            connector.offered(
                    new Discovered(read, new IdentityHash(1, 1), new byte[Stamps.LENGTH], 16, 1, clock.wallMillis()));
        } catch (MalformedException e) {
            return 0; // nobody is told of it
        }
        return connector.count();
    }
}
