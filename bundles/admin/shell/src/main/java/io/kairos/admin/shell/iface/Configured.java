package io.kairos.admin.shell.iface;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of one interface.
 *
 * @param name of the interface
 * @param kind its kind
 * @param pid PID of the configuration
 * @param settings what its operator has set
 * @param file where the operator edits it; empty where it has no file
 */
record Configured(String name, InterfaceKind kind, String pid, Map<String, String> settings, Optional<Path> file) {}
