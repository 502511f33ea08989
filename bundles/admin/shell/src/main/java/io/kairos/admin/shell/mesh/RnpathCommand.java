package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.OptionsAnywhere;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@link PathCommand} under the name that people from Reticulum know. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "*", name = "rnpath", description = "The same as mesh:path")
public final class RnpathCommand extends PathCommand {}
