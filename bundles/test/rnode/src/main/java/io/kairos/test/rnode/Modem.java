package io.kairos.test.rnode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The firmware's side of an RNode: answers, echoes, sends into the {@link Air} and tells what it hears, with faults on
 * demand. Devices with several radios are modems with several chips.
 *
 * <p>Threads: any; what it says goes to the host under its lock, so hosts only queue it.
 */
public final class Modem {

    private static final int QUEUE_BYTES = 6_144;
    private static final int[] NOISE = {0x65, 0x74, 0x73, 0x20, 0xdb, 0x4a, 0x75, 0x6c, 0x0d, 0x0a, 0xff, 0x00};

    private static final class Radio {
        private long frequency;
        private long bandwidth;
        private int power;
        private int spreadingFactor;
        private int codingRate = 5;
        private int longLimit;
        private boolean on;
        private boolean sending;
        private int queued;
        private final Deque<byte[]> queue = new ArrayDeque<>();

        Channel channel() {
            return new Channel(frequency, bandwidth, spreadingFactor);
        }
    }

    private final Air air;
    private final String name;
    private final List<Integer> chips;
    private final Kiss kiss = new Kiss(this::command);

    // ---- guarded by this ----
    private final List<Radio> radios = new ArrayList<>();
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    private Consumer<byte[]> host = bytes -> {};
    private boolean connected;
    private int mostPower = 22;
    private int selected;
    private int goodbyes;

    /** A modem with one radio. */
    public Modem(Air air, String name) {
        this(air, name, List.of());
    }

    /**
     * A modem with several radios.
     *
     * @param chips code of each radio's chip; empty: one radio that is not asked for its chip
     */
    public Modem(Air air, String name, List<Integer> chips) {
        this.air = air;
        this.name = name;
        this.chips = List.copyOf(chips);
        for (int i = 0; i < Math.max(1, chips.size()); i++) {
            radios.add(new Radio());
        }
        air.enter(this);
    }

    public String name() {
        return name;
    }

    /** What is wrong with it from now on. */
    public synchronized void faults(Fault... now) {
        faults.clear();
        faults.addAll(List.of(now));
    }

    /** Most power of its amplifier in dBm. */
    public synchronized void mostPower(int dbm) {
        mostPower = dbm;
    }

    /** How often a host has said goodbye. */
    public synchronized int goodbyes() {
        return goodbyes;
    }

    /** Whether a host has it open. */
    public synchronized boolean isConnected() {
        return connected;
    }

    /** Whether a radio is on. */
    public synchronized boolean isOn(int radio) {
        return radios.get(radio).on;
    }

    /** Airtime limit of an hour that a host has set, percent times 100. */
    public synchronized int longLimit(int radio) {
        return radios.get(radio).longLimit;
    }

    /** All bytes from hosts so far. */
    public synchronized byte[] transcript() {
        return transcript.toByteArray();
    }

    // ---- the host's cable ----

    /** A host has opened it: the board starts anew. */
    public synchronized void connect(Consumer<byte[]> toHost) {
        host = toHost;
        connected = true;
        for (int i = 0; i < radios.size(); i++) {
            radios.set(i, new Radio());
        }
        selected = 0;
    }

    /** The host has closed it. */
    public synchronized void disconnect() {
        connected = false;
        host = bytes -> {};
    }

    /** The host has written. */
    public synchronized void fromHost(byte[] bytes, int length) {
        if (transcript.size() < 1 << 20) {
            transcript.write(bytes, 0, length);
        }
        kiss.feed(bytes, 0, length);
    }

    // ---- what a test makes happen ----

    /** Writes any bytes to the host. */
    public synchronized void raw(byte[] bytes) {
        if (!faults.contains(Fault.SILENT)) {
            host.accept(bytes);
        }
    }

