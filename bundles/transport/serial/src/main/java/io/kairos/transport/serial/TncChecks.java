package io.kairos.transport.serial;

import io.kairos.api.transport.Offer;
import io.kairos.lib.medium.Checks;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the settings of a modem are checked for. */
final class TncChecks {

    /** What packet radio on VHF usually has. */
    static final long USUAL_BITS_PER_SECOND = 1_200;

    private static final Pattern CALLSIGN = Pattern.compile("[A-Z0-9]{3,6}");

    /** No more than nobody takes for a packet. */
    private static final Pattern BEACON = Pattern.compile("[\\x20-\\x7e]{1,19}");

    private static final Pattern MODULATION = Pattern.compile("[\\x20-\\x7e]{0,64}");
    private static final long MOST_HERTZ = 1_000_000_000_000L;

    private TncChecks() {}

    static Duration time(String key, int milliseconds, int usual) {
        return Duration.ofMillis(Checks.between(key, milliseconds, 0, 60_000, usual));
    }

    /** Empty unless both are set. */
    static Optional<Tnc.BeaconText> beacon(String text, int seconds) {
        Checks.between("id.interval.seconds", seconds, 0, 86_400, 0);
        if (text == null || text.isBlank() || seconds == 0) {
            return Optional.empty();
        }
        if (!BEACON.matcher(text.strip()).matches()) {
            throw Checks.refuse(
                    "id.callsign is not 1 to 19 printable characters", "Write a call sign, for example N0CALL-7.");
        }
        return Optional.of(new Tnc.BeaconText(text.strip(), Duration.ofSeconds(seconds)));
    }

    /** What is announced of a channel; empty unless all of it is set. */
    static Optional<Offer> offer(long frequency, long bandwidth, String modulation) {
        String text = modulation == null ? "" : modulation.strip();
        if (frequency < 0 || frequency > MOST_HERTZ || bandwidth < 0 || bandwidth > MOST_HERTZ) {
            throw Checks.refuse(
                    "air.frequency.hz or air.bandwidth.hz is no frequency", "Write hertz, for example 144950000.");
        }
        if (!MODULATION.matcher(text).matches()) {
            throw Checks.refuse(
                    "air.modulation is no line of at most 64 plain characters", "Write for example AFSK 1200.");
        }
        return frequency == 0 || bandwidth == 0 || text.isEmpty()
                ? Optional.empty()
                : Optional.of(new Offer(
                        "KISSInterface", Map.of("frequency", frequency, "bandwidth", bandwidth, "modulation", text)));
    }

    static Ax25Header station(String callsign, int ssid) {
        String call = callsign == null ? "" : callsign.strip().toUpperCase(Locale.ROOT);
        if (!CALLSIGN.matcher(call).matches()) {
            throw Checks.refuse(
                    "callsign is not 3 to 6 letters and digits",
                    "Write the call sign of your licence, for example callsign = N0CALL; ssid tells stations apart.");
        }
        return new Ax25Header(call, Checks.between("ssid", ssid, 0, 15, 0));
    }
}
