package io.kairos.admin.shell.mesh;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@link PathCommand} under the name that people from Reticulum know. */
@Service
@Command(scope = "*", name = "rnpath", description = "The same as mesh:path")
public final class RnpathCommand extends PathCommand {}
