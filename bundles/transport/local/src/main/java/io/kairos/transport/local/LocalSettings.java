package io.kairos.transport.local;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a shared instance, checked and in types that cannot be confused.
 *
 * @param line what the sockets depend on: when it changes, they are made anew
 * @param programs most programs at the same time
 * @param queueBytes most bytes that wait to be sent to one program
 * @param policy how the core shall treat the interface and its children
 */
record LocalSettings(Line line, int programs, int queueBytes, InterfacePolicy policy) implements LineSettings {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSettings.class);

    private static final String USUAL_NAME = "programs";

    /** What Reticulum programs expect of the way to their shared instance. */
    static final LinkBudget BUDGET = new LinkBudget(1_000_000_000, 262_144, LinkBudget.MtuClass.AUTO, 1, 0);

    private static final int LEAST_QUEUE_BYTES = 2 * Hdlc.maximumFrameBytes(BUDGET.packetBytes());

    /**
     * What the sockets depend on.
     *
     * @param folder the Reticulum folder of the programs
     * @param key the key of the control socket, hexadecimal; empty where the folder has it
     */
    record Line(String name, Endpoint endpoint, Path folder, Optional<String> key, boolean enabled) {

        @Override
        public String toString() {
            return "Line[" + name + ", " + endpoint + "]";
        }
    }

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public LinkBudget budget() {
        return BUDGET;
    }

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static LocalSettings from(LocalConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, USUAL_NAME);
        InterfacePolicy given = InterfacePolicy.parse(properties, 16);
        Endpoint endpoint = Endpoint.of(
                wish(config.socket()),
                instance(config.instance_name()),
                Checks.between("listen.port", config.listen_port(), 1, 65_535, 37_428),
                Checks.between("control.port", config.control_port(), 1, 65_535, 37_429));
        if (!endpoint.unix() && endpoint.port() == endpoint.controlPort()) {
            throw Checks.refuse(
                    "listen.port and control.port are both " + endpoint.port(), "The defaults are 37428 and 37429.");
        }
        Line line = new Line(name, endpoint, folder(config.reticulum_folder()), key(config), given.enabled());
        return new LocalSettings(
                line,
                Checks.between("maximum.programs", config.maximum_programs(), 1, 10_000, 256),
                queueBytes(config.send_queue_bytes()),
                policy(given.enabled(), given.network()));
    }

    /** Enough to be shown, for settings that were refused. */
    static LocalSettings refused(Map<String, ?> properties) {
        String name = Checks.nameOfRefused(properties, USUAL_NAME);
        Endpoint endpoint = new Endpoint(false, "default", 37_428, 37_429, false);
        Line line = new Line(name, endpoint, Path.of("."), Optional.empty(), false);
        return new LocalSettings(line, 0, 0, policy(true, InterfacePolicy.DEFAULT.network()));
    }

    static int queueBytes(int given) {
        return Math.max(Checks.between("send.queue.bytes", given, 1 << 20, 256 << 20, 16 << 20), LEAST_QUEUE_BYTES);
    }

    /** Programs are part of this machine: no access code, no limits of announces and requests, nothing to choose. */
    static InterfacePolicy policy(boolean enabled, String network) {
        InterfacePolicy usual = InterfacePolicy.DEFAULT;
        return new InterfacePolicy(
                enabled,
                network,
                InterfaceMode.FULL,
                true,
                Optional.empty(),
                usual.announceCap(),
                0,
                0,
                0,
                false,
                false,
                false,
                true,
                false,
                0,
                false);
    }

    static Endpoint.Wish wish(String given) {
        String word = given == null ? "" : given.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(Endpoint.Wish.values())
                .filter(wish -> wish.name().equals(word))
                .findAny()
                .orElseThrow(() -> Checks.refuse("socket = " + given + " is unknown", "Use auto, unix or tcp."));
    }

    /** Text that fits into the name of a socket together with what programs put around it. */
    static String instance(String given) {
        String name = given == null || given.isBlank() ? "default" : given.strip();
        if (name.length() > 90 || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Checks.refuse(
                    "instance.name = " + name + " is no name of an instance",
                    "Use at most 90 letters, digits and signs without blanks; the default is default.");
        }
        return name;
    }

    private static Path folder(String given) {
        try {
            return given == null || given.isBlank() ? usualFolder() : Path.of(home(given.strip()));
        } catch (InvalidPathException e) {
            throw Checks.refuse("reticulum.folder = " + given + " is no path", "The default is ~/.reticulum.");
        }
    }

    private static String home(String path) {
        return path.equals("~") || path.startsWith("~/")
                ? System.getProperty("user.home", ".") + path.substring(1)
                : path;
    }

    /** The first folder with a configuration, in the order in which programs look. */
    private static Path usualFolder() {
        Path last = Path.of(home("~/.reticulum"));
        return List.of(Path.of("/etc/reticulum"), Path.of(home("~/.config/reticulum")), last).stream()
                .filter(folder -> Files.isRegularFile(folder.resolve("config")))
                .findFirst()
                .orElse(last);
    }

    /** Programs ignore a key that they cannot read, so that the shared instance can only be reached where it does the same. */
    private static Optional<String> key(LocalConfig config) {
        String given = config.rpc_key() == null ? "" : config.rpc_key().strip();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            HexFormat.of().parseHex(given);
        } catch (IllegalArgumentException e) {
            LOG.warn("rpc.key is not hexadecimal and is ignored, as programs ignore such an rpc_key. Write the same"
                    + " digits as in rpc_key of the programs, or leave it empty on both sides");
            return Optional.empty();
        }
        return Optional.of(given);
    }
}
