/**
 * Numbers and findings about the machinery, never about people.
 */
@Export
@Version("1.0.0")
package io.kairos.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
