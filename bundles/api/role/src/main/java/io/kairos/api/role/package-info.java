/**
 * What a node is for: defaults and a self-check.
 */
@Export
@Version("1.1.0")
package io.kairos.api.role;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
