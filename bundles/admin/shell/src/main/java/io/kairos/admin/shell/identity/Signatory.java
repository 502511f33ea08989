package io.kairos.admin.shell.identity;

import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.IdentityHash;
import java.util.Optional;

/**
 * Who is expected to have signed.
 *
 * @param hash of the identity
 * @param keys its public keys, where they are known here
 */
record Signatory(IdentityHash hash, Optional<PublicIdentity> keys) {}
