package io.kairos.api.transport;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The settings that every interface has, whatever its medium: the operator's form of {@link InterfacePolicy}. They stand
 * in the same configuration as the settings of the medium.
 */
@ObjectClassDefinition(
        name = "Settings of every Kairos interface",
        description = "Understood in the configuration of each interface, beside the settings of its medium.")
public @interface InterfacePolicyConfig {

    @AttributeDefinition(
            name = "Enabled",
            description = "false keeps the configuration but switches the interface off.")
    boolean enabled() default true;

    @AttributeDefinition(name = "Network", description = "Which mesh of this node the interface belongs to.")
    String network() default "main";

    @AttributeDefinition(
            name = "Mode",
            description = "full, pointtopoint, access_point, roaming, boundary, gateway or internal.")
    String mode() default "full";

    @AttributeDefinition(name = "Outgoing", description = "false makes the interface receive-only.")
    boolean outgoing() default true;

    @AttributeDefinition(
            name = "Access code: network name",
            description = "With the passphrase it closes the interface to strangers. Empty means open.")
    String access_network_name() default "";

    @AttributeDefinition(
            name = "Access code: passphrase",
            description = "Shared by all neighbours on this interface. Empty means open unless a network name is set.")
    String access_passphrase() default "";

    @AttributeDefinition(
            name = "Access code: size (bits)",
            description =
                    "Length of the code in each packet, the same at all neighbours; 0 means the medium's default.",
            min = "0",
            max = "512")
    int access_size_bits() default 0;

    @AttributeDefinition(
            name = "Announce cap (percent)",
            description = "Share of the bit rate that relayed announces may use.")
    double announce_cap_percent() default 2.0;

    @AttributeDefinition(
            name = "Announce rate target (seconds)",
            description = "Shortest usual pause between two announces of one destination; -1 means the default.",
            min = "-1")
    int announce_rate_target_seconds() default -1;

    @AttributeDefinition(
            name = "Announce rate grace",
            description = "How many announces may come too early before they are no longer repeated; -1: default.",
            min = "-1")
    int announce_rate_grace() default -1;

    @AttributeDefinition(
            name = "Announce rate penalty (seconds)",
            description = "Added to the pause of a destination that announces too often; -1 means the default.",
            min = "-1")
    int announce_rate_penalty_seconds() default -1;

    @AttributeDefinition(
            name = "Ingress control",
            description = "Holds back announces of unknown destinations while too many arrive.")
    boolean ingress_control() default true;

    @AttributeDefinition(
            name = "Egress control",
            description = "Limits path requests that this node passes on to the interface.")
    boolean egress_control() default false;

    @AttributeDefinition(
            name = "Recursive path requests",
            description = "Search for unknown paths that are asked for on this interface, whatever its mode.")
    boolean recursive_path_requests() default false;

    @AttributeDefinition(
            name = "Announces from internal",
            description = "false: announces heard on internal interfaces are not repeated here.")
    boolean announces_from_internal() default true;

    @AttributeDefinition(
            name = "Announces to internal",
            description = "true: announces heard on this boundary interface are repeated on internal interfaces.")
    boolean announces_to_internal() default false;

    @AttributeDefinition(
            name = "Gravity",
            description = "Of two interfaces over which the same announce came, the one with more gravity is used.")
    int gravity() default 0;

    @AttributeDefinition(
            name = "Held announces",
            description = "Most announces that wait for the end of a burst.",
            min = "0",
            max = "65536")
    int ingress_held_limit() default 256;

    @AttributeDefinition(name = "Burst: hold (seconds)", description = "How long a burst lasts at least.")
    double ingress_burst_hold_seconds() default 15;

    @AttributeDefinition(
            name = "Burst: announces per second, new interface",
            description = "More than this begins a burst while the interface is new.")
    double ingress_announces_per_second_new() default 3;

    @AttributeDefinition(
            name = "Burst: announces per second",
            description = "More than this begins a burst when the interface is no longer new.")
    double ingress_announces_per_second() default 10;

    @AttributeDefinition(
            name = "Burst: path requests per second, new interface",
            description = "More than this begins a burst of path requests while the interface is new.")
    double ingress_requests_per_second_new() default 3;

    @AttributeDefinition(
            name = "Burst: path requests per second",
            description = "More than this begins a burst of path requests when the interface is no longer new.")
    double ingress_requests_per_second() default 8;

    @AttributeDefinition(name = "New for (seconds)", description = "How long an interface counts as new.")
    double ingress_new_seconds() default 7200;

    @AttributeDefinition(
            name = "Burst: penalty (seconds)",
            description = "Pause between the begin of a burst and the first held announce that is let go.")
    double ingress_burst_penalty_seconds() default 15;

    @AttributeDefinition(
            name = "Release interval (seconds)",
            description = "Pause between two held announces that are let go.")
    double ingress_release_seconds() default 5;

    @AttributeDefinition(
            name = "Egress: path requests per second",
            description = "Most path requests that are passed on to the interface while egress control is on.")
    double egress_requests_per_second() default 5;

    @AttributeDefinition(
            name = "Discoverable",
            description = "true: the interface is announced to everybody, who may then connect to it.")
    boolean discoverable() default false;

    @AttributeDefinition(
            name = "Discoverable: name",
            description = "By which others see it. Empty means the interface's name.")
    String discoverable_name() default "";

    @AttributeDefinition(
            name = "Discoverable: reachable on",
            description = "Host name or address at which others reach it; media with an address need it.")
    String discoverable_reachable_on() default "";

    @AttributeDefinition(
            name = "Discoverable: interval (minutes)",
            description = "Pause between two announces; below 5 counts as 5.",
            min = "0")
    int discoverable_interval_minutes() default 360;

    @AttributeDefinition(
            name = "Discoverable: stamp value (bits)",
            description = "Proof of work that each announce carries; one more takes twice as long. Others ask for 16.",
            min = "0",
            max = "32")
    int discoverable_stamp_value() default 16;

    @AttributeDefinition(
            name = "Discoverable: encrypt",
            description = "true: only those who have the node's network identity can read the announce.")
    boolean discoverable_encrypt() default false;

    @AttributeDefinition(
            name = "Discoverable: publish access code",
            description = "true: network name and passphrase are told in the announce, so that everybody may join.")
    boolean discoverable_publish_access_code() default false;

    @AttributeDefinition(
            name = "Discoverable: keep mode",
            description = "true: the mode stays as it is. false: a mode that does not suit strangers becomes gateway.")
    boolean discoverable_keep_mode() default false;

    @AttributeDefinition(
            name = "Discoverable: latitude (degrees)",
            description = "Where the interface is; empty tells nothing.")
    String discoverable_latitude_degrees() default "";

    @AttributeDefinition(
            name = "Discoverable: longitude (degrees)",
            description = "Where the interface is; empty tells nothing.")
    String discoverable_longitude_degrees() default "";

    @AttributeDefinition(
            name = "Discoverable: height (metres)",
            description = "How high the interface is; empty tells nothing.")
    String discoverable_height_metres() default "";

    @AttributeDefinition(
            name = "Found by",
            description = "Written by the node where it connects by itself: whose announce told of the interface.")
    String found_by() default "";
}
