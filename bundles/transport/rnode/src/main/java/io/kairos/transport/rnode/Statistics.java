package io.kairos.transport.rnode;

import io.kairos.api.transport.Reading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a radio and its device tell about themselves, the latest value of each. The names are fixed, so it does not grow.
 * Threads: any.
 */
final class Statistics {

    private static final int DBM_OFFSET = 157;
    private static final int CELSIUS_OFFSET = 120;
    private static final int NO_INTERFERENCE = 0xff;
    private static final List<String> BATTERY_STATES = List.of("unknown", "discharging", "charging", "charged");

    private final Map<String, Reading> latest = new LinkedHashMap<>(); // guarded by itself

    /** Takes one report; returns whether it was one. What is cut short is not taken. Names begin with {@code prefix}. */
    boolean take(int command, ByteBuffer payload, String prefix) {
        switch (command) {
            case Commands.CHANNEL -> channel(payload, prefix);
            case Commands.PHYSICAL -> physical(payload, prefix);
            case Commands.BATTERY -> battery(payload, prefix);
            case Commands.CONTENTION -> contention(payload, prefix);
            case Commands.TEMPERATURE -> temperature(payload, prefix);
            default -> {
                return false;
            }
        }
        return true;
    }

    void put(String name, double value, String unit) {
        synchronized (latest) {
            latest.put(name, new Reading(name, value, unit));
        }
    }

    void add(String name) {
        synchronized (latest) {
            double before = latest.containsKey(name) ? latest.get(name).value() : 0;
            latest.put(name, new Reading(name, before + 1, ""));
        }
    }

    void remove(String name) {
        synchronized (latest) {
            latest.remove(name);
        }
    }

    void clear() {
        synchronized (latest) {
            latest.clear();
        }
    }

    List<Reading> readings() {
        synchronized (latest) {
            return new ArrayList<>(latest.values());
        }
    }

    /** State of the battery in the firmware's words. */
    static String batteryState(int code) {
        return code < BATTERY_STATES.size() ? BATTERY_STATES.get(code) : BATTERY_STATES.get(0);
    }

    private void channel(ByteBuffer in, String prefix) {
        if (in.remaining() < 8) {
            return;
        }
        put(prefix + "airtime_15s", percent(in, 0), "%");
        put(prefix + "airtime_1h", percent(in, 2), "%");
        put(prefix + "channel_load_15s", percent(in, 4), "%");
        put(prefix + "channel_load_1h", percent(in, 6), "%");
        if (in.remaining() >= 11) { // older firmware and devices with several radios do not know these
            put(prefix + "rssi_now", u8(in, 8) - DBM_OFFSET, "dBm");
            put(prefix + "noise_floor", u8(in, 9) - DBM_OFFSET, "dBm");
            if (u8(in, 10) == NO_INTERFERENCE) {
                remove(prefix + "interference");
            } else {
                put(prefix + "interference", u8(in, 10) - DBM_OFFSET, "dBm");
            }
        }
    }

    private void physical(ByteBuffer in, String prefix) {
        if (in.remaining() < 10) {
            return;
        }
        put(prefix + "symbol_time", u16(in, 0) / 1000.0, "ms");
        put(prefix + "symbol_rate", u16(in, 2), "baud");
        put(prefix + "preamble_symbols", u16(in, 4), "");
        put(prefix + "preamble_time", u16(in, 6), "ms");
        put(prefix + "csma_slot", u16(in, 8), "ms");
        if (in.remaining() >= 12) {
            put(prefix + "csma_difs", u16(in, 10), "ms");
        }
    }

    private void battery(ByteBuffer in, String prefix) {
        if (in.remaining() < 2) {
            return;
        }
        String state = batteryState(u8(in, 0));
        for (String other : BATTERY_STATES) {
            remove(prefix + "battery_" + other);
        }
        put(prefix + "battery_" + state, Math.min(100, u8(in, 1)), "%");
    }

    private void contention(ByteBuffer in, String prefix) {
        if (in.remaining() < 3) {
            return;
        }
        put(prefix + "csma_window_band", u8(in, 0), "");
        put(prefix + "csma_window_min", u8(in, 1), "");
        put(prefix + "csma_window_max", u8(in, 2), "");
    }

    private void temperature(ByteBuffer in, String prefix) {
        if (!in.hasRemaining()) {
            return;
        }
        int celsius = u8(in, 0) - CELSIUS_OFFSET;
        if (celsius >= -30 && celsius <= 90) {
            put(prefix + "temperature", celsius, "\u00b0C");
        } else {
            remove(prefix + "temperature");
        }
    }

    private static double percent(ByteBuffer in, int at) {
        return u16(in, at) / 100.0;
    }

    private static int u16(ByteBuffer in, int at) {
        return Short.toUnsignedInt(in.getShort(at));
    }

    private static int u8(ByteBuffer in, int at) {
        return Byte.toUnsignedInt(in.get(at));
    }
}
