/**
 * Addresses and packet kinds as plain values.
 *
 * <p>Wire values follow the Reticulum packet format (docs/protocol/packet.md).
 */
@Export
@Version("1.0.0")
package io.kairos.api.packet;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
