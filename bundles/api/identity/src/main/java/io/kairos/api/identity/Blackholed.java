package io.kairos.api.identity;

import io.kairos.api.packet.IdentityHash;
import java.util.Optional;

/**
 * An identity that is refused.
 *
 * @param identity who
 * @param source who listed it
 * @param untilMillis wall-clock time of expiry; empty means for good
 * @param reason shown to operators
 */
public record Blackholed(
        IdentityHash identity, IdentityHash source, Optional<Long> untilMillis, Optional<String> reason) {}
