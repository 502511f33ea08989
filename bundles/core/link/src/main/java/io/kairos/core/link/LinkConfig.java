package io.kairos.core.link;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form. */
@ObjectClassDefinition(
        name = "Kairos link",
        description = "Destinations, links and transfers that end on this node. The defaults fit every Reticulum mesh.")
public @interface LinkConfig {

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
    long resources_decompressed_bytes() default LinkSettings.DECOMPRESSED_BYTES;
}
