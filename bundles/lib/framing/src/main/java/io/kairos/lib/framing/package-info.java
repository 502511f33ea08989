/**
 * Framing of packets on byte streams: HDLC and KISS as Reticulum uses them. Pure code.
 */
@Export
@Version("1.1.0")
package io.kairos.lib.framing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
