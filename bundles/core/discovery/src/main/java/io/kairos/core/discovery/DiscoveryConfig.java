package io.kairos.core.discovery;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form. Everything is off unless switched on. */
@ObjectClassDefinition(
        name = "Kairos interface discovery",
        description = "Interfaces that nodes announce on the mesh: which are collected, and which are connected to.")
public @interface DiscoveryConfig {

    @AttributeDefinition(
            name = "Enabled",
            description = "true: collect what others announce; mesh:discovered shows it.")
    boolean enabled() default false;

    @AttributeDefinition(
            name = "Required proof of work (bits)",
            description = "Announces that are worth less are dropped.",
            min = "1",
            max = "255")
    int required_value() default 16;

    @AttributeDefinition(
            name = "Sources",
            description = "Identity hashes (32 hexadecimal digits) whose announces count; empty: everybody's.")
    String[] sources() default {};

    @AttributeDefinition(
            name = "Network identity",
            description =
                    "Name of an identity of this node that stands for its network: announces are made in its name, and"
                            + " those encrypted to it can be read. Empty: the node's own identity, nothing encrypted.")
    String network_identity() default "";

    @AttributeDefinition(
            name = "Connect by itself: most",
            description = "To how many of the interfaces found the node connects by itself; 0: to none.",
            min = "0",
            max = "64")
    int autoconnect_maximum() default 0;

    @AttributeDefinition(
            name = "Connect by itself: mode",
            description =
                    "Mode of these interfaces. Empty: gateway on a node that forwards for others, otherwise full.")
    String autoconnect_mode() default "";

    @AttributeDefinition(name = "Connect by itself: gravity", description = "Gravity of these interfaces.")
    int autoconnect_gravity() default 0;

    @AttributeDefinition(
            name = "Connect by itself: announces to internal",
            description = "true: announces heard on these interfaces are repeated on internal interfaces.")
    boolean autoconnect_announces_to_internal() default false;
}
