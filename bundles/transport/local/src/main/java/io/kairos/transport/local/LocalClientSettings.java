package io.kairos.transport.local;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.Checks;
import io.kairos.lib.medium.LineSettings;
import java.util.Map;

/**
 * The settings of a way to a shared instance, checked and in types that cannot be confused.
 *
 * @param line what the connection depends on: when it changes, the connection is made anew
 * @param queueBytes most bytes that wait to be sent
 * @param policy how the core shall treat the interface
 */
record LocalClientSettings(Line line, int queueBytes, InterfacePolicy policy) implements LineSettings {

    private static final String USUAL_NAME = "shared-instance";

    /** The control port of an instance is never asked here. */
    private static final int NO_CONTROL = 0;

    /** What the connection depends on. */
    record Line(String name, Endpoint endpoint, boolean enabled) {}

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public LinkBudget budget() {
        return LocalSettings.BUDGET;
    }

    /**
     * Checks the settings.
     *
     * @throws MeshException that names key, value and remedy
     */
    static LocalClientSettings from(LocalClientConfig config, Map<String, ?> properties) {
        String name = Checks.name(config.interface_name(), properties, "rnsd");
        InterfacePolicy given = InterfacePolicy.parse(properties, 16);
        Endpoint endpoint = Endpoint.of(
                LocalSettings.wish(config.socket()),
                LocalSettings.instance(config.instance_name()),
                Checks.between("peer.port", config.peer_port(), 1, 65_535, 37_428),
                NO_CONTROL);
        return new LocalClientSettings(
                new Line(name, endpoint, given.enabled()),
                LocalSettings.queueBytes(config.send_queue_bytes()),
                LocalSettings.policy(given.enabled(), given.network()));
    }

    /** Enough to be shown, for settings that were refused. */
    static LocalClientSettings refused(Map<String, ?> properties) {
        Endpoint endpoint = new Endpoint(false, "default", 37_428, NO_CONTROL, false);
        Line line = new Line(Checks.nameOfRefused(properties, USUAL_NAME), endpoint, false);
        return new LocalClientSettings(line, 0, LocalSettings.policy(true, InterfacePolicy.DEFAULT.network()));
    }
}
