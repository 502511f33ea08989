package io.kairos.core.discovery;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form. */
@ObjectClassDefinition(
        name = "Kairos interface discovery",
        description = "Whether interfaces that other nodes announce on the mesh are collected.")
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
}
