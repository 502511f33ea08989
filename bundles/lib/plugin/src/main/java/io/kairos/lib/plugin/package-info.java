/**
 * Plugin packages: one file with a feature repository, its bundles and a signed list of both. Pure code; the format stands in
 * docs/plugins/package-format.md.
 */
@Export
@Version("1.0.0")
package io.kairos.lib.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
