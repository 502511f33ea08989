/**
 * Durable state: named documents that survive a power cut at any byte.
 *
 * <p>Implemented by the core; used by every bundle that keeps something.
 */
@Export
@Version("1.0.0")
package io.kairos.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
