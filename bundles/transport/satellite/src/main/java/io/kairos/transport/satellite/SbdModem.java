package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import java.time.Duration;

/** What a short-burst modem can do, command by command. One owner. */
final class SbdModem {

    /** Longest message that any modem gives. */
    private static final int MOST_RECEIVED = 1_960;

    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration SIGNAL = Duration.ofSeconds(60);
    private static final Duration SESSION = Duration.ofSeconds(120);

    private final AtModem at;

    SbdModem(ByteStream stream, Clock clock) {
        this.at = new AtModem(stream, clock);
    }

    /** Wakes it up and brings it to a known state. */
    void begin(boolean ring) {
        expectOk("AT"); // also ends half a line that somebody else has begun
        expectOk("ATE0");
        expectOk("AT&K0");
        expectOk("AT+SBDMTA=" + (ring ? 1 : 0));
        if (ring) {
            at.command("AT+SBDAREG=1", SHORT); // older modems do not know it; then the next session registers
        }
        clear();
    }

    /** Bars of the antenna, 0 to 5. */
    int signal() {
        String value = at.command("AT+CSQ", SIGNAL).value("+CSQ:");
        return value.length() == 1 && Character.isDigit(value.charAt(0)) ? value.charAt(0) - '0' : 0;
    }

    /** Forgets the message from here that the modem still has. */
    void clear() {
        expectOk("AT+SBDD0");
    }

    /** Gives it a message; the next session sends it. */
    void load(byte[] message) {
        if (!at.command("AT+SBDWB=" + message.length, SHORT).end().equals("READY")) {
            throw AtModem.failure("The modem takes no message of " + message.length + " bytes");
        }
        AtModem.Answer answer = at.send(AtModem.withChecksum(message), SHORT);
        if (!answer.lines().contains("0")) {
            throw AtModem.failure("The modem has refused a message: " + String.join(" ", answer.lines()));
        }
    }

    /**
     * Meets the network: sends what was loaded, receives one message.
     *
     * @param answersRing whether it has rung
     */
    SbdResult session(boolean answersRing) {
        return SbdResult.parse(
                at.command(answersRing ? "AT+SBDIXA" : "AT+SBDIX", SESSION).value("+SBDIX:"));
    }

    /** The message that the session has brought. */
    byte[] message() {
        return at.block("AT+SBDRB", MOST_RECEIVED, SHORT);
    }

    void idle() {
        at.idle();
    }

    boolean takeRing() {
        return at.takeRing();
    }

    private void expectOk(String command) {
        AtModem.Answer answer = at.command(command, SHORT);
        if (!answer.isOk()) {
            throw new MeshException(
                    Failure.Kind.HARDWARE,
                    "The modem does not know " + command,
                    "Check that it is a short-burst modem (Iridium 9602, 9603, 9522 or alike).");
        }
    }
}
