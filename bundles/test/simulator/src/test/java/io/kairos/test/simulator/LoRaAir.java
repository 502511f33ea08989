package io.kairos.test.simulator;

import io.kairos.test.kit.ManualClock;
import io.kairos.test.rnode.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One LoRa channel (spreading factor 8, 125 kHz, coding rate 4/5) that all stations share. Who hears whom follows from the
 * distance; what overlaps at a receiver is lost unless it is {@link #CAPTURE_DB} stronger than everything else together; who
 * sends does not hear.
 *
 * <p>Loss grows as measured in a town (129 dB at 1 km, 23 dB more at ten times the distance); a receiver needs -126 dBm.
 */
final class LoRaAir {

    static final double CAPTURE_DB = 6;

    private static final double POWER_DBM = 14;
    private static final double LOSS_AT_1_KM_DB = 128.95;
    private static final double LOSS_BY_DISTANCE_DB = 23.2;
    private static final double SENSITIVITY_DBM = -126;
    private static final double NEAREST_KM = 0.01;

    private static final Channel CHANNEL = new Channel(868_100_000, 125_000, 8);
    private static final int CODING = 5;

    /** Bits per second of a packet's content on this channel. */
    static final long BITS_PER_SECOND = 3_125;

    /** One packet on the air. */
    private static final class Transmission {
        private final LoRaStation from;
        private final byte[] packet;
        private final double[] disturbance; // milliwatts at each station
        private final boolean[] deaf;

        Transmission(LoRaStation from, byte[] packet, int stations) {
            this.from = from;
            this.packet = packet;
            this.disturbance = new double[stations];
            this.deaf = new boolean[stations];
        }
    }

    private final ManualClock clock;
    private final List<LoRaStation> stations = new ArrayList<>();
    private final List<Transmission> active = new ArrayList<>();
    private long heard;
    private long disturbed;

    LoRaAir(ManualClock clock) {
        this.clock = clock;
    }

    int join(LoRaStation station) {
        stations.add(station);
        return stations.size() - 1;
    }

    /** How long a packet lasts, all its transmissions together. */
    static Duration airtime(int bytes) {
        return CHANNEL.airtime(bytes, CODING);
    }

    static double dbmAt(LoRaStation receiver, LoRaStation sender) {
        double km =
                Math.max(NEAREST_KM, Math.hypot(receiver.eastKm - sender.eastKm, receiver.northKm - sender.northKm));
        return POWER_DBM - LOSS_AT_1_KM_DB - LOSS_BY_DISTANCE_DB * Math.log10(km);
    }

    static boolean hears(LoRaStation receiver, LoRaStation sender) {
        return dbmAt(receiver, sender) >= SENSITIVITY_DBM;
    }

    /** Whether a station that listens would find the channel in use. */
    boolean isBusyAt(LoRaStation station) {
        return active.stream().anyMatch(one -> one.from == station || hears(station, one.from));
    }

    /** Sends a packet; the station is told when it is over. */
    void send(LoRaStation from, byte[] packet) {
        Transmission fresh = new Transmission(from, packet, stations.size());
        for (Transmission other : active) {
            for (LoRaStation station : stations) {
                other.disturbance[station.number] += milliwatts(dbmAt(station, from));
                fresh.disturbance[station.number] += milliwatts(dbmAt(station, other.from));
            }
            other.deaf[from.number] = true;
            fresh.deaf[other.from.number] = true;
        }
        active.add(fresh);
        clock.after(airtime(packet.length), () -> over(fresh));
    }

    private void over(Transmission done) {
        active.remove(done);
        for (LoRaStation station : stations) {
            if (station == done.from || !hears(station, done.from)) {
                continue;
            }
            double dbm = dbmAt(station, done.from);
            double ratio = milliwatts(dbm) / Math.max(1e-30, done.disturbance[station.number]);
            if (done.deaf[station.number] || 10 * Math.log10(ratio) < CAPTURE_DB) {
                disturbed++;
            } else {
                heard++;
                station.hear(done.packet);
            }
        }
        done.from.sent();
    }

    /** Share of what was in reach and yet not heard. */
    double disturbedShare() {
        return (double) disturbed / Math.max(1, heard + disturbed);
    }

    private static double milliwatts(double dbm) {
        return Math.pow(10, dbm / 10);
    }
}
