/**
 * For media where a byte costs money or energy: what may be spent in a month, an account of it that survives power cuts,
 * which packets go first and which are not worth it, when the medium can be reached, and what routing sees of all that.
 */
@Export
@Version("1.0.0")
package io.kairos.lib.medium.paid;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
