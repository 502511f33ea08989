package io.kairos.transport.rnode;

import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A machine with its decoder, and what came out of it. */
final class MachineScene implements DeviceEvents {

    private static final Duration SETTLE = Duration.ofSeconds(2);

    record Heard(int radio, String packet, Signal signal) {}

    final List<String> written = new ArrayList<>();
    final List<Heard> heard = new ArrayList<>();
    final List<Boolean> ready = new ArrayList<>();
    final Statistics statistics = new Statistics();
    final CommandDecoder decoder = new CommandDecoder();
    final RNodeMachine machine;
    String news = "";
    long now;

    MachineScene(DeviceSettings settings) {
        this(settings, Timing.serial(SETTLE));
    }

    MachineScene(DeviceSettings settings, Timing timing) {
        machine = new RNodeMachine(
                settings, timing, bytes -> written.add(HexFormat.of().formatHex(bytes)), this, statistics, now);
    }

    static RadioSettings radio(int power, double shortLimit, double longLimit) {
        LoRa tuning = new LoRa(868_000_000, 125_000, 8, 5);
        return new RadioSettings(0, "", tuning, power, false, shortLimit, longLimit, false);
    }

    static DeviceSettings device(boolean several, RadioSettings... radios) {
        return new DeviceSettings(
                "radio",
                "/dev/ttyUSB0",
                several,
                List.of(radios),
                SETTLE,
                Duration.ofSeconds(5),
                "",
                Duration.ZERO,
                32_768);
    }

    void pass(Duration time) {
        now += time.toNanos();
        machine.tick(now);
    }

    void device(String hex) {
        decoder.feed(
                ByteBuffer.wrap(HexFormat.of().parseHex(hex)),
                (command, payload) -> machine.command(command, payload, now));
    }

    @Override
    public void starting(String waitsFor) {}

    @Override
    public void up(String text) {
        news = text;
    }

    @Override
    public void packet(int radio, ByteBuffer packet, Signal signal) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        heard.add(new Heard(radio, HexFormat.of().formatHex(bytes), signal));
    }

    @Override
    public void ready(int radio, boolean isReady) {
        ready.add(isReady);
    }

    @Override
    public void malformed(long frames) {}

    @Override
    public void endOfBurst() {}
}
