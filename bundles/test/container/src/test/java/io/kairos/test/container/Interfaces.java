package io.kairos.test.container;

import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The interfaces of the node: adds, finds and removes them as a console would. */
final class Interfaces {

    private final BundleContext context;
    private final ConfigurationAdmin configurations;

    Interfaces(BundleContext context, ConfigurationAdmin configurations) {
        this.context = context;
        this.configurations = configurations;
    }

    static int freeTcpPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    static int freeUdpPort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    void add(String pid, String name, Map<String, ?> settings) throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>(settings);
        properties.put("interface.name", name);
        configurations.getFactoryConfiguration(pid, name, "?").update(properties);
    }

    void remove(String name) throws Exception {
        Configuration[] found = configurations.listConfigurations("(interface.name=" + name + ")");
        for (Configuration configuration : found == null ? new Configuration[0] : found) {
            configuration.delete();
        }
        Node.await(name + " is gone", () -> find(name).isEmpty());
    }

    void awaitUp(String name) throws Exception {
        Node.await(name + " is up", () -> isUp(name));
    }

    boolean isUp(String name) throws InvalidSyntaxException {
        return find(name)
                .filter(found -> found.status().state() == InterfaceState.UP)
                .isPresent();
    }

    Optional<MeshInterface> find(String name) throws InvalidSyntaxException {
        Collection<ServiceReference<MeshInterface>> all = context.getServiceReferences(MeshInterface.class, null);
        return all.stream()
                .map(context::getService)
                .filter(found -> found != null && found.name().equals(name))
                .findFirst();
    }
}
