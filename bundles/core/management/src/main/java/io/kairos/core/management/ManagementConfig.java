package io.kairos.core.management;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form. Everything is off unless switched on. */
@ObjectClassDefinition(
        name = "Kairos management destinations",
        description = "What other nodes may ask this node about itself, with the tools of Reticulum.")
public @interface ManagementConfig {

    @AttributeDefinition(
            name = "Answer probes",
            description =
                    "Whether everybody may measure the way to this node (rnprobe). Only nodes that forward answer.")
    boolean probe_respond() default false;

    @AttributeDefinition(
            name = "Remote management",
            description = "Whether the identities listed below may read status and paths (rnstatus -R, rnpath -R).")
    boolean remote_enabled() default false;

    @AttributeDefinition(
            name = "Allowed identities",
            description = "Identity hashes (32 hexadecimal digits) that may use remote management.")
    String[] remote_allowed() default {};

    @AttributeDefinition(
            name = "Publish refused identities",
            description = "Whether everybody may read which identities this node refuses.")
    boolean blackhole_publish() default false;

    @AttributeDefinition(
            name = "Sources of refused identities",
            description = "Identity hashes (32 hexadecimal digits) of nodes whose lists are taken over.")
    String[] blackhole_sources() default {};

    @AttributeDefinition(
            name = "Update interval (minutes)",
            description = "How often the lists of the sources are fetched.",
            min = "2")
    int blackhole_interval_minutes() default 60;
}
