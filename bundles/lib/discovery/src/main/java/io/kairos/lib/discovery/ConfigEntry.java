package io.kairos.lib.discovery;

/**
 * How the configuration file of a Reticulum program says that it joins an interface that was found. What only its owner can
 * know (a port, a transmit power) stays empty.
 */
public final class ConfigEntry {

    private static final String SERVER = "BackboneInterface"; // connects to both kinds of servers

    private ConfigEntry() {}

    /** A section of {@code [interfaces]}, without a line break at its end. */
    public static String of(Advertisement told) {
        StringBuilder text = new StringBuilder("[[" + plain(told.name()) + "]]");
        switch (told.kind()) {
            case BACKBONE, TCP_SERVER -> {
                begin(text, SERVER);
                line(text, "remote", told, Field.REACHABLE_ON);
                line(text, "target_port", told, Field.PORT);
            }
            case I2P -> {
                begin(text, told.kind().word());
                line(text, "peers", told, Field.REACHABLE_ON);
            }
            case RNODE -> {
                begin(text, told.kind().word());
                line(text, "port", "");
                line(text, "frequency", told, Field.FREQUENCY);
                line(text, "bandwidth", told, Field.BANDWIDTH);
                line(text, "spreadingfactor", told, Field.SPREADING_FACTOR);
                line(text, "codingrate", told, Field.CODING_RATE);
                line(text, "txpower", "");
            }
            case WEAVE -> {
                begin(text, told.kind().word());
                line(text, "port", "");
            }
            case KISS, TCP_CLIENT -> {
                begin(text, Kind.KISS.word());
                line(text, "port", "");
                note(text, "Frequency", told, Field.FREQUENCY);
                note(text, "Bandwidth", told, Field.BANDWIDTH);
                note(text, "Modulation", told, Field.MODULATION);
            }
            default -> throw new IllegalStateException("no entry for " + told.kind());
        }
        if (told.kind() == Kind.BACKBONE || told.kind() == Kind.TCP_SERVER || told.kind() == Kind.I2P) {
            line(text, "transport_identity", told.node().toHex());
        }
        line(text, "network_name", told, Field.NETWORK_NAME);
        line(text, "passphrase", told, Field.PASSPHRASE);
        return text.toString();
    }

    private static void begin(StringBuilder text, String type) {
        line(text, "type", type);
        line(text, "enabled", "yes");
    }

    private static void line(StringBuilder text, String key, Advertisement told, Field field) {
        told.text(field).ifPresent(value -> line(text, key, plain(value)));
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("\n  ").append(key).append(" = ").append(value);
    }

    private static void note(StringBuilder text, String key, Advertisement told, Field field) {
        told.text(field)
                .ifPresent(
                        value -> text.append("\n  # ").append(key).append(": ").append(plain(value)));
    }

    /** What comes from outside stays on its line and in its section. */
    private static String plain(String value) {
        return value.replaceAll("\\p{Cntrl}", " ").replace("[", "(").replace("]", ")");
    }
}
