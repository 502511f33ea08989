package io.kairos.transport.satellite;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one base station as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos base station of short-burst modems",
        description =
                "Exchanges packets with modems that are far away, through the gateway of their provider (DirectIP).")
public @interface GroundConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example base. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Modems",
            description =
                    "One entry for each: name and IMEI, for example boat:300234010123450. The name alone may be left"
                            + " out.")
    String[] modems();

    @AttributeDefinition(
            name = "Listen host",
            description = "Address of this machine on which the gateway finds it; * means all.")
    String listen_host() default GroundSettings.EVERYWHERE;

    @AttributeDefinition(
            name = "Listen port",
            description = "Where the gateway brings messages of modems.",
            min = "1",
            max = "65535")
    int listen_port() default GroundSettings.USUAL_PORT;

    @AttributeDefinition(
            name = "Addresses of the gateway",
            description = "From where it may connect: addresses or ranges such as 198.51.100.0/24. Others are refused.")
    String[] gateway_addresses();

    @AttributeDefinition(name = "Gateway host", description = "Where the provider takes messages to modems.")
    String gateway_host();

    @AttributeDefinition(name = "Gateway port", description = "TCP port there.", min = "1", max = "65535")
    int gateway_port() default GroundSettings.USUAL_PORT;

    @AttributeDefinition(
            name = "Confirm",
            description = "true: tell the gateway that a message has arrived. Only where the provider asks for it.")
    boolean gateway_confirm() default false;

    @AttributeDefinition(
            name = "Longest message (bytes)",
            description = "To a modem: 270 for small ones (9602, 9603), up to 1890.",
            min = "50",
            max = "1890")
    int message_bytes() default 270;

    @AttributeDefinition(
            name = "Give up (minutes)",
            description = "A message that the gateway has not taken by then is dropped.",
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
            description = "What a session of a modem costs that moves no message.",
            min = "0",
            max = "1000")
    int credit_mailbox() default 1;

    @AttributeDefinition(
            name = "Budget (credits per month)",
            description =
                    "What all modems together may spend in one month of UTC, both ways; 0 means that messages cost"
                            + " nothing.",
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
            name = "Send queue (bytes)",
            description = "Packets wait here for one modem; when it is full the least urgent make room.",
            min = "2048",
            max = "1048576")
    int send_queue_bytes() default 16_384;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
