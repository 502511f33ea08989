package io.kairos.core.identity;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The operator's form of a further network: what router, link and management of the main network have in three files
 * stands here in one. Each part reads its own keys from it; a key that one of them gets is added here too.
 */
@ObjectClassDefinition(
        name = "Kairos network",
        description = "A further network on this node, with identities, paths and links of its own. Its name is what"
                + " follows io.kairos.network- in the name of the file. Interfaces join it with network = <name>.")
public @interface NetworkConfig {

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
            description = "Most paths, and as many known destinations; about 1 kB each. 0: a sixteenth of the heap.",
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

    @AttributeDefinition(
            name = "Link MTU discovery",
            description =
                    "Whether links may use packets above 500 bytes where every interface on the way carries them.")
    boolean mtu_discovery() default true;

    @AttributeDefinition(
            name = "Explicit proofs",
            description = "Whether proofs repeat the hash of the packet: 32 bytes more for each, understood by all.")
    boolean proofs_explicit() default false;

    @AttributeDefinition(
            name = "Decompressed resources",
            description = "Largest segment of a received resource after decompression, in bytes, not less than 1048575."
                    + " The link over which a larger one comes is ended.")
    long resources_decompressed_bytes() default 67_108_864;

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
