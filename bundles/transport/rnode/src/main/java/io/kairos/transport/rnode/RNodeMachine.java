package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The host's side of a conversation with an RNode (docs/protocol/rnode.md, sections 4 to 6): waits until the device has
 * started, asks what it is, sets up one radio after the other, goes on only when each has confirmed every parameter, and
 * then hands over what is heard. Device clocks and hosts differ, so it waits for answers, not for times.
 *
 * <p>Pure: bytes, commands and times go in, bytes and events come out. What cannot go on is a {@link MeshException}, after
 * which the port is closed. Threads: one.
 */
final class RNodeMachine {

    private enum Phase {
        SETTLING,
        DETECTING,
        CONFIGURING,
        UP
    }

    private static final int[] SETTLED_ERRORS = {0x05, 0x06};
    private static final int QUEUE_FULL = 0x04;

    private final DeviceSettings settings;
    private final Timing timing;
    private final Consumer<byte[]> out;
    private final DeviceEvents events;
    private final Statistics statistics;

    private final Answers answers = new Answers();
    private final Map<Integer, Reported> reported = new TreeMap<>();
    private final Reception reception;
    private Phase phase = Phase.SETTLING;
    private long deadline;
    private int current; // position of the radio that is set up
    private long lastHeard;
    private long lastWritten;

    /**
     * Makes a machine for a device whose port has just been opened.
     *
     * @param out takes bytes for the device
     */
    RNodeMachine(
            DeviceSettings settings,
            Timing timing,
            Consumer<byte[]> out,
            DeviceEvents events,
            Statistics statistics,
            long now) {
        this.settings = settings;
        this.timing = timing;
        this.out = out;
        this.events = events;
        this.statistics = statistics;
        this.reception = new Reception(settings, events, statistics);
        settings.radios().forEach(radio -> reported.put(radio.index(), new Reported()));
        statistics.clear();
        lastHeard = now;
        lastWritten = now;
        deadline = now + timing.settle().toNanos();
    }

    boolean isUp() {
        return phase == Phase.UP;
    }

    /** What turns the device off and lets it go on alone. */
    byte[] goodbye() {
        return SetUp.goodbye(settings, answers.hasDisplay());
    }

    /** Somebody else has written to the device. */
    void written(long when) {
        if (when - lastWritten > 0) {
            lastWritten = when;
        }
    }

    /** How long nothing has to be done unless something comes. */
    Duration untilTick(long now) {
        long next = phase == Phase.UP
                ? Math.min(
                        lastWritten + timing.keepAlive().toNanos() - now,
                        lastHeard + timing.goneAfter().toNanos() - now)
                : deadline - now;
        return Duration.ofNanos(Math.max(0, next));
    }

    /** Time has passed. */
    void tick(long now) {
        switch (phase) {
            case SETTLING -> {
                if (deadline - now <= 0) {
                    phase = Phase.DETECTING;
                    deadline = now + timing.detect().toNanos();
                    write(Frames.detect(settings.hasSeveral()), now);
                }
            }
            case DETECTING -> {
                if (deadline - now <= 0) {
                    detected(now);
                }
            }
            case CONFIGURING -> {
                if (deadline - now <= 0) {
                    confirmed(now);
                }
            }
            case UP -> watch(now);
        }
    }

    /** The device said something. */
    void command(int command, ByteBuffer payload, long now) {
        lastHeard = now;
        if (phase == Phase.SETTLING) {
            return; // left over from before
        }
        switch (command) {
            case Commands.DATA -> reception.packet(payload, phase == Phase.UP);
            case Commands.RSSI -> reception.rssi(payload);
            case Commands.SNR -> reception.snr(payload);
            case Commands.SELECT -> reception.select(payload);
            case Commands.READY -> events.ready(reception.selected(), payload.hasRemaining() && payload.get(0) != 0);
            case Commands.ERROR -> error(payload);
            case Commands.RESET -> reset(payload);
            default -> report(command, payload, now);
        }
    }

