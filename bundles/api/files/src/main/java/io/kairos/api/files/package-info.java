/**
 * Files to and from other nodes, and commands on them.
 */
@Export
@Version("1.1.0")
package io.kairos.api.files;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
