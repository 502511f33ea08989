package io.kairos.transport.satellite;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import io.kairos.lib.medium.paid.Costs;
import io.kairos.lib.medium.paid.Reserve;
import io.kairos.lib.medium.paid.Windows;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param line what the open modem depends on
 * @param policy how the core shall treat the interface
 */
record SbdSettings(ModemUse line, InterfacePolicy policy) implements LineSettings {

    private static final int PACKET_BYTES = 500;
    private static final int CODE_BYTES = 8;
    private static final String OVER_TCP = "tcp://";

    /**
     * Which modem, and how it is used.
     *
     * @param mailbox pause between two looks; zero: never
     * @param longest most bytes of a packet with its access code
     */
    record ModemUse(
            String name,
            String port,
            int speed,
            int messageBytes,
            Duration mailbox,
            boolean ring,
            int signalLeast,
            Duration giveUp,
            Duration pieces,
            int creditBytes,
            int creditMailbox,
            Terms terms,
            int queueBytes,
            int longest) {

        /** What a message costs. */
        long credits(int bytes) {
            return ((long) bytes + creditBytes - 1) / creditBytes;
        }

        /** Opens the way to the modem. */
        ByteStream open() {
            if (port.startsWith(OVER_TCP)) {
                URI address = URI.create(port);
                return SocketStream.open(address.getHost(), address.getPort());
            }
            return SerialStream.open(port, speed);
        }
    }

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public LinkBudget budget() {
        return line.terms().costs().usual();
    }

    /**
     * Checks the settings.
     *
     * @throws io.kairos.api.failure.MeshException that names key, value and remedy
     */
    static SbdSettings from(SbdConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "sat");
        InterfacePolicy policy = InterfacePolicy.parse(properties, CODE_BYTES);
        int credit = Checks.between("credit.bytes", config.credit_bytes(), 1, 10_000, 50);
        Costs costs = new Costs(
                Checks.bitsPerSecond(config.bitrate_bits_per_second(), 50),
                PACKET_BYTES,
                Costs.perMegabyte(config.cost_per_megabyte()),
                credit,
                Windows.parse(config.window_period_minutes(), config.window_length_minutes(), config.window_first()));
        ModemUse use = new ModemUse(
                name,
                port(config.port()),
                Checks.between("speed", config.speed(), 50, 12_000_000, 19_200),
                Checks.between("message.bytes", config.message_bytes(), 50, 1_960, 270),
                Duration.ofMinutes(Checks.between("mailbox.minutes", config.mailbox_minutes(), 0, 10_080, 60)),
                config.ring(),
                Checks.between("signal.least", config.signal_least(), 0, 5, 1),
                Duration.ofMinutes(Checks.between("give.up.minutes", config.give_up_minutes(), 1, 10_080, 120)),
                Duration.ofMinutes(Checks.between("pieces.minutes", config.pieces_minutes(), 1, 43_200, 720)),
                credit,
                Checks.between("credit.mailbox", config.credit_mailbox(), 0, 1_000, 1),
                new Terms(
                        name,
                        Checks.between(
                                "budget.credits.per.month", config.budget_credits_per_month(), 0, 1L << 40, 1_000),
                        "credits",
                        Reserve.ofPercent(config.budget_reserve_percent()),
                        costs),
                Checks.between("send.queue.bytes", config.send_queue_bytes(), 2_048, 1 << 20, 16_384),
                PACKET_BYTES + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES));
        return new SbdSettings(use, policy);
    }

    private static String port(String given) {
        if (given == null || given.isBlank()) {
            throw Checks.refuse("port is missing", "Write the modem's device, for example port = /dev/ttyUSB0.");
        }
        String port = given.strip();
        if (port.startsWith(OVER_TCP)) {
            try {
                URI address = URI.create(port);
                if (address.getHost() != null && address.getPort() > 0) {
                    return port;
                }
            } catch (IllegalArgumentException e) {
                throw wrong(port);
            }
            throw wrong(port);
        }
        return port;
    }

    private static RuntimeException wrong(String port) {
        return Checks.refuse(
                "port = " + port + " has no host and port", "Write for example port = tcp://127.0.0.1:7000.");
    }

    /** Enough to be shown, for settings that were refused. */
    static SbdSettings refused(Map<String, ?> properties) {
        String name = Checks.nameOfRefused(properties, SbdInterface.KIND_NAME);
        ModemUse none = new ModemUse(
                name,
                "",
                19_200,
                270,
                Duration.ZERO,
                false,
                0,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                50,
                1,
                new Terms(name, 0, "", new Reserve(0), new Costs(50, PACKET_BYTES, 0, 50, Windows.ALWAYS)),
                2_048,
                PACKET_BYTES);
        return new SbdSettings(none, InterfacePolicy.DEFAULT);
    }
}
