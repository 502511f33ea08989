package io.kairos.api.link;

import java.util.Optional;

/**
 * How a resource is sent.
 *
 * @param metadata a MessagePack value that goes with it
 * @param compress whether compression is tried
 */
public record ResourceOptions(Optional<Object> metadata, boolean compress) {
    public static final ResourceOptions DEFAULT = new ResourceOptions(Optional.empty(), true);
}
