/**
 * The node's only source of time and delays, so that tests and simulations can replace both.
 */
@Export
@Version("1.1.0")
package io.kairos.api.time;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
