package org.example.satellite;

import io.kairos.test.kit.SimulatedStation;
import java.util.Arrays;

/** A modem whose satellite exists only in a simulated medium. */
final class SimulatedModem implements Modem {

    private final SimulatedStation station;

    SimulatedModem(SimulatedStation station) {
        this.station = station;
    }

    @Override
    public void open(Listener listener) {
        station.onFrame(frame -> listener.received(Arrays.copyOf(frame, frame.length), frame.length));
        listener.connected();
    }

    @Override
    public boolean send(byte[] bytes) {
        return station.send(bytes) == SimulatedStation.Outcome.SENT;
    }

    @Override
    public void close() {
        station.onFrame(frame -> {});
    }
}
