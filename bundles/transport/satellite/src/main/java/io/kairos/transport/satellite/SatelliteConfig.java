package io.kairos.transport.satellite;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one satellite interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos satellite interface",
        description = "Connects over a satellite terminal with paid bytes to a node on the ground that listens on TCP.")
public @interface SatelliteConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example sat. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Peer host",
            description = "Host name or address of the node on the ground, or of a gateway.")
    String peer_host();

    @AttributeDefinition(name = "Peer port", description = "TCP port there.", min = "1", max = "65535")
    int peer_port() default 4242;

    @AttributeDefinition(
            name = "Bit rate (bits per second)",
            description = "How fast the terminal sends; packets wait here, where urgent ones can overtake.",
            min = "5")
    long bitrate_bits_per_second() default 2_400;

    @AttributeDefinition(
            name = "Budget (bytes per month)",
            description = "What may be sent and received in one month of UTC; 0 means that bytes cost nothing.",
            min = "0")
    long budget_bytes_per_month() default 1_000_000;

    @AttributeDefinition(
            name = "Received bytes cost too",
            description = "true: what arrives is taken from the budget, although nobody can refuse it.")
    boolean budget_counts_received() default true;

    @AttributeDefinition(
            name = "Overhead (bytes)",
            description = "What the network adds to each packet and counts: 40 for TCP over IPv4.",
            min = "0",
            max = "1000")
    int budget_overhead_bytes() default 40;

    @AttributeDefinition(
            name = "Reserve (percent)",
            description = "Below this share of the budget announces are not sent any more; below a quarter of it only"
                    + " proofs, link requests and packets of at most 120 bytes.",
            min = "0",
            max = "100")
    int budget_reserve_percent() default 20;

    @AttributeDefinition(
            name = "Cost per megabyte",
            description = "Compared with other interfaces of this node; free ones have 0. Grows as the budget shrinks.")
    double cost_per_megabyte() default 1_000;

    @AttributeDefinition(
            name = "Window: period (minutes)",
            description = "How often the satellite comes by; 0: it is always there.",
            min = "0")
    int window_period_minutes() default 0;

    @AttributeDefinition(
            name = "Window: length (minutes)",
            description = "For how long it can be reached each time.",
            min = "0")
    int window_length_minutes() default 0;

    @AttributeDefinition(
            name = "Window: first",
            description = "Begin of any one window, for example 2026-01-01T00:10:00Z.",
            required = false)
    String window_first() default "2026-01-01T00:00:00Z";

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here; when it is full the least urgent make room.",
            min = "4096",
            max = "1048576")
    int send_queue_bytes() default 65_536;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
