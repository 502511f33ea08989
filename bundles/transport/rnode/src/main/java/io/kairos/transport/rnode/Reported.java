package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.nio.ByteBuffer;

/** What a device has told about one of its radios since it was opened. Owned by the reading thread. */
final class Reported {

    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final long TOLERANCE_HZ = 100;

    private long frequencyHz = UNKNOWN;
    private long bandwidthHz = UNKNOWN;
    private long powerDbm = UNKNOWN;
    private long spreadingFactor = UNKNOWN;
    private long codingRate = UNKNOWN;
    private long state = UNKNOWN;

    /** Takes one report; what is no report about settings, or too short, changes nothing. */
    void take(int command, ByteBuffer payload) {
        switch (command) {
            case Commands.FREQUENCY -> frequencyHz = u32(payload, frequencyHz);
            case Commands.BANDWIDTH -> bandwidthHz = u32(payload, bandwidthHz);
            case Commands.TX_POWER -> powerDbm = payload.hasRemaining() ? payload.get(0) : powerDbm;
            case Commands.SPREADING_FACTOR -> spreadingFactor = u8(payload, spreadingFactor);
            case Commands.CODING_RATE -> codingRate = u8(payload, codingRate);
            case Commands.RADIO_STATE -> state = u8(payload, state);
            default -> {
                // not about settings
            }
        }
    }

    /** Whether all that was asked for was answered. */
    boolean isComplete() {
        return frequencyHz != UNKNOWN
                && bandwidthHz != UNKNOWN
                && powerDbm != UNKNOWN
                && spreadingFactor != UNKNOWN
                && codingRate != UNKNOWN
                && state != UNKNOWN;
    }

    boolean isSwitchedOff() {
        return state == 0;
    }

    long powerDbm() {
        return powerDbm;
    }

    /**
     * Compares with what was asked for. Frequency and coding rate need not have been told: old firmware does not.
     *
     * @throws MeshException that names the first difference
     */
    void require(RadioSettings wanted) {
        LoRa tuning = wanted.tuning();
        if (frequencyHz != UNKNOWN && Math.abs(frequencyHz - tuning.frequencyHz()) > TOLERANCE_HZ) {
            throw differs("a frequency of %d Hz".formatted(tuning.frequencyHz()), frequencyHz + " Hz", "frequency.hz");
        }
        if (bandwidthHz != tuning.bandwidthHz()) {
            throw differs(
                    "a bandwidth of %d Hz".formatted(tuning.bandwidthHz()), told(bandwidthHz, " Hz"), "bandwidth.hz");
        }
        boolean isLess = powerDbm != UNKNOWN && wanted.takesLess() && powerDbm <= wanted.powerDbm();
        if (powerDbm != wanted.powerDbm() && !isLess) {
            throw differs("%d dBm".formatted(wanted.powerDbm()), told(powerDbm, " dBm"), "tx.power.dbm");
        }
        if (spreadingFactor != tuning.spreadingFactor()) {
            throw differs("SF " + tuning.spreadingFactor(), told(spreadingFactor, ""), "spreading.factor");
        }
        if (codingRate != UNKNOWN && codingRate != tuning.codingRate()) {
            throw differs("CR " + tuning.codingRate(), told(codingRate, ""), "coding.rate");
        }
        if (state != 1) {
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    "The radio did not switch on",
                    "Pull the device and put it back. If that does not help, install its firmware anew.");
        }
    }

    private static String told(long value, String unit) {
        return value == UNKNOWN ? "nothing" : value + unit;
    }

    private static MeshException differs(String wanted, String told, String key) {
        return new MeshException(
                Failure.Kind.HARDWARE,
                "The radio was set to %s and answered %s".formatted(wanted, told),
                "Set %s to a value that this device can, or use another device.".formatted(key));
    }

    private static long u32(ByteBuffer payload, long otherwise) {
        return payload.remaining() < Integer.BYTES ? otherwise : Integer.toUnsignedLong(payload.getInt(0));
    }

    private static long u8(ByteBuffer payload, long otherwise) {
        return payload.hasRemaining() ? Byte.toUnsignedLong(payload.get(0)) : otherwise;
    }
}
