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
}