    /** Tells the host something. */
    public synchronized void tell(int command, int... payload) {
        if (faults.contains(Fault.GARBAGE)) {
            byte[] noise = new byte[NOISE.length];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) NOISE[i];
            }
            raw(noise);
        }
        raw(Kiss.frame(command, payload));
    }

    /** Restarts in the middle of everything. */
    public synchronized void reset() {
        for (int i = 0; i < radios.size(); i++) {
            radios.set(i, new Radio());
        }
        tell(0x55, 0xf8);
    }

    /** A packet of a stranger arrives at a radio, however the air is. */
    public void stranger(int radio, byte[] packet) {
        Channel channel;
        synchronized (this) {
            channel = radios.get(radio).channel();
        }
        hear(channel, packet, new Air.Hearing(-110, -12));
    }

    /** Tells load of the channel, airtime, battery and temperature, as the firmware does about once a second. */
    public void statistics() {
        tell(0x25, 0, 123, 0, 45, 2, 166, 0, 90, 57, 45, 0xff);
        tell(0x27, 1, 77);
        tell(0x29, 145);
    }

    // ---- the air ----

    synchronized void hear(Channel channel, byte[] packet, Air.Hearing hearing) {
        for (int i = 0; i < radios.size(); i++) {
            Radio radio = radios.get(i);
            if (connected && radio.on && radio.channel().equals(channel)) {
                if (!chips.isEmpty()) {
                    tell(0x1f, i);
                }
                tell(0x23, hearing.rssiDbm() + 157);
                tell(0x24, (int) Math.round(hearing.snrDb() * 4));
                raw(Kiss.frame(0x00, Kiss.ints(packet)));
            }
        }
    }

    private void kick(Radio radio) {
        byte[] packet;
        Channel channel;
        synchronized (this) {
            if (!radio.on || radio.sending || radio.queue.isEmpty()) {
                return;
            }
            channel = radio.channel();
            radio.sending = true;
            if (air.isBusy(channel)) {
                air.timers().after(air.slots(), () -> again(radio));
                return;
            }
            packet = radio.queue.poll();
            radio.queued -= packet.length;
        }
        Duration airtime = channel.airtime(packet.length, radio.codingRate);
        air.send(this, channel, packet, airtime, () -> again(radio));
    }

    private void again(Radio radio) {
        synchronized (this) {
            radio.sending = false;
        }
        kick(radio);
    }

    // ---- the host's commands ----

    private void command(int command, byte[] payload) {
        int[] values = Kiss.ints(payload);
        int first = values.length == 0 ? 0 : values[0];
        Radio radio = radios.get(selected);
        switch (command) {
            case 0x00 -> packet(radio, payload);
            case 0x08 -> tell(0x08, faults.contains(Fault.NO_RNODE) ? 0x11 : 0x46);
            case 0x50 -> tell(0x50, 1, faults.contains(Fault.OLD_FIRMWARE) ? 40 : 86);
            case 0x48 -> tell(0x48, 0x80);
            case 0x49 -> tell(0x49, 0x81);
            case 0x47 -> tell(0x47, 0x3a);
            case 0x0f -> {
                if (!faults.contains(Fault.NEVER_READY)) {
                    tell(0x0f, radio.queued > QUEUE_BYTES / 2 ? 0 : 1);
                }
            }
            case 0x0a -> goodbyes++;
            case 0x1f -> {
                selected = Math.min(first, radios.size() - 1);
                tell(0x1f, selected);
            }
            case 0x71 -> {
                for (int i = 0; i < chips.size(); i++) {
                    tell(0x71, i, chips.get(i));
                }
            }
            default -> settings(radio, command, payload, first);
        }
    }

    private void settings(Radio radio, int command, byte[] payload, int first) {
        switch (command) {
            case 0x01 -> {
                radio.frequency = u32(payload);
                long told = radio.frequency + (faults.contains(Fault.WRONG_FREQUENCY) ? 1_000 : 0);
                tell(
                        command,
                        Kiss.ints(ByteBuffer.allocate(4).putInt((int) told).array()));
            }
            case 0x02 -> {
                radio.bandwidth = u32(payload);
                tell(command, Kiss.ints(payload));
            }
            case 0x03 -> {
                radio.power = Math.min((byte) first, faults.contains(Fault.WEAK) ? 2 : mostPower);
                tell(command, radio.power);
            }
            case 0x04 -> {
                radio.spreadingFactor = first;
                tell(command, first + (faults.contains(Fault.WRONG_SPREADING_FACTOR) ? 1 : 0));
            }
            case 0x05 -> {
                radio.codingRate = first;
                tell(command, first);
            }
            case 0x06 -> {
                radio.on = first == 1;
                if (!faults.contains(Fault.NO_STATE)) {
                    tell(command, first);
                }
            }
            case 0x0b -> tell(command, Kiss.ints(payload));
            case 0x0c -> {
                radio.longLimit = payload.length < 2
                        ? 0
                        : Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
                tell(command, Kiss.ints(payload));
            }
            default -> {
                // what the firmware knows and no test needs
            }
        }
    }

    private void packet(Radio radio, byte[] packet) {
        if (!radio.on || packet.length == 0 || packet.length > 508) {
            return;
        }
        if (radio.queued + packet.length > QUEUE_BYTES) {
            tell(0x90, 0x04);
            return;
        }
        radio.queue.add(packet);
        radio.queued += packet.length;
        air.timers().after(Duration.ZERO, () -> kick(radio));
    }

    private static long u32(byte[] payload) {
        return payload.length < 4
                ? 0
                : Integer.toUnsignedLong(ByteBuffer.wrap(payload).getInt());
    }
}
