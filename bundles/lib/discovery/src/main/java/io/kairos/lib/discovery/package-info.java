/**
 * On-network discovery of interfaces: what nodes announce of them, the proof of work on it, and what is kept of what was
 * heard. Pure code.
 */
@Export
@Version("1.2.0")
package io.kairos.lib.discovery;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
