/**
 * Failures as values: what happened, whose problem it is, what to do now.
 */
@Export
@Version("1.0.0")
package io.kairos.api.failure;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
