package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Media that say where they meet others stay closed while the core holds them, whatever happens meanwhile. */
abstract class HoldingContract extends SettingsContract {

    @Test
    protected void bothEndsNameTheEndpointWhereTheyMeet() {
        Pair pair = connect();
        Set<Endpoint> endpoints = pair.second().opened().endpoints();
        Assumptions.assumeFalse(endpoints.isEmpty(), "this medium has no endpoints");

        assertTrue(
                pair.first().opened().endpoints().stream()
                        .anyMatch(mine -> endpoints.stream().anyMatch(mine::meets)),
                pair.first().opened().endpoints() + " and " + endpoints);
    }

    @Test
    protected void whoIsHeldIsClosedWithTheReasonGivenUntilItIsLetGo() {
        Pair pair = connect();
        MeshInterface held = pair.second().opened();
        Set<Endpoint> endpoints = held.endpoints();
        Assumptions.assumeFalse(endpoints.isEmpty(), "this medium has no endpoints");
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));
        RecordingSink inbox = pair.second().inbox();
        Failure why = new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.");

        held.hold(Optional.of(why));
        held.hold(Optional.of(why));

        assertEquals(InterfaceStatus.down(why), held.status());
        assertEquals(endpoints, held.endpoints(), "the claim stays");
        Await.until(
                "neighbours are gone",
                childPatience(),
                () -> pair.second().sink().children().isEmpty());
        int before = inbox.count();
        byte[] meanwhile = Packets.numbered(1, 100);
        if (!firstHasChildren()) {
            send(pair.first().opened(), meanwhile);
        }

        held.hold(Optional.empty());
        pair.second().awaitReady();
        pair.first().awaitReady();
        // A slow medium may still carry it when the second end listens again.
        pair.second().inbox().ignore(meanwhile);
        exchange(pair.first(), pair.second(), Packets.random(2, 3, 100));
        exchange(pair.second(), pair.first(), Packets.random(3, 3, 100));
        if (secondHasChildren()) {
            assertEquals(before, inbox.count(), "what was sent meanwhile is lost");
        }
    }

    @Test
    protected void whoIsClosedWhileItIsHeldStaysClosed() {
        MeshInterface held = openSecond(AS_CONFIGURED);
        held.hold(
                Optional.of(new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.")));
        held.close();
        held.hold(Optional.empty());

        assertEquals(InterfaceState.CLOSED, held.status().state());
    }

    @Test
    protected void whoIsHeldStaysSoThroughEveryChangeOfItsSettings() {
        Pair pair = connect();
        MeshInterface held = pair.second().opened();
        Set<Endpoint> endpoints = held.endpoints();
        Assumptions.assumeFalse(endpoints.isEmpty(), "this medium has no endpoints");
        Failure why = new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.");
        held.hold(Optional.of(why));

        Assumptions.assumeTrue(modifySecond(held, Map.of("mode", "gateway")), "a change makes a new instance");
        assertEquals(InterfaceMode.GATEWAY, held.policy().mode());
        assertEquals(InterfaceStatus.down(why), held.status());
        assertEquals(endpoints, held.endpoints(), "the claim stays");

        modifySecond(held, elsewhere());
        assertEquals(InterfaceStatus.down(why), held.status());
        assertNotEquals(endpoints, held.endpoints(), "where it will meet others");

        modifySecond(held, Map.of("enabled", "false"));
        assertEquals(InterfaceState.DISABLED, held.status().state());
        assertEquals(Set.of(), held.endpoints());

        modifySecond(held, Map.of());
        assertEquals(InterfaceStatus.down(why), held.status());
        assertEquals(endpoints, held.endpoints());

        held.hold(Optional.empty());
        pair.second().awaitReady();
        pair.first().awaitReady();
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));
        exchange(pair.second(), pair.first(), Packets.random(2, 3, 100));
    }

    @Test
    protected void whoIsLetGoWhileItIsSwitchedOffOpensOnceItIsSwitchedOn() {
        Pair pair = connect();
        MeshInterface held = pair.second().opened();
        Assumptions.assumeFalse(held.endpoints().isEmpty(), "this medium has no endpoints");
        held.hold(
                Optional.of(new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.")));
        Assumptions.assumeTrue(modifySecond(held, Map.of("enabled", "false")), "a change makes a new instance");

        held.hold(Optional.empty());
        assertEquals(InterfaceState.DISABLED, held.status().state());
        modifySecond(held, Map.of());

        pair.second().awaitReady();
        pair.first().awaitReady();
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));
    }
}
