package io.kairos.messaging.execution;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form. Nobody may run anything unless it is switched on and his identity is listed. */
@ObjectClassDefinition(
        name = "Kairos remote execution",
        description = "Who may run commands on this machine, with the rights of the user who runs Kairos.")
public @interface ExecutionConfig {

    @AttributeDefinition(name = "Enabled", description = "Whether the identities listed may run commands here.")
    boolean enabled() default false;

    @AttributeDefinition(
            name = "Allowed identities",
            description =
                    "Identity hashes (32 hexadecimal digits) with commas between them. There is no way to allow all.")
    String[] allowed() default {};

    @AttributeDefinition(
            name = "Longest time (seconds)",
            description = "Then a command is ended with all its children.",
            min = "1",
            max = "86400")
    int timeout_seconds() default 60;

    @AttributeDefinition(
            name = "Largest output (bytes)",
            description = "How much of each of its outputs is sent back at most.",
            min = "0",
            max = "16777216")
    int output_bytes() default 262_144;

    @AttributeDefinition(name = "Commands at once", description = "What is more is refused.", min = "1", max = "64")
    int commands_at_once() default 4;

    @AttributeDefinition(
            name = "Folder",
            description = "Where commands start. Relative paths start in the node's folder.",
            required = false)
    String folder() default "";

    @AttributeDefinition(
            name = "Identity",
            description = "Name of the identity whose destination listens; it is made where there is none.")
    String identity() default "rnx";
}
