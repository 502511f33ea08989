package io.kairos.transport.satellite;

import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import io.kairos.lib.medium.paid.Costs;
import io.kairos.lib.medium.paid.Reserve;
import io.kairos.lib.medium.paid.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param line what the open port and the messages depend on
 * @param policy how the core shall treat the interface and its modems
 */
record GroundSettings(Station line, InterfacePolicy policy) implements LineSettings {

    /** All addresses of this machine. */
    static final String EVERYWHERE = "*";

    static final int USUAL_PORT = 10_800;

    static final int MOST_MODEMS = 64;

    private static final int PACKET_BYTES = 500;
    private static final int CODE_BYTES = 8;
    private static final String ENTRY = "Write an entry for each modem, for example modems = boat:300234010123450.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    /** A modem that is far away. */
    record Modem(String name, String imei) {}

    /**
     * The provider's gateway.
     *
     * @param host where it takes messages to modems
     * @param sources from where it brings messages of modems
     * @param confirms whether it wants to be told that a message has arrived
     */
    record Provider(String host, int port, List<SourceRange> sources, boolean confirms) {}

    /**
     * How messages are made and paid.
     *
     * @param giveUp a message that the gateway has not taken by then is dropped
     * @param pieces a packet of which pieces are missing by then is dropped
     * @param creditMailbox credits of a session that moves nothing
     * @param queueBytes most bytes that wait for one modem
     * @param longest most bytes of a packet with its access code
     */
    record Messages(
            int messageBytes,
            Duration giveUp,
            Duration pieces,
            int creditBytes,
            int creditMailbox,
            int queueBytes,
            int longest) {

        /** What a message costs; a look into the mailbox is one without bytes. */
        long credits(int bytes) {
            return bytes == 0 ? creditMailbox : ((long) bytes + creditBytes - 1) / creditBytes;
        }
    }

    /** Everything but the policy. */
    record Station(
            String host,
            int port,
            Provider provider,
            List<Modem> modems,
            Messages messages,
            Terms terms,
            boolean enabled) {}

    @Override
    public String name() {
        return line.terms().name();
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
    static GroundSettings from(GroundConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "base");
        InterfacePolicy policy = InterfacePolicy.parse(properties, CODE_BYTES);
        int credit = Checks.between("credit.bytes", config.credit_bytes(), 1, 10_000, 50);
        if (config.gateway_host() == null || config.gateway_host().isBlank()) {
            throw Checks.refuse(
                    "gateway.host is missing", "Write the host to which the provider wants messages to modems.");
        }
        Provider provider = new Provider(
                config.gateway_host().strip(),
                Checks.between("gateway.port", config.gateway_port(), 1, 65_535, USUAL_PORT),
                SourceRange.parse(config.gateway_addresses()),
                config.gateway_confirm());
        Messages messages = new Messages(
                Checks.between("message.bytes", config.message_bytes(), 50, DirectIp.MOST_TO_MODEM, 270),
                Duration.ofMinutes(Checks.between("give.up.minutes", config.give_up_minutes(), 1, 10_080, 120)),
                Duration.ofMinutes(Checks.between("pieces.minutes", config.pieces_minutes(), 1, 43_200, 720)),
                credit,
                Checks.between("credit.mailbox", config.credit_mailbox(), 0, 1_000, 1),
                Checks.between("send.queue.bytes", config.send_queue_bytes(), 2_048, 1 << 20, 16_384),
                PACKET_BYTES + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES));
        Terms terms = new Terms(
                name,
                Checks.between("budget.credits.per.month", config.budget_credits_per_month(), 0, 1L << 40, 1_000),
                "credits",
                Reserve.ofPercent(config.budget_reserve_percent()),
                new Costs(
                        Checks.bitsPerSecond(config.bitrate_bits_per_second(), 50),
                        PACKET_BYTES,
                        Costs.perMegabyte(config.cost_per_megabyte()),
                        credit,
                        Windows.ALWAYS));
        Station station = new Station(
                config.listen_host() == null || config.listen_host().isBlank()
                        ? EVERYWHERE
                        : config.listen_host().strip(),
                Checks.between("listen.port", config.listen_port(), 1, 65_535, USUAL_PORT),
                provider,
                modems(config.modems()),
                messages,
                terms,
                policy.enabled());
        return new GroundSettings(station, policy);
    }

    private static List<Modem> modems(String... given) {
        List<Modem> modems = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        String all = given == null ? "" : String.join(",", given); // one string or several: files have it either way
        for (String entry : all.split(",", MOST_MODEMS + 2)) {
            if (!entry.isBlank()) {
                Modem modem = modem(entry.strip());
                boolean isNew = taken.add(modem.imei()) && taken.add(modem.name());
                if (!isNew) {
                    throw Checks.refuse("modems names " + entry.strip() + " twice", "Give each modem one entry.");
                }
                modems.add(modem);
            }
        }
        if (modems.isEmpty() || modems.size() > MOST_MODEMS) {
            throw Checks.refuse("modems has no entry, or more than " + MOST_MODEMS, ENTRY);
        }
        return List.copyOf(modems);
    }

    private static Modem modem(String entry) {
        int colon = entry.indexOf(':');
        String imei = entry.substring(colon + 1).strip();
        if (!DirectIp.isImei(imei)) {
            throw Checks.refuse("modems: " + entry + " has no IMEI of 15 digits", ENTRY);
        }
        String name = colon < 0 ? imei.substring(9) : entry.substring(0, colon).strip();
        if (!NAME.matcher(name).matches()) {
            throw Checks.refuse("modems: " + entry + " has no short name of letters and digits", ENTRY);
        }
        return new Modem(name, imei);
    }

    /** Enough to be shown, for settings that were refused. */
    static GroundSettings refused(Map<String, ?> properties) {
        String name = Checks.nameOfRefused(properties, GroundInterface.KIND_NAME);
        Station none = new Station(
                EVERYWHERE,
                0,
                new Provider("", 0, List.of(), false),
                List.of(),
                new Messages(270, Duration.ofMinutes(1), Duration.ofMinutes(1), 50, 1, 2_048, PACKET_BYTES),
                new Terms(name, 0, "", new Reserve(0), new Costs(50, PACKET_BYTES, 0, 50, Windows.ALWAYS)),
                false);
        return new GroundSettings(none, InterfacePolicy.DEFAULT);
    }
}
