/**
 * Identities: who this node and its people are, and what is known of others.
 *
 * <p>Private keys never cross this contract except in {@link io.kairos.api.identity.IdentityStore#exportKeys}, which an
 * operator asks for.
 */
@Export
@Version("1.2.0")
package io.kairos.api.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
