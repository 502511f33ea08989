package io.kairos.core.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.Discovered;
import io.kairos.lib.discovery.Field;
import io.kairos.lib.discovery.Kind;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutoConnectorTest {

    private static final IdentityHash OWN = new IdentityHash(1, 1);
    private static final IdentityHash NODE = new IdentityHash(2, 2);
    private static final IdentityHash ANNOUNCER = new IdentityHash(3, 3);

    private final ManualClock clock = new ManualClock();
    private final Map<String, FakeMedium> interfaces = new LinkedHashMap<>();
    private final Clients clients = new Clients();
    private boolean inYggdrasil;

    /** What was configured becomes an interface at once. */
    private final class Clients implements FoundClients {

        final Map<String, Map<String, Object>> open = new LinkedHashMap<>();
        int cleared;

        @Override
        public boolean open(String instance, Map<String, Object> settings) {
            Map<String, String> policy = new HashMap<>();
            settings.forEach((key, value) -> policy.put(key, value.toString()));
            open.put(instance, settings);
            interfaces.put(
                    instance,
                    new FakeMedium(
                            settings.get("interface.name").toString(),
                            policy,
                            Endpoint.port(
                                    "tcp",
                                    settings.get("peer.host").toString(),
                                    Integer.parseInt(settings.get("peer.port").toString()))));
            return true;
        }

        @Override
        public void close(String instance) {
            open.remove(instance);
            interfaces.remove(instance);
        }

        @Override
        public void closeAll() {
            cleared++;
        }
    }

    private AutoConnector connector(int most) {
        DiscoverySettings.Connect settings = new DiscoverySettings.Connect(most, Optional.empty(), 7, true);
        return new AutoConnector(
                settings,
                new AutoConnector.Node(
                        OWN, () -> true, () -> List.<MeshInterface>copyOf(interfaces.values()), () -> inYggdrasil),
                clients,
                clock,
                new Random(1));
    }

    private static Discovered found(Kind kind, String host, long port, boolean forwards, IdentityHash node) {
        Map<Field, Object> known = new HashMap<>(Map.of(
                Field.NAME,
                "Hub " + port,
                Field.REACHABLE_ON,
                host,
                Field.PORT,
                port,
                Field.NETWORK_NAME,
                "town",
                Field.PASSPHRASE,
                "secret"));
        return new Discovered(Advertisement.of(kind, forwards, node, known), ANNOUNCER, new byte[32], 16, 1, 0);
    }

    private static Discovered found(long port) {
        return found(Kind.BACKBONE, "192.0.2.7", port, true, NODE);
    }

    @Test
    void aServerThatForwardsIsConnectedToAsItsOperatorTold() {
        connector(1).offered(found(4242));
        Map<String, Object> client = clients.open.values().iterator().next();
        assertEquals("Hub 4242", client.get("interface.name"));
        assertEquals("192.0.2.7", client.get("peer.host"));
        assertEquals("4242", client.get("peer.port"));
        assertEquals(ANNOUNCER.toHex(), client.get("found.by"));
        InterfacePolicy policy = interfaces.values().iterator().next().policy();
        assertEquals(InterfaceMode.GATEWAY, policy.mode());
        assertEquals(7, policy.gravity());
        assertTrue(policy.announcesToInternal());
        assertEquals(Optional.of(ANNOUNCER.toHex()), policy.foundBy());
        assertEquals("town", policy.accessCode().orElseThrow().networkName().orElseThrow());
    }

    /** The container would put secrets of this machine where a stranger writes so. */
    @Test
    void nothingThatHasAMeaningInSettingsIsTakenOver() {
        AutoConnector connector = connector(9);
        for (Field field : List.of(Field.NETWORK_NAME, Field.PASSPHRASE)) {
            Map<Field, Object> known = new HashMap<>(Map.of(
                    Field.NAME, "Hub", Field.REACHABLE_ON, "192.0.2.7", Field.PORT, 1L, field, "$[secret:node.key]"));
            connector.offered(found(known));
        }
        assertEquals(Map.of(), clients.open);

        connector.offered(found(
                Map.of(Field.NAME, "Hub\n$[env:HOME] \u001b[2J(1)", Field.REACHABLE_ON, "192.0.2.7", Field.PORT, 1L)));
        assertEquals("HubenvHOME 2J(1)", clients.open.values().iterator().next().get("interface.name"));
    }

    private static Discovered found(Map<Field, Object> known) {
        Advertisement told = Advertisement.of(Kind.BACKBONE, true, NODE, known);
        return new Discovered(told, ANNOUNCER, new byte[32], 16, 1, 0);
    }

    @Test
    void whatDoesNotSuitIsLeftAlone() {
        AutoConnector connector = connector(9);
        connector.offered(found(Kind.BACKBONE, "192.0.2.7", 1, false, NODE)); // forwards nothing
        connector.offered(found(Kind.BACKBONE, "192.0.2.7", 2, true, OWN)); // is our own
        connector.offered(found(Kind.BACKBONE, "201::1", 3, true, NODE)); // is in the network of Yggdrasil
        connector.offered(new Discovered(
                Advertisement.of(Kind.I2P, true, NODE, Map.of(Field.NAME, "I", Field.REACHABLE_ON, "abc.b32.i2p")),
                ANNOUNCER,
                new byte[32],
                16,
                1,
                0));
        assertEquals(Map.of(), clients.open);
    }

    @Test
    void addressesOfYggdrasilAreConnectedToFromThereAlone() {
        AutoConnector connector = connector(9);
        Discovered there = found(Kind.BACKBONE, "201:db8:0:0:0:0:0:7", 4242, true, NODE);
        connector.offered(there);
        assertEquals(Map.of(), clients.open);

        inYggdrasil = true;
        connector.watch(() -> List.of(there));
        Map<String, Object> client = clients.open.values().iterator().next();
        assertEquals("201:db8:0:0:0:0:0:7", client.get("peer.host"));
        assertEquals("4242", client.get("peer.port"));
    }

    @Test
    void whoIsAPeerOverYggdrasilAlreadyIsNotConnectedToTwice() {
        inYggdrasil = true;
        interfaces.put("ygg", new FakeMedium("ygg", Map.of(), Endpoint.port("tcp", "201:db8::7", 4242)));
        connector(9).offered(found(Kind.BACKBONE, "201:db8:0:0:0:0:0:7", 4242, true, NODE));
        assertEquals(Map.of(), clients.open);
    }

    @Test
    void theMachineIsInYggdrasilByItsAddress() {
        assertTrue(MachineAddresses.isYggdrasil("200:0:0:0:0:0:0:1%tun0"));
        assertTrue(MachineAddresses.isYggdrasil("3ff:1:2:3:4:5:6:7"));
        assertFalse(MachineAddresses.isYggdrasil("fe80:0:0:0:1:2:3:4%eth0"));
        assertFalse(MachineAddresses.isYggdrasil("2001:db8:0:0:0:0:0:1"));
    }

    @Test
    void whatIsThereAlreadyIsNotConnectedToTwice() {
        interfaces.put("hub", new FakeMedium("hub", Map.of(), Endpoint.port("tcp", "192.0.2.7", 4242)));
        AutoConnector connector = connector(9);
        connector.offered(found(4242));
        assertEquals(Map.of(), clients.open);
        connector.offered(found(4243));
        connector.offered(found(4243));
        assertEquals(1, clients.open.size());
    }

    @Test
    void neverMoreThanAllowed() {
        AutoConnector connector = connector(2);
        connector.begin(List.of(found(1), found(2), found(3)));
        connector.offered(found(4));
        assertEquals(List.of("1", "2"), ports());
        assertEquals(1, clients.cleared);
        connector(0).offered(found(5));
        assertEquals(2, clients.open.size());
    }

    private List<String> ports() {
        return clients.open.values().stream()
                .map(client -> client.get("peer.port").toString())
                .toList();
    }

    @Test
    void whatIsDownForTwelveSecondsIsGivenUpAndAnotherTakesItsPlace() {
        AutoConnector connector = connector(1);
        connector.offered(found(1));
        FakeMedium first = interfaces.values().iterator().next();
        List<Discovered> others = new ArrayList<>(List.of(found(2)));
        first.up = false;
        watch(connector, others, 10);
        assertEquals(List.of("1"), ports());
        first.up = true; // it came back in time
        watch(connector, others, 5);
        first.up = false;
        watch(connector, others, 10);
        assertEquals(List.of("1"), ports());
        watch(connector, others, 10);
        assertEquals(List.of("2"), ports());
    }

    @Test
    void whatWasGivenUpRestsUnlessItIsAnnouncedAnew() {
        AutoConnector connector = connector(1);
        List<Discovered> only = List.of(found(1));
        connector.offered(found(1));
        interfaces.values().iterator().next().up = false;
        watch(connector, only, 20);
        assertEquals(List.of(), ports());
        watch(connector, only, 270);
        assertEquals(List.of(), ports());
        watch(connector, only, 40);
        assertEquals(List.of("1"), ports());
        interfaces.values().iterator().next().up = false;
        watch(connector, only, 20);
        assertEquals(List.of(), ports());
        connector.offered(found(1));
        assertEquals(List.of("1"), ports());
    }

    private void watch(AutoConnector connector, List<Discovered> available, int seconds) {
        for (int second = 0; second < seconds; second += 5) {
            clock.advance(Duration.ofSeconds(5));
            connector.watch(() -> available);
        }
    }

    @Test
    void aQuarterOfThePlacesIsLeftToWhatIsAnnouncedAnew() {
        AutoConnector connector = connector(4);
        List<Discovered> many = List.of(found(1), found(2), found(3), found(4), found(5));
        for (int i = 0; i < 10; i++) {
            connector.watch(() -> many);
        }
        assertEquals(3, connector.count());
        connector.offered(found(9));
        assertEquals(4, connector.count());
    }

    @Test
    void namesAreUniqueAndNothingStaysBehind() {
        interfaces.put("x", new FakeMedium("Hub 4242", Map.of()));
        AutoConnector connector = connector(1);
        connector.offered(found(4242));
        String name =
                clients.open.values().iterator().next().get("interface.name").toString();
        assertTrue(name.matches("Hub 4242 [0-9a-f]{4}"), name);
        connector.close();
        connector.offered(found(4243));
        assertEquals(Map.of(), clients.open);
    }
}
