package io.kairos.admin.shell.mesh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Node;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.routing.PathTable;
import org.junit.jupiter.api.Test;

class DestinationsTest {

    private final KnownDestination probe = Node.known("rnstransport.probe", Node.publicIdentity(1));
    private final KnownDestination delivery = Node.known("lxmf.delivery", Node.publicIdentity(2));
    private final KnownDestination delivery2 = Node.known("lxmf.delivery", Node.publicIdentity(3));
    private final FakePathTable table = new FakePathTable();
    private final Destinations destinations = new Destinations(new FakeServices()
            .with(PathTable.class, table)
            .with(
                    KnownDestinations.class,
                    new FakeKnown().add(probe).add(delivery).add(delivery2)));

    DestinationsTest() {
        for (KnownDestination heard : java.util.List.of(probe, delivery, delivery2)) {
            table.paths.put(heard.destination(), Node.path(Node.HUB, "lan", 2));
        }
    }

    @Test
    void aHashIsTakenAsItIs() {
        assertEquals(Node.FAR, destinations.resolve("ffeeddccbbaa99887766554433221100"));
    }

    @Test
    void aNameIsEnoughWhereOnlyOneBearsIt() {
        assertEquals(probe.destination(), destinations.resolve("rnstransport.probe"));
    }

    @Test
    void aNameOfSeveralListsTheirHashes() {
        MeshException failure = assertThrows(MeshException.class, () -> destinations.resolve("lxmf.delivery"));

        assertEquals("2 known destinations are named 'lxmf.delivery'.", failure.getMessage());
        assertTrue(failure.remedy().contains(delivery.destination().toHex()));
        assertTrue(failure.remedy().contains(delivery2.destination().toHex()));
    }

    @Test
    void anUnknownNameSaysHowNamesBecomeKnown() {
        MeshException failure = assertThrows(MeshException.class, () -> destinations.resolve("nomadnetwork.node"));

        assertTrue(failure.remedy().contains("mesh:announces"));
    }

    @Test
    void aNameThatDoesNotBelongToTheHashIsRefusedWithTheRightHash() {
        assertDoesNotThrow(() -> destinations.checkName("lxmf.delivery", delivery.destination()));
        assertDoesNotThrow(() -> destinations.checkName("any.name", Node.FAR), "nothing is known of it");
        MeshException failure = assertThrows(
                MeshException.class, () -> destinations.checkName("rnstransport.probe", delivery.destination()));

        assertTrue(failure.remedy()
                .contains(Node.known("rnstransport.probe", Node.publicIdentity(2))
                        .destination()
                        .toHex()));
    }
}
