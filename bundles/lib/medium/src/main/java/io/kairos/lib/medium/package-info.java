/**
 * What every transport does the same way: the life of an interface whose medium is opened, read and opened again by one
 * thread, neighbours that are interfaces of their own, pauses between attempts, packets that wait, settings that are
 * refused. A transport writes a {@link io.kairos.lib.medium.Line} and its settings, or, where it has threads of its own, a
 * {@link io.kairos.lib.medium.Medium}.
 */
@Export(substitution = Export.Substitution.NOIMPORT) // a new bundle must not be wired to the one that it replaces
@Version("1.1.0")
package io.kairos.lib.medium;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
