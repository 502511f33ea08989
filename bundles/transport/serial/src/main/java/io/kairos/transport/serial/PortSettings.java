package io.kairos.transport.serial;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Offer;
import io.kairos.lib.medium.LineSettings;
import io.kairos.lib.serial.SerialSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param line what the open port depends on: when it changes, the port is closed and opened
 * @param queueBytes most bytes that wait for the port
 * @param policy how the core shall treat the interface
 */
record PortSettings(Line line, int queueBytes, InterfacePolicy policy, Optional<Offer> offer) implements LineSettings {

    static final int CODE_BYTES = 8;

    /** What Reticulum's interfaces of these kinds take. */
    private static final int PACKET_BYTES = 564;

    private static final Duration SILENCE = Duration.ofMillis(100);
    private static final int BITS_OF_A_PAUSE = 50; // about five bytes

    /**
     * What the open port depends on.
     *
     * @param port empty in settings that were refused
     * @param settle how long the device needs after it was opened
     * @param tnc empty for a plain line
     * @param longest most bytes of a packet with its access code
     */
    record Line(
            String name,
            Optional<SerialSettings> port,
            Duration settle,
            Optional<Tnc> tnc,
            LinkBudget budget,
            int longest) {

        /** A frame that stands still for so long is given up: 100 ms, longer where the line needs that for a few bytes. */
        Duration silence() {
            int speed = port.map(SerialSettings::speed).orElse(1_000);
            Duration pause = Duration.ofMillis(BITS_OF_A_PAUSE * 1_000L / speed);
            return pause.compareTo(SILENCE) > 0 ? pause : SILENCE;
        }
    }

    static PortSettings of(
            String name,
            SerialSettings port,
            Duration settle,
            Optional<Tnc> tnc,
            long bitsPerSecond,
            int queueBytes,
            Map<String, ?> properties) {
        InterfacePolicy policy = policy(properties);
        int longest =
                PACKET_BYTES + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES);
        LinkBudget budget = LinkBudget.plain(bitsPerSecond, PACKET_BYTES);
        Line line = new Line(name, Optional.of(port), settle, tnc, budget, longest);
        return new PortSettings(line, queueBytes, policy, Optional.empty());
    }

    /** The same, and what may be announced of it. */
    PortSettings offering(Optional<Offer> what) {
        return new PortSettings(line, queueBytes, policy, what);
    }

    /** Enough to be shown, for settings that were refused. */
    static PortSettings refused(String name, long bitsPerSecond) {
        LinkBudget budget = LinkBudget.plain(bitsPerSecond, PACKET_BYTES);
        return new PortSettings(
                new Line(name, Optional.empty(), Duration.ZERO, Optional.empty(), budget, PACKET_BYTES),
                0,
                InterfacePolicy.DEFAULT,
                Optional.empty());
    }

    /** Announces are not held back on lines that are slow by themselves, unless the operator wants it. */
    private static InterfacePolicy policy(Map<String, ?> properties) {
        Map<String, Object> mine = new HashMap<>(properties);
        mine.putIfAbsent("ingress.control", "false");
        return InterfacePolicy.parse(mine, CODE_BYTES);
    }

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public LinkBudget budget() {
        return line.budget();
    }
}
