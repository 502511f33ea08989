package io.kairos.transport.rnode;

import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the radios of a device hear: the device says which radio it speaks of, how strong and how clear a packet was, and
 * then the packet. Pure. Threads: one.
 */
final class Reception {

    private static final int RSSI_OFFSET = 157;
    private static final double SNR_STEP = 0.25;

    private final DeviceSettings settings;
    private final DeviceEvents events;
    private final Statistics statistics;
    private int selected;
    private double rssi = Double.NaN;
    private double snr = Double.NaN;

    Reception(DeviceSettings settings, DeviceEvents events, Statistics statistics) {
        this.settings = settings;
        this.events = events;
        this.statistics = statistics;
    }

    /** Index of the radio that the device speaks of. */
    int selected() {
        return selected;
    }

    void select(ByteBuffer payload) {
        selected = payload.hasRemaining() ? Byte.toUnsignedInt(payload.get(0)) : selected;
    }

    void rssi(ByteBuffer payload) {
        rssi = payload.hasRemaining() ? Byte.toUnsignedInt(payload.get(0)) - RSSI_OFFSET : rssi;
    }

    void snr(ByteBuffer payload) {
        snr = payload.hasRemaining() ? payload.get(0) * SNR_STEP : snr;
    }

    /** A packet was heard; handed over only once all radios are up. */
    void packet(ByteBuffer packet, boolean isUp) {
        double heardRssi = rssi;
        double heardSnr = snr;
        rssi = Double.NaN;
        snr = Double.NaN;
        Optional<RadioSettings> radio = radio();
        if (!isUp || radio.isEmpty()) {
            return;
        }
        double quality =
                Double.isNaN(heardSnr) ? Double.NaN : radio.get().tuning().quality(heardSnr);
        String prefix = prefix(Commands.DATA);
        if (!Double.isNaN(heardRssi)) {
            statistics.put(prefix + "rssi", heardRssi, "dBm");
        }
        if (!Double.isNaN(heardSnr)) {
            statistics.put(prefix + "snr", heardSnr, "dB");
            statistics.put(prefix + "quality", quality, "%");
        }
        events.packet(radio.get().index(), packet, new Signal(heardRssi, heardSnr, quality));
    }

    /** Which radio a report is about; battery and temperature are the device's. */
    String prefix(int command) {
        boolean isDevice = command == Commands.BATTERY || command == Commands.TEMPERATURE;
        return !settings.hasSeveral() || isDevice
                ? ""
                : radio().map(radio -> radio.name() + "_").orElse("other_");
    }

    private Optional<RadioSettings> radio() {
        return settings.radios().stream()
                .filter(each -> !settings.hasSeveral() || each.index() == selected)
                .findFirst();
    }
}
