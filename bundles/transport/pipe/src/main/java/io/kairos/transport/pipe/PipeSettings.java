package io.kairos.transport.pipe;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings, checked and in types that cannot be confused.
 *
 * @param line what the running program depends on: when it changes, the program is started anew
 * @param queueBytes most bytes that wait for the program
 * @param policy how the core shall treat the interface
 */
record PipeSettings(Line line, int queueBytes, InterfacePolicy policy) implements LineSettings {

    /** What Reticulum's interface of this kind takes. */
    private static final int PACKET_BYTES = 1_064;

    private static final int CODE_BYTES = 8;

    private static final long USUAL_BITS_PER_SECOND = 1_000_000;

    /**
     * What the program depends on.
     *
     * @param command the program and its arguments; empty in settings that were refused
     * @param folder where it is started; empty: where the node was started
     * @param firstDelay pause after the program has ended for the first time
     * @param longest most bytes of a packet with its access code
     */
    record Line(
            String name,
            List<String> command,
            Map<String, String> environment,
            boolean inheritsEnvironment,
            String folder,
            Duration firstDelay,
            Duration longestDelay,
            LinkBudget budget,
            int longest,
            boolean enabled) {

        /** The program's file name, for operators. */
        String program() {
            Path file = Path.of(command.get(0)).getFileName();
            return file == null ? command.get(0) : file.toString();
        }
    }

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static PipeSettings from(PipeConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "modem");
        int first = Checks.between("restart.delay.seconds", config.restart_delay_seconds(), 1, 3_600, 5);
        int most = Checks.between("restart.delay.max.seconds", config.restart_delay_max_seconds(), 1, 86_400, 300);
        if (most < first) {
            throw Checks.refuse(
                    "restart.delay.max.seconds = %d is below restart.delay.seconds = %d".formatted(most, first),
                    "Raise the maximum or lower the first delay.");
        }
        long bitsPerSecond = Checks.bitsPerSecond(config.bitrate_bits_per_second(), USUAL_BITS_PER_SECOND);
        InterfacePolicy policy = InterfacePolicy.parse(properties, CODE_BYTES);
        Line line = new Line(
                name,
                command(config.command()),
                environment(config.environment()),
                config.environment_inherit(),
                config.working_folder() == null ? "" : config.working_folder().strip(),
                Duration.ofSeconds(first),
                Duration.ofSeconds(most),
                LinkBudget.plain(bitsPerSecond, PACKET_BYTES),
                PACKET_BYTES + policy.accessCode().map(AccessCode::sizeBytes).orElse(CODE_BYTES),
                policy.enabled());
        return new PipeSettings(
                line, Checks.between("send.queue.bytes", config.send_queue_bytes(), 4_096, 16 << 20, 65_536), policy);
    }

    /** Enough to be shown, for settings that were refused. */
    static PipeSettings refused(Map<String, ?> properties) {
        Line line = new Line(
                Checks.nameOfRefused(properties, PipeInterface.KIND_NAME),
                List.of(),
                Map.of(),
                false,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(300),
                LinkBudget.plain(USUAL_BITS_PER_SECOND, PACKET_BYTES),
                PACKET_BYTES + CODE_BYTES,
                false);
        return new PipeSettings(line, 4_096, InterfacePolicy.DEFAULT);
    }

    private static List<String> command(String given) {
        if (given == null || given.isBlank()) {
            throw Checks.refuse(
                    "command is missing", "Write the program and its arguments, for example command = /opt/modem.");
        }
        try {
            return CommandLine.words(given);
        } catch (IllegalArgumentException wrong) {
            throw Checks.refuse(
                    "command " + wrong.getMessage(), "Correct it; blanks divide words, quotes keep them together.");
        }
    }

    private static Map<String, String> environment(String[] given) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String entry : given == null ? new String[0] : given) {
            int equals = entry.indexOf('=');
            if (entry.isBlank()) {
                continue;
            }
            if (equals < 1 || entry.indexOf(0) >= 0) {
                throw Checks.refuse("environment has an entry without NAME=", "Write NAME=value, separated by commas.");
            }
            variables.put(entry.substring(0, equals).strip(), entry.substring(equals + 1));
        }
        return Map.copyOf(variables);
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
