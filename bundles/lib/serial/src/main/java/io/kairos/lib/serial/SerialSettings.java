package io.kairos.lib.serial;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.util.Objects;

/**
 * Which port and how. Refusals name the settings as every serial transport calls them: {@code port}, {@code speed}, {@code
 * data.bits}, {@code parity}, {@code stop.bits}.
 *
 * @param port path of the device, for example {@code /dev/ttyUSB0} or a name below {@code /dev/serial/by-id}
 * @param speed bits per second, 50 to 12,000,000
 * @param dataBits bits of each byte, 5 to 8
 * @param parity check bit behind each byte
 * @param stopBits 1 or 2
 * @param hardwareFlowControl whether the lines RTS and CTS say who may send
 */
public record SerialSettings(
        String port, int speed, int dataBits, Parity parity, int stopBits, boolean hardwareFlowControl) {

    private static final int SLOWEST = 50;
    private static final int FASTEST = 12_000_000; // high-speed USB; the operating system refuses what it cannot
    private static final int LONGEST_PATH = 4_096;

    public SerialSettings {
        Objects.requireNonNull(parity, "parity");
        if (port == null || port.isBlank()) {
            throw refuse("port is missing", "Write the path of the device, for example port = /dev/ttyUSB0.");
        }
        port = port.strip();
        if (port.length() > LONGEST_PATH || port.indexOf('\0') >= 0) {
            throw refuse("port is no path", "Write the path of the device, for example port = /dev/ttyUSB0.");
        }
        requireBetween("speed", speed, SLOWEST, FASTEST, "The device's manual says it; 9600 and 115200 are usual.");
        requireBetween("data.bits", dataBits, 5, 8, "The default is 8.");
        requireBetween("stop.bits", stopBits, 1, 2, "The default is 1.");
    }

    /** Eight data bits, no parity, one stop bit, no flow control: what nearly every device wants. */
    public static SerialSettings of(String port, int speed) {
        return new SerialSettings(port, speed, 8, Parity.NONE, 1, false);
    }

    /**
     * Reads the word an operator wrote for {@code parity}.
     *
     * @throws MeshException where it is none
     */
    public static Parity parity(String text) {
        return Parity.parse(text)
                .orElseThrow(() -> refuse(
                        "parity = %s is not known".formatted(text), "Write none, even or odd; the default is none."));
    }

    private static void requireBetween(String key, int value, int least, int most, String remedy) {
        if (value < least || value > most) {
            throw refuse("%s = %d is not between %d and %d".formatted(key, value, least, most), remedy);
        }
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }
}
