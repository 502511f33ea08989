/**
 * Lets Karaf's role checks work on JDK 24 and later, where the security manager is gone and
 * {@code Subject.getSubject(AccessControlContext)} only throws, and makes of them what an operator expects: a refusal that says
 * which role is needed, and no way around the roles by the script language of the console.
 *
 * <p>Exported to the Karaf classes that are woven, and to nobody else.
 */
@Export
@Version("1.0.0")
package io.kairos.platform.compat;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
