package io.kairos.transport.satellite;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one short-burst interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos short-burst satellite interface",
        description = "Exchanges packets as short messages through a satellite modem with AT commands (SBD).")
public @interface SbdConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example sat. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Port",
            description = "The modem: a serial device such as /dev/ttyUSB0, or tcp://host:port of a program that offers"
                    + " one.")
    String port();

    @AttributeDefinition(name = "Speed (bits per second)", description = "Of the serial port.", min = "50")
    int speed() default 19_200;

    @AttributeDefinition(
            name = "Longest message (bytes)",
            description = "270 where the other end is a modem, up to 340 where it is a gateway.",
            min = "50",
            max = "1960")
    int message_bytes() default 270;

    @AttributeDefinition(
            name = "Look into the mailbox (minutes)",
            description = "How often, when nothing is sent and nothing rings; 0: never. Each look may cost.",
            min = "0",
            max = "10080")
    int mailbox_minutes() default 60;

    @AttributeDefinition(
            name = "Ring",
            description = "true: the modem listens for calls of the network and fetches messages at once.")
    boolean ring() default true;

    @AttributeDefinition(
            name = "Least signal (0 to 5)",
            description = "Below it no session is tried; the modem looks again after half a minute.",
            min = "0",
            max = "5")
    int signal_least() default 1;

    @AttributeDefinition(
            name = "Give up (minutes)",
            description = "A message that the network has not taken by then is dropped.",
            min = "1",
            max = "10080")
    int give_up_minutes() default 120;

    @AttributeDefinition(
            name = "Wait for pieces (minutes)",
            description = "A packet of which pieces are missing by then is dropped.",
            min = "1",
            max = "43200")
    int pieces_minutes() default 720;

    @AttributeDefinition(
            name = "Bytes of a credit",
            description = "A message costs one credit for each begun piece of so many bytes.",
            min = "1",
            max = "10000")
    int credit_bytes() default 50;

    @AttributeDefinition(
            name = "Credits of a look into an empty mailbox",
            description = "What a session costs that moves no message.",
            min = "0",
            max = "1000")
    int credit_mailbox() default 1;

    @AttributeDefinition(
            name = "Budget (credits per month)",
            description = "What may be spent in one month of UTC; 0 means that messages cost nothing.",
            min = "0")
    long budget_credits_per_month() default 1_000;

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
    double cost_per_megabyte() default 1_000_000;

    @AttributeDefinition(
            name = "Bit rate (bits per second)",
            description = "What routing should expect, with the time of a session.",
            min = "5")
    long bitrate_bits_per_second() default 50;

    @AttributeDefinition(
            name = "Window: period (minutes)",
            description = "How often the modem may be used; 0: always.",
            min = "0")
    int window_period_minutes() default 0;

    @AttributeDefinition(name = "Window: length (minutes)", description = "For how long each time.", min = "0")
    int window_length_minutes() default 0;

    @AttributeDefinition(
            name = "Window: first",
            description = "Begin of any one window, for example 2026-01-01T00:10:00Z.",
            required = false)
    String window_first() default "2026-01-01T00:00:00Z";

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here; when it is full the least urgent make room.",
            min = "2048",
            max = "1048576")
    int send_queue_bytes() default 16_384;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
