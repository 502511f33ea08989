/**
 * What the shell, the console and remote care call to configure the node, and what programs on the same machine may ask.
 */
@Export
@Version("1.6.0")
package io.kairos.api.admin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
