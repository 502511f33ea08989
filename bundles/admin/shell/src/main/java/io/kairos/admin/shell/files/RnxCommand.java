package io.kairos.admin.shell.files;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@link RunCommand} under the name that hands know. */
@Service
@Command(scope = "*", name = "rnx", description = "The same as node:run, with the letters of Reticulum's rnx")
public final class RnxCommand extends RunCommand {}
