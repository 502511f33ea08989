package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.kairos.api.transport.MeshInterface;
import java.util.Map;
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
import org.osgi.framework.BundleContext;
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
    private Interfaces interfaces;

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    @Before
    public void configureTwoInterfaces() throws Exception {
        node = new Node(context);
        interfaces = new Interfaces(context, configurations);
        interfaces.add(TCP + ".server", "tcp0", Map.of("listen.host", "127.0.0.1", "listen.port", 47_421));
        interfaces.add(
                UDP, "udp0", Map.of("listen.host", "127.0.0.1", "listen.port", 47_422, "forward.host", "127.0.0.1"));
        interfaces.awaitUp("tcp0");
        interfaces.awaitUp("udp0");
    }

    @After
    public void removeThem() throws Exception {
        interfaces.remove("tcp0");
        interfaces.remove("udp0");
    }

    @Test
    public void everyBundleOfTheDistributionRuns() {
        assertEquals(Map.of(), node.notRunning());
    }

    @Test
    public void updatingATransportTouchesNoOtherBundle() throws Exception {
        Map<String, String> before = node.incarnations();
        MeshInterface udp = interfaces.find("udp0").orElseThrow();
        MeshInterface oldTcp = interfaces.find("tcp0").orElseThrow();

        long millis = node.update(TCP, "0.1.1", () -> interfaces.isUp("tcp0"));

        assertEquals("0.1.1", node.bundle(TCP).getVersion().toString());
        assertFalse("a new instance serves tcp0", interfaces.find("tcp0").orElseThrow() == oldTcp);
        assertTrue("udp0 was not restarted", interfaces.find("udp0").orElseThrow() == udp);
        assertEquals(Node.without(TCP, before), Node.without(TCP, node.incarnations()));
    }

    @Test
    public void stoppingATransportTakesOnlyItsInterfaces() throws Exception {
        Map<String, String> before = node.incarnations();

        node.bundle(UDP).stop();
        Node.await("udp0 is gone", () -> interfaces.find("udp0").isEmpty());
        assertEquals(Node.without(UDP, before), Node.without(UDP, node.incarnations()));
        assertTrue(interfaces.isUp("tcp0"));

        node.bundle(UDP).start();
        Node.await("udp0 is back", () -> interfaces.isUp("udp0"));
    }
}
