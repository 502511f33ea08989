/**
 * What a crypto suite implements.
 *
 * <p>Two kinds of services. <em>Primitives</em> ({@link io.kairos.api.crypto.KeyAgreement},
 * {@link io.kairos.api.crypto.Signer}) turn keys into bytes and are registered with the service property
 * {@code algorithm}; of several for one algorithm the highest ranked is used. A <em>suite</em>
 * ({@link io.kairos.api.crypto.CryptoSuite}) combines them to what one protocol needs and is registered with the
 * service property {@code suite}.
 *
 * <p>All keys and messages are raw bytes as on the wire. Implementations keep no keys and are safe for use by any
 * number of threads.
 */
@Export
@Version("1.1.0")
package io.kairos.api.crypto;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
