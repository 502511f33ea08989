/**
 * Packets over a stream that another program carries: HDLC frames, keepalives, silence, and the lines of text with which
 * such programs are spoken to first. Used by the transports over I2P and Tor.
 */
@Export
@Version("1.1.0")
package io.kairos.lib.stream;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
