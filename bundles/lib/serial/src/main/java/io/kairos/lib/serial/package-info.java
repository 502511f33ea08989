/**
 * Serial ports for transports: opened by their settings, read with a time-out, closed from any thread, told to operators as
 * failures. The only code that knows jSerialComm.
 */
@Export
@Version("1.1.0")
package io.kairos.lib.serial;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
