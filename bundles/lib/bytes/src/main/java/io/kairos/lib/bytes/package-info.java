/**
 * Bytes: MessagePack, hashes, comparison in constant time. Pure code.
 */
@Export
@Version("1.2.0")
package io.kairos.lib.bytes;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
