package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Wrong settings are a failure with a reason; harmless changes keep what runs. */
abstract class SettingsContract extends LifeCycleContract {

    @Test
    protected void disabledMeansDisabled() {
        Station first = station(openFirst(Map.of("enabled", "false")), firstHasChildren());
        first.attach();

        assertEquals(InterfaceState.DISABLED, first.opened().status().state());
        send(first.opened(), Packets.numbered(1, 100));
        assertEquals(1, first.opened().counters().droppedOutgoing());
        assertTrue(noThreads(), () -> "a disabled interface has no threads: " + ThreadCheck.alive(threadPrefix()));
    }

    @Test
    protected void aRefusedConfigurationIsDownWithItsReason() {
        for (Station station : List.of(
                station(openFirst(Map.of("kairos.refused", "mode = foo is not a mode")), firstHasChildren()),
                station(openSecond(Map.of("kairos.refused", "mode = foo is not a mode")), secondHasChildren()))) {
            station.attach();

            assertTrue(isDownWithRemedy(station.opened()));
            assertEquals("mode = foo is not a mode", failure(station.opened()).message());
        }
    }

    @Test
    protected void aWrongSettingIsAFailureNotAnException() {
        Station first = station(openFirst(Map.of("mode", "sideways")), firstHasChildren());
        first.attach();

        assertTrue(isDownWithRemedy(first.opened()));
        assertTrue(failure(first.opened()).message().contains("sideways"));
        assertTrue(noThreads());
    }

    @Test
    protected void aHarmlessChangeOfSettingsKeepsNeighboursAndTellsTheCore() {
        Pair pair = connect();
        MeshInterface opened = pair.second().opened();
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));
        MeshInterface carrier = pair.second().carrier();
        int changes = pair.second().sink().changes();

        Assumptions.assumeTrue(
                modifySecond(opened, Map.of("mode", "gateway", "announce.cap.percent", "7")),
                "a change makes a new instance");

        assertEquals(InterfaceMode.GATEWAY, opened.policy().mode());
        assertEquals(InterfaceMode.GATEWAY, carrier.policy().mode());
        assertEquals(0.07, opened.policy().announceCap(), 1e-9);
        assertTrue(carrier.status().isUp() && pair.second().carrier() == carrier, "the same neighbour");
        assertTrue(pair.second().sink().changes() > changes, "the core is told");
        exchange(pair.first(), pair.second(), Packets.random(2, 3, 100));
        exchange(pair.second(), pair.first(), Packets.random(3, 3, 100));
        assertEquals(0, pair.second().sink().vanished());
    }

    @Test
    protected void aWrongChangeOfSettingsLeavesEverythingAsItWas() {
        Pair pair = connect();
        MeshInterface opened = pair.second().opened();

        Assumptions.assumeTrue(modifySecond(opened, Map.of("mode", "sideways")), "a change makes a new instance");
        modifySecond(opened, Map.of("kairos.refused", "mode = foo is not a mode"));

        assertEquals(InterfaceMode.FULL, opened.policy().mode());
        assertTrue(opened.status().isUp());
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));
    }

    @Test
    protected void canBeSwitchedOffAndOnAgain() {
        Pair pair = connect();
        MeshInterface opened = pair.second().opened();
        Assumptions.assumeTrue(modifySecond(opened, Map.of("enabled", "false")), "a change makes a new instance");
        assertEquals(InterfaceState.DISABLED, opened.status().state());
        if (secondHasChildren()) {
            Await.until(
                    "children go",
                    patience(),
                    () -> pair.second().sink().children().isEmpty());
        }

        modifySecond(opened, Map.of());

        pair.second().awaitReady();
        pair.first().awaitReady();
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));
        exchange(pair.second(), pair.first(), Packets.random(2, 3, 100));
    }
}
