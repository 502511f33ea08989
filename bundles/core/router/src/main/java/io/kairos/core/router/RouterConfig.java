package io.kairos.core.router;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form of {@link RouterSettings}. */
@ObjectClassDefinition(
        name = "Kairos router",
        description = "Takes packets from every interface, decides, sends them on.")
public @interface RouterConfig {

    @AttributeDefinition(
            name = "Forward for others",
            description = "true makes this node a repeater. false: only its own destinations use the mesh.")
    boolean forward() default true;

    @AttributeDefinition(
            name = "Local hops delta",
            description =
                    "true: packets of this machine leave as if they had come from two to seven hops further away.")
    boolean local_hops_delta() default false;

    @AttributeDefinition(
            name = "Path limit",
            description = "Most paths, and as many known destinations; about 1 kB each. 0: a quarter of the heap.",
            min = "0",
            max = "1000000")
    int limit_paths() default 0;

    @AttributeDefinition(name = "Link limit", description = "Most links of others at the same time.", min = "1")
    int limit_links() default 100_000;

    @AttributeDefinition(
            name = "Reverse limit",
            description = "Most forwarded packets whose proof can find its way back.",
            min = "1024")
    int limit_reverse() default 500_000;

    @AttributeDefinition(
            name = "Announce queue",
            description = "Announces of one interface that may wait for their signature check.",
            min = "16")
    int limit_announce_queue() default 4096;
}
