package io.kairos.admin.shell.mesh;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@link StatusCommand} under the name that people from Reticulum know. */
@Service
@Command(scope = "*", name = "rnstatus", description = "The same as mesh:status")
public final class RnstatusCommand extends StatusCommand {}
