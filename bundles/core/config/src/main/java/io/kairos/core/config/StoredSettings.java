package io.kairos.core.config;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's settings as ConfigAdmin has them now. Threads: any. */
final class StoredSettings {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSettings.class);
    private static final String ALL = "(service.pid=io.kairos.*)";
    private static final String INTERFACES = "(service.factoryPid=io.kairos.transport.*)";

    private final ConfigurationAdmin admin;

    StoredSettings(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    List<Configuration> all() {
        return configurations(ALL);
    }

    /** The configuration with this PID, if there is one. */
    List<Configuration> of(String pid) {
        return configurations("(service.pid=" + pid + ")");
    }

    Stream<Edit> edits() {
        return edits(ALL);
    }

    List<Edit> interfaces() {
        return edits(INTERFACES).toList();
    }

    /** Has the plugins run, among them our own, without anything being handed over. */
    static void judge(Configuration configuration) {
        try {
            configuration.getProcessedProperties(null);
        } catch (IllegalStateException e) {
            LOG.debug("A configuration was deleted while it was checked", e);
        }
    }

    /** Hands the same settings over once more. */
    void handOver(Edit edit) {
        for (Configuration configuration : of(edit.pid())) {
            try {
                configuration.update(configuration.getProperties());
            } catch (IOException | IllegalStateException e) {
                LOG.warn("Settings that became good could not be handed over; save {} once more", edit.shown(), e);
            }
        }
    }

    private Stream<Edit> edits(String filter) {
        return configurations(filter).stream()
                .map(Configuration::getProperties)
                .flatMap(properties -> properties == null ? Stream.empty() : Edit.of(properties).stream());
    }

    private List<Configuration> configurations(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException e) {
            LOG.warn("The configurations cannot be read; settings of several interfaces are not compared", e);
            return List.of();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("a filter of our own", e);
        }
    }
}
