package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.health.Finding;
import io.kairos.api.health.Finding.Severity;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

class InterfaceDeskTest {

    private final InterfaceDesk desk = new InterfaceDesk();
    private final Router main = new Router();
    private final Router dev = new Router();
    private long services;

    @BeforeEach
    void twoNetworks() {
        desk.join("main", main);
        desk.join("dev", dev);
    }

    @Test
    void eachInterfaceComesToTheRouterOfItsNetworkAlone() {
        bind(new Medium("a", "main", 1));
        bind(new Medium("b", "dev", 2));

        assertEquals(Set.of("a"), main.attached);
        assertEquals(Set.of("b"), dev.attached);
        assertEquals(Severity.OK, desk.examine().get(0).severity());
    }

    @Test
    void theSecondWhoWantsAnEndpointIsHeldAndTakenUpWhenTheFirstGoes() {
        Medium first = bind(new Medium("a", "main", 1));
        Medium second = bind(new Medium("b", "dev", 1));

        assertEquals(Set.of(), dev.attached);
        assertTrue(second.held.orElseThrow().message().contains("interface a of the network main"));
        Finding finding = desk.examine().get(0);
        assertEquals(Severity.ERROR, finding.severity());
        assertTrue(finding.message().startsWith("Interface b is kept closed"), finding.message());

        desk.unbindInterface(first);

        assertEquals(Set.of("b"), dev.attached);
        assertEquals(Optional.empty(), second.held);
        assertEquals(List.of("attach a", "detach a"), main.told);
    }

    @Test
    void theFirstKeepsItsPlaceWhateverComesLater() {
        bind(new Medium("a", "dev", 1));
        bind(new Medium("b", "main", 1));
        bind(new Medium("c", "main", 1));

        assertEquals(Set.of("a"), dev.attached);
        assertEquals(Set.of(), main.attached);
        assertEquals(List.of("attach a"), dev.told);
    }

    @Test
    void anInterfaceOfANetworkThatIsNotThereHoldsItsEndpointAllTheSame() {
        bind(new Medium("a", "lab", 1));
        Medium second = bind(new Medium("b", "dev", 1));

        assertTrue(second.held.isPresent());
        assertTrue(desk.examine().get(0).message().contains("waits for the network lab"));
    }

    @Test
    void anInterfaceWhoseSettingsChangeMovesToItsNewNetwork() {
        Medium medium = bind(new Medium("a", "main", 1));

        medium.network = "dev";
        desk.updatedInterface(medium);

        assertEquals(List.of("attach a", "detach a"), main.told);
        assertEquals(Set.of("a"), dev.attached);
    }

    @Test
    void anEndpointThatIsFoundOutLaterIsJudgedToo() {
        bind(new Medium("a", "main", 1));
        Medium client = bind(new Medium("b", "dev", 2));
        assertEquals(Set.of("b"), dev.attached);

        client.port = 1; // its name was resolved
        desk.changed(client);

        assertEquals(Set.of(), dev.attached);
        assertTrue(client.held.isPresent());
    }

    @Test
    void aRouterThatGoesLetsItsInterfacesGoAndTheNextOneGetsThem() {
        bind(new Medium("a", "dev", 1));

        desk.leave("dev", dev);
        assertEquals(Set.of(), dev.attached);
        Router next = new Router();
        desk.join("dev", next);

        assertEquals(Set.of("a"), next.attached);
        assertEquals(List.of("attach a", "detach a"), dev.told);
    }

    @Test
    void whoIsSwitchedOffHoldsNothing() {
        Medium off = new Medium("a", "main", 1);
        off.enabled = false;
        bind(off);
        bind(new Medium("b", "dev", 1));

        assertEquals(Set.of("a"), main.attached);
        assertEquals(Set.of("b"), dev.attached);
    }

    @Test
    void aMediumThatFailsDoesNotKeepOthersFromTheirRouters() {
        bind(new Medium("a", "main", 1) {
            @Override
            public Set<Endpoint> endpoints() {
                throw new IllegalStateException("a fault of the transport");
            }
        });
        bind(new Medium("b", "main", 1));

        assertEquals(Set.of("a", "b"), main.attached);
    }

    @Test
    void aProgramOfASharedInstanceIsLetInOnlyWhereNothingIsForwardedForOthers() {
        Medium program = new Medium("upstream", "main", 1);
        program.program = true;
        bind(program);

        assertEquals(Set.of(), main.attached);
        Failure why = program.held.orElseThrow();
        assertEquals("Set forward = false in io.kairos.core.router, or enabled = false for upstream.", why.remedy());
        assertTrue(desk.examine().get(0).message().startsWith("Interface upstream is kept closed: The node forwards"));

        desk.leave("main", main);
        main.forwards = false;
        desk.join("main", main);

        assertEquals(Optional.empty(), program.held);
        assertEquals(Set.of("upstream"), main.attached);
    }

    @Test
    void theNodeNeverBecomesItsOwnProgramWhicheverInterfaceIsFirst() {
        main.forwards = false;
        Medium program = new Medium("upstream", "main", 1);
        program.program = true;
        bind(program);
        assertEquals(Set.of("upstream"), main.attached);

        Medium server = bind(new Medium("programs", "main", 1));

        assertEquals(Set.of("programs"), main.attached);
        assertTrue(program.held.orElseThrow().message().startsWith("The interface programs of this node"));

        server.enabled = false;
        desk.changed(server);

        assertEquals(Optional.empty(), program.held);
        assertEquals(Set.of("programs", "upstream"), main.attached);
    }

    private Medium bind(Medium medium) {
        desk.bindInterface(medium, Map.of(Constants.SERVICE_ID, ++services));
        return medium;
    }

    private static final class Router implements InterfaceDesk.Host {

        final Set<String> attached = new TreeSet<>();
        final List<String> told = new ArrayList<>();
        boolean forwards = true;

        @Override
        public void attach(MeshInterface medium) {
            attached.add(medium.name());
            told.add("attach " + medium.name());
        }

        @Override
        public void detach(MeshInterface medium) {
            attached.remove(medium.name());
            told.add("detach " + medium.name());
        }

        @Override
        public boolean forwards() {
            return forwards;
        }
    }

    private static class Medium implements MeshInterface {

        private final String name;
        String network;
        int port;
        boolean enabled = true;
        boolean program;
        Optional<Failure> held = Optional.empty();

        Medium(String name, String network, int port) {
            this.name = name;
            this.network = network;
            this.port = port;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public String description() {
            return name;
        }

        @Override
        public void attach(PacketSink sink) {}

        @Override
        public void detach() {}

        @Override
        public InterfaceStatus status() {
            return held.map(InterfaceStatus::down).orElse(InterfaceStatus.of(InterfaceState.UP));
        }

        @Override
        public LinkBudget budget() {
            return LinkBudget.plain(1000, 500);
        }

        @Override
        public Set<Endpoint> endpoints() {
            return Set.of(Endpoint.port("tcp", "", port));
        }

        @Override
        public boolean leadsToSharedInstance() {
            return program;
        }

        @Override
        public void hold(Optional<Failure> why) {
            held = why;
        }

        @Override
        public InterfacePolicy policy() {
            return InterfacePolicy.parse(Map.of("network", network, "enabled", enabled), 16);
        }

        @Override
        public InterfaceCounters counters() {
            return InterfaceCounters.NONE;
        }

        @Override
        public void send(ByteBuffer packet) {}

        @Override
        public void close() {}
    }
}
