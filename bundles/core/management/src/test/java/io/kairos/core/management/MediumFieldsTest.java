package io.kairos.core.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.routing.Router.MediumView;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Offer;
import io.kairos.api.transport.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MediumFieldsTest {

    private static final MediumView NOTHING = new MediumView(List.of(), Optional.empty());

    @Test
    void anI2pInterfaceTellsWhetherAndWhereItCanBeCalled() {
        Map<String, Object> unknown = new HashMap<>();
        unknown.put("i2p_connectable", false);
        unknown.put("i2p_b32", null);
        assertEquals(unknown, fields("I2PInterface[quiet]", InterfaceState.UP, NOTHING));

        Offer offer = new Offer("I2PInterface", Map.of("reachable_on", "abc.b32.i2p"));
        assertEquals(
                Map.of("i2p_connectable", true, "i2p_b32", "abc.b32.i2p"),
                fields("I2PInterface[quiet]", InterfaceState.UP, new MediumView(List.of(), Optional.of(offer))));
    }

    @Test
    void aTunnelIsMadeThenActiveThenSilent() {
        assertEquals("Creating Tunnel", tunnel(InterfaceState.DOWN));
        assertEquals("Tunnel Active", tunnel(InterfaceState.UP));
        assertEquals("Tunnel Active", tunnel(InterfaceState.UP, new Reading("silent", 19, "s")));
        assertEquals("Tunnel Unresponsive", tunnel(InterfaceState.UP, new Reading("silent", 20, "s")));
    }

    @Test
    void aRadioTellsWhatItMeasures() {
        Map<String, Object> told = fields(
                "RNodeInterface[lora]",
                InterfaceState.UP,
                new MediumView(
                        List.of(
                                new Reading("airtime_15s", 1.25, "%"),
                                new Reading("airtime_1h", 0.5, "%"),
                                new Reading("channel_load_15s", 3, "%"),
                                new Reading("noise_floor", -112, "dBm"),
                                new Reading("battery_charging", 77, "%")),
                        Optional.empty()));

        assertEquals(1.25, told.get("airtime_short"));
        assertEquals(0.5, told.get("airtime_long"));
        assertTrue(!told.containsKey("channel_load_short"), "half of it is known");
        assertEquals(-112L, told.get("noise_floor"));
        assertTrue(told.containsKey("interference"));
        assertNull(told.get("interference"));
        assertEquals("charging", told.get("battery_state"));
        assertEquals(77L, told.get("battery_percent"));
    }

    @Test
    void othersHaveNothingOfTheirOwn() {
        assertEquals(Map.of(), fields("TCPInterface[a/b:1]", InterfaceState.UP, NOTHING));
    }

    private static Object tunnel(InterfaceState state, Reading... readings) {
        MediumView medium = new MediumView(List.of(readings), Optional.empty());
        return fields("I2PInterfacePeer[Connected peer on quiet]", state, medium)
                .get("tunnelstate");
    }

    private static Map<String, Object> fields(String description, InterfaceState state, MediumView medium) {
        InterfaceView view = new InterfaceView(
                "x",
                "x",
                description,
                Optional.empty(),
                state,
                Optional.empty(),
                InterfaceMode.FULL,
                LinkBudget.plain(1_000, 500),
                false,
                InterfaceCounters.NONE,
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                false,
                0);
        return MediumFields.of(view, medium);
    }
}
