package io.kairos.core.discovery;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interfaces as configurations of TCP clients that have no file, so that they live exactly as those of the operator do. The
 * setting {@code found.by} tells them apart.
 */
final class ConfiguredClients implements FoundClients {

    static final String FOUND_BY = "found.by";

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredClients.class);
    private static final String PID = "io.kairos.transport.tcp.client";

    private final ConfigurationAdmin admin;

    ConfiguredClients(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public boolean open(String instance, Map<String, Object> settings) {
        try {
            admin.getFactoryConfiguration(PID, instance, "?").update(new Hashtable<>(settings));
            return true;
        } catch (IOException | IllegalStateException e) {
            LOG.warn("An interface that was found could not be configured: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public void close(String instance) {
        delete("(service.pid=" + PID + "~" + instance + ")");
    }

    @Override
    public void closeAll() {
        delete("(&(service.factoryPid=" + PID + ")(" + FOUND_BY + "=*))");
    }

    private void delete(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                configuration.delete();
            }
        } catch (IOException e) {
            LOG.warn("An interface that was found could not be removed: {}", e.getMessage());
        } catch (IllegalStateException e) {
            LOG.debug("The container is stopping; what was found is removed at the next start");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("PIDs need no escaping", e);
        }
    }
}
