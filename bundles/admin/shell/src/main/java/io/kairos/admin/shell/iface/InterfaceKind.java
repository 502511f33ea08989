package io.kairos.admin.shell.iface;

import java.util.List;
import java.util.Optional;

/**
 * A kind of interface that can be configured on this node.
 *
 * @param kind for example {@code tcp-client}
 * @param pid factory PID of its configurations
 * @param title one line
 * @param description more lines; may be empty
 * @param settings those of the medium, then those that every interface has
 */
record InterfaceKind(String kind, String pid, String title, String description, List<Setting> settings) {

    private static final String MARK = ".transport.";

    /** {@code io.kairos.transport.tcp.client} is {@code tcp-client}; a PID of another shape is its own kind. */
    static String kindOf(String pid) {
        int mark = pid.lastIndexOf(MARK);
        return mark < 0 ? pid : pid.substring(mark + MARK.length()).replace('.', '-');
    }

    /** What can be said of a kind whose bundle is not there; empty where the PID is no transport's. */
    static Optional<InterfaceKind> notInstalled(String pid) {
        return pid.contains(MARK)
                ? Optional.of(new InterfaceKind(kindOf(pid), pid, "not installed", "", List.of()))
                : Optional.empty();
    }

    Optional<Setting> setting(String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }
}
