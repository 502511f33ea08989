package io.kairos.api.link;

import java.util.Optional;

/**
 * A file with something about it, as the answer to a request; see {@link LocalDestination.RequestHandler}.
 *
 * @param file what is sent
 * @param metadata a MessagePack value for the asker, for example its name
 */
public record FileResponse(ResourceData file, Optional<Object> metadata) {}
