/**
 * Configuration files of Reticulum programs: sections, keys and values, and what an interface's section says. Pure code.
 */
@Export
@Version("1.1.0")
package io.kairos.lib.configobj;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
