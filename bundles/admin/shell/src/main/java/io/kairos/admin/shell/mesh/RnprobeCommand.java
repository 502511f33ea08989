package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.OptionsAnywhere;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@link ProbeCommand} under the name that people from Reticulum know. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "*", name = "rnprobe", description = "The same as mesh:probe")
public final class RnprobeCommand extends ProbeCommand {}
