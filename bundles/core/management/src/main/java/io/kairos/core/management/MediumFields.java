package io.kairos.core.management;

import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.routing.Router.MediumView;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.Offer;
import io.kairos.api.transport.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What only interfaces of some kinds tell, with the keys that Reticulum's tools read. Pure. */
final class MediumFields {

    /** From then on the reference calls a tunnel unresponsive. */
    private static final double SECONDS_OF_SILENCE = 20;

    private static final List<String> BATTERY_STATES = List.of("unknown", "discharging", "charging", "charged");

    private MediumFields() {}

    /** Nothing for kinds that have no keys of their own. */
    static Map<String, Object> of(InterfaceView view, MediumView medium) {
        return switch (InterfaceKinds.word(view.description())) {
            case "I2PInterface" -> i2p(medium.offer());
            case "I2PInterfacePeer" -> Map.of("tunnelstate", tunnel(view.state(), medium.readings()));
            case "RNodeInterface" -> radio(medium.readings());
            default -> Map.of();
        };
    }

    /** Its address is told by whoever can be called. */
    private static Map<String, Object> i2p(Optional<Offer> offer) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("i2p_connectable", offer.isPresent());
        map.put(
                "i2p_b32",
                offer.map(known -> known.details().get("reachable_on")).orElse(null));
        return map;
    }

    private static String tunnel(InterfaceState state, List<Reading> readings) {
        if (state != InterfaceState.UP) {
            return "Creating Tunnel";
        }
        OptionalDouble silent = value("silent", readings);
        return silent.isPresent() && silent.getAsDouble() >= SECONDS_OF_SILENCE
                ? "Tunnel Unresponsive"
                : "Tunnel Active";
    }

    private static Map<String, Object> radio(List<Reading> readings) {
        Map<String, Object> map = new LinkedHashMap<>();
        putBoth(map, "airtime", readings);
        putBoth(map, "channel_load", readings);
        value("noise_floor", readings).ifPresent(dbm -> {
            map.put("noise_floor", (long) dbm);
            OptionalDouble interference = value("interference", readings);
            map.put("interference", interference.isPresent() ? (long) interference.getAsDouble() : null);
        });
        value("temperature", readings).ifPresent(celsius -> map.put("cpu_temp", (long) celsius));
        for (String state : BATTERY_STATES) {
            value("battery_" + state, readings).ifPresent(percent -> {
                map.put("battery_state", state);
                map.put("battery_percent", (long) percent);
            });
        }
        return map;
    }

    /** Readers want both or none. */
    private static void putBoth(Map<String, Object> map, String name, List<Reading> readings) {
        OptionalDouble soon = value(name + "_15s", readings);
        OptionalDouble late = value(name + "_1h", readings);
        if (soon.isPresent() && late.isPresent()) {
            map.put(name + "_short", soon.getAsDouble());
            map.put(name + "_long", late.getAsDouble());
        }
    }

    private static OptionalDouble value(String name, List<Reading> readings) {
        return readings.stream()
                .filter(each -> each.name().equals(name))
                .mapToDouble(Reading::value)
                .findFirst();
    }
}