    private void report(int command, ByteBuffer payload, long now) {
        if (statistics.take(command, payload, reception.prefix(command))) {
            return;
        }
        answers.take(command, payload);
        Reported radio = reported.get(settings.hasSeveral() ? reception.selected() : 0);
        if (radio != null) {
            radio.take(command, payload);
        }
        if (phase == Phase.DETECTING && answers.isComplete(settings.hasSeveral() ? 1 : 0)) {
            if (!settings.hasSeveral() || answers.chips().keySet().containsAll(reported.keySet())) {
                detected(now);
            }
        } else if (phase == Phase.CONFIGURING && reported.get(now().index()).isComplete()) {
            confirmed(now);
        } else if (phase == Phase.UP && radio != null && radio.isSwitchedOff()) {
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    "The device has switched its radio off",
                    "It is set up again by itself. If it comes again, look at the device's power and firmware.");
        }
    }

    private RadioSettings now() {
        return settings.radios().get(current);
    }

    private void detected(long now) {
        if (!answers.isDetected()) {
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    "The device on %s does not answer as an RNode"
                            .formatted(settings.isTcp() ? "TCP" : settings.port()),
                    "Choose another port (iface:rnode-scan looks for RNodes), or install RNode firmware on the device.");
        }
        answers.firmware()
                .orElseThrow(() -> new MeshException(
                        Failure.Kind.HARDWARE,
                        "The device does not tell the version of its firmware",
                        "Install newer firmware on the device, for example with rnodeconf --update."))
                .require(settings.hasSeveral());
        if (settings.hasSeveral()) {
            settings.radios().forEach(this::requireChip);
        }
        current = 0;
        configure(now);
    }

    private void requireChip(RadioSettings radio) {
        Integer chip = answers.chips().get(radio.index());
        if (chip == null) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "The device has no radio %d; it has %d"
                            .formatted(radio.index(), answers.chips().size()),
                    "Correct index in radios; iface:rnode-scan lists the radios of a device.");
        }
        Chips.require(chip, radio);
    }

    private void configure(long now) {
        RadioSettings radio = now();
        phase = Phase.CONFIGURING;
        deadline = now + timing.echo().toNanos();
        SetUp.frames(radio, settings.hasSeveral()).forEach(frame -> write(frame, now));
    }

    private void confirmed(long now) {
        reported.get(now().index()).require(now());
        if (current + 1 < settings.radios().size()) {
            current++;
            configure(now);
            return;
        }
        phase = Phase.UP;
        events.up(news());
    }

    private String news() {
        List<String> radios = settings.radios().stream()
                .map(radio -> "%s%s, %d dBm"
                        .formatted(
                                radio.name().isEmpty() ? "" : radio.name() + " at ",
                                radio.tuning().text(),
                                reported.get(radio.index()).powerDbm()))
                .toList();
        return "firmware %s, %s"
                .formatted(answers.firmware().map(Firmware::text).orElse("unknown"), String.join("; ", radios));
    }

    private void error(ByteBuffer payload) {
        int code = payload.hasRemaining() ? Byte.toUnsignedInt(payload.get(0)) : 0;
        statistics.add("device_errors");
        for (int settled : SETTLED_ERRORS) {
            if (code == settled) {
                return; // the device goes on, or restarts by itself and says so
            }
        }
        if (code == QUEUE_FULL && phase == Phase.UP) {
            events.ready(reception.selected(), false); // full: what waits stays here for a while
            return;
        }
        throw SetUp.error(code);
    }

    private void reset(ByteBuffer payload) {
        if (phase == Phase.UP && payload.hasRemaining() && Byte.toUnsignedInt(payload.get(0)) == Commands.RESET_MARK) {
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    "The device has restarted",
                    "It is set up again by itself. If it comes again, its power supply is too weak.");
        }
    }

    private void watch(long now) {
        long silent = now - lastHeard;
        if (silent >= timing.goneAfter().toNanos()) {
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    "The device has not answered for %d s"
                            .formatted(timing.goneAfter().toSeconds()),
                    "It is opened again by itself. If it does not come back, pull it and put it back.");
        }
        boolean isDue = now - lastWritten >= timing.keepAlive().toNanos();
        boolean asks = silent >= timing.askAfter().toNanos()
                && now - lastWritten >= timing.askAfter().toNanos() / 6;
        if (isDue || asks) {
            write(Frames.command(Commands.DETECT, Commands.DETECT_REQUEST), now);
        }
    }

    private void write(byte[] bytes, long now) {
        lastWritten = now;
        out.accept(bytes);
    }
}
