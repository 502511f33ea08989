/**
 * Codecs of the Reticulum protocol: bytes to values and back, nothing else. Pure code.
 *
 * <p>Specifications: docs/protocol. Every codec is checked against recorded vectors.
 */
@Export
@Version("1.1.0")
package io.kairos.lib.wire;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
