package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import java.io.InputStream;
import java.net.URI;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** Parts of a running node are replaced, removed and added; everything else goes on. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class HotSwapIT {

    private static final String TCP = "io.kairos.transport.tcp";
    private static final String UDP = "io.kairos.transport.udp";

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    private Node node;

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    @Before
    public void configureTwoInterfaces() throws Exception {
        node = new Node(context);
        configure(TCP + ".server", "tcp0", Map.of("listen.host", "127.0.0.1", "listen.port", 47_421));
        configure(UDP, "udp0", Map.of("listen.host", "127.0.0.1", "listen.port", 47_422, "forward.host", "127.0.0.1"));
        Node.await("tcp0 is up", () -> isUp("tcp0"));
        Node.await("udp0 is up", () -> isUp("udp0"));
    }

    @After
    public void removeThem() throws Exception {
        for (String name : new String[] {"tcp0", "udp0"}) {
            for (var configuration : Optional.ofNullable(
                            configurations.listConfigurations("(interface.name=" + name + ")"))
                    .orElseGet(() -> new org.osgi.service.cm.Configuration[0])) {
                configuration.delete();
            }
            Node.await(name + " is gone", () -> find(name).isEmpty());
        }
    }

    @Test
    public void everyBundleOfTheDistributionRuns() {
        Map<String, String> notActive = node.incarnations();
        notActive.values().removeIf(state -> state.startsWith("active"));
        assertEquals(Map.of(), notActive);
    }

    @Test
    public void updatingATransportTouchesNoOtherBundle() throws Exception {
        Bundle tcp = node.bundle(TCP);
        Map<String, String> before = node.incarnations();
        MeshInterface udp = find("udp0").orElseThrow();
        MeshInterface oldTcp = find("tcp0").orElseThrow();

        long start = System.nanoTime();
        tcp.update(jarOf(TCP, "0.1.1"));
        Node.await("tcp0 is back", () -> isUp("tcp0"));
        long millis = (System.nanoTime() - start) / 1_000_000;

        assertEquals("0.1.1", tcp.getVersion().toString());
        assertFalse("a new instance serves tcp0", find("tcp0").orElseThrow() == oldTcp);
        assertTrue("udp0 was not restarted", find("udp0").orElseThrow() == udp);
        assertEquals(without(TCP, before), without(TCP, node.incarnations()));
        System.out.println("updating " + TCP + " took " + millis + " ms");
    }

    @Test
    public void stoppingATransportTakesOnlyItsInterfaces() throws Exception {
        Map<String, String> before = node.incarnations();

        node.bundle(UDP).stop();
        Node.await("udp0 is gone", () -> find("udp0").isEmpty());
        assertEquals(without(UDP, before), without(UDP, node.incarnations()));
        assertTrue(isUp("tcp0"));

        node.bundle(UDP).start();
        Node.await("udp0 is back", () -> isUp("udp0"));
    }

    private static Map<String, String> without(String bundle, Map<String, String> incarnations) {
        Map<String, String> others = new TreeMap<>(incarnations);
        others.remove(bundle);
        return others;
    }

    private void configure(String pid, String name, Map<String, ?> settings) throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>(settings);
        properties.put("interface.name", name);
        configurations.getFactoryConfiguration(pid, name, "?").update(properties);
    }

    private boolean isUp(String name) throws InvalidSyntaxException {
        return find(name)
                .filter(found -> found.status().state() == InterfaceState.UP)
                .isPresent();
    }

    private Optional<MeshInterface> find(String name) throws InvalidSyntaxException {
        Collection<ServiceReference<MeshInterface>> all = context.getServiceReferences(MeshInterface.class, null);
        return all.stream()
                .map(context::getService)
                .filter(found -> found != null && found.name().equals(name))
                .findFirst();
    }

    private static InputStream jarOf(String bundle, String version) throws Exception {
        String url = "mvn:io.kairos/" + bundle + "/0.1.0-SNAPSHOT";
        return Rebuilt.as(version, URI.create(url).toURL().openStream());
    }
}
