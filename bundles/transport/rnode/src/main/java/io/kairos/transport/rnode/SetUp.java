package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.ArrayList;
import java.util.List;

/** What a device is told when it comes and when it is left, and what its errors mean. Pure. */
final class SetUp {

    private SetUp() {}

    /** The frames that set one radio up, in their order; each is echoed. */
    static List<byte[]> frames(RadioSettings radio, boolean selects) {
        LoRa tuning = radio.tuning();
        List<byte[]> frames = new ArrayList<>();
        frames.add(Frames.command32(Commands.FREQUENCY, tuning.frequencyHz()));
        frames.add(Frames.command32(Commands.BANDWIDTH, tuning.bandwidthHz()));
        frames.add(Frames.command(Commands.TX_POWER, radio.powerDbm()));
        frames.add(Frames.command(Commands.SPREADING_FACTOR, tuning.spreadingFactor()));
        frames.add(Frames.command(Commands.CODING_RATE, tuning.codingRate()));
        limit(frames, Commands.SHORT_AIRTIME_LIMIT, radio.shortLimitPercent());
        limit(frames, Commands.LONG_AIRTIME_LIMIT, radio.longLimitPercent());
        frames.add(Frames.command(Commands.RADIO_STATE, 1));
        return selects
                ? frames.stream()
                        .map(frame -> Frames.join(Frames.select(radio.index()), frame))
                        .toList()
                : frames;
    }

    private static void limit(List<byte[]> frames, int command, double percent) {
        if (percent > 0) {
            frames.add(Frames.command16(command, (int) Math.round(percent * 100)));
        }
    }

    /** What turns the device off and lets it go on alone. */
    static byte[] goodbye(DeviceSettings settings, boolean hasDisplay) {
        byte[] words = hasDisplay ? Frames.command(Commands.FRAME_BUFFER, 0) : new byte[0];
        byte[] off = Frames.command(Commands.RADIO_STATE, 0);
        for (RadioSettings radio : settings.radios()) {
            words = Frames.join(words, settings.hasSeveral() ? Frames.select(radio.index()) : new byte[0], off);
        }
        return Frames.join(words, Frames.command(Commands.LEAVE, 0xff));
    }

    /** An error of the device after which it has to be set up again. */
    static MeshException error(int code) {
        String what = switch (code) {
            case 0x01 -> "its radio could not start";
            case 0x02 -> "it could not send";
            case 0x03 -> "its settings memory is locked";
            default -> "error " + code;
        };
        return new MeshException(
                Failure.Kind.HARDWARE,
                "The device reports that " + what,
                "It is set up again by itself. If it comes again, check antenna and power, or install its firmware anew.");
    }
}
