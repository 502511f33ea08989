package org.example.satellite;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one satellite interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Satellite interface",
        description =
                "Exchanges packets with a satellite modem or gateway over TCP and keeps a monthly budget of bytes.")
public @interface SatelliteConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example sat. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(name = "Modem host", description = "Host name or address of the modem or gateway.")
    String modem_host() default "127.0.0.1";

    @AttributeDefinition(name = "Modem port", description = "TCP port of the modem.", min = "1", max = "65535")
    int modem_port() default 7001;

    @AttributeDefinition(
            name = "Bit rate (bits per second)",
            description = "How fast the modem sends; packets wait here instead of in the modem.",
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
}
