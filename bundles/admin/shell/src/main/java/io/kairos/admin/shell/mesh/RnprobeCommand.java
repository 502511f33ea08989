package io.kairos.admin.shell.mesh;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@link ProbeCommand} under the name that people from Reticulum know. */
@Service
@Command(scope = "*", name = "rnprobe", description = "The same as mesh:probe")
public final class RnprobeCommand extends ProbeCommand {}
