package io.kairos.admin.shell.identity;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@link ShowCommand} under the name that people from Reticulum know. */
@Service
@Command(scope = "*", name = "rnid", description = "The same as identity:show")
public final class RnidCommand extends ShowCommand {}
