package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.MeshInterface;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Optional;
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

/** A neighbour keeps asking over one link, ten times a second, while parts of the node are replaced under it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class LiveLinkIT {

    private static final String TCP = "io.kairos.transport.tcp";
    private static final String ROUTER = "io.kairos.core.router";
    private static final String SUITE = "io.kairos.crypto.reticulum";
    private static final String STRATEGY = "io.kairos.routing.reticulum";
    private static final String NEXT = "0.1.1";

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    private Node node;
    private Interfaces interfaces;
    private Neighbour neighbour;
    private int port;

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    @Before
    public void letTheNeighbourAsk() throws Exception {
        node = new Node(context);
        interfaces = new Interfaces(context, configurations);
        port = Interfaces.freeTcpPort();
        interfaces.add(TCP + ".server", "tcp0", Map.of("listen.host", "127.0.0.1", "listen.port", port));
        interfaces.awaitUp("tcp0");
        neighbour = new Neighbour(node, interfaces);
    }

    @After
    public void clearUp() throws Exception {
        neighbour.close();
        interfaces.remove("tcp0");
    }

    @Test
    public void aLinkOverUdpLivesWhileTcpIsUpdated() throws Exception {
        Map<String, String> before = node.incarnations();
        MeshInterface udp = interfaces.find(Neighbour.INTERFACE).orElseThrow();
        MeshInterface oldTcp = interfaces.find("tcp0").orElseThrow();

        long millis = node.update(TCP, NEXT, () -> interfaces.isUp("tcp0"));

        assertTrue("tcp0 was away for " + millis + " ms", millis < 1_000);
        assertFalse("a new instance serves tcp0", interfaces.find("tcp0").orElseThrow() == oldTcp);
        assertSame(
                "the other interface was not restarted",
                udp,
                interfaces.find(Neighbour.INTERFACE).orElseThrow());
        neighbour.everyQuestionIsAnswered();
        assertEquals(Node.without(TCP, before), Node.without(TCP, node.incarnations()));
    }

    @Test
    public void aLinkLivesWhileTheSuiteItWasMadeWithIsUpdated() throws Exception {
        aLinkLivesWhileIsUpdated(SUITE);
    }

    @Test
    public void aLinkLivesWhileTheRoutingStrategyIsUpdated() throws Exception {
        aLinkLivesWhileIsUpdated(STRATEGY);
    }

    private void aLinkLivesWhileIsUpdated(String bundle) throws Exception {
        Map<String, String> before = node.incarnations();

        node.update(bundle, NEXT, () -> node.isActive(bundle));

        neighbour.everyQuestionIsAnswered();
        assertEquals(Node.without(bundle, before), Node.without(bundle, node.incarnations()));
        neighbour.anotherLinkCanBeMade();
    }

    @Test
    public void transportsStayConnectedAndPathsAreKnownWhenTheRouterIsUpdated() throws Exception {
        Map<String, String> before = node.incarnations();
        MeshInterface tcp = interfaces.find("tcp0").orElseThrow();
        try (Socket connected = new Socket()) {
            connected.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            Node.await("the router has the connection", () -> connections() == 1);

            node.update(ROUTER, NEXT, () -> context.getServiceReference(PathTable.class) != null);

            assertTrue(
                    "the path is known",
                    node.service(PathTable.class).find(neighbour.address()).isPresent());
            assertSame("tcp0 was not restarted", tcp, interfaces.find("tcp0").orElseThrow());
            Node.await("the new router has the connection", () -> connections() == 1);
            isStillConnected(connected);
        }
        neighbour.awaitAnswers(5); // over the link from before
        neighbour.anotherLinkCanBeMade();
        assertEquals(Node.without(ROUTER, before), Node.without(ROUTER, node.incarnations()));
    }

    /** Connections of tcp0 that the router has interfaces for. */
    private long connections() {
        return node.service(Router.class).interfaces().stream()
                .filter(view -> view.parent().equals(Optional.of("tcp0")))
                .count();
    }

    private static void isStillConnected(Socket connected) throws IOException {
        connected.setSoTimeout(200);
        int read;
        do {
            try {
                read = connected.getInputStream().read(new byte[1_024]); // what the node announces
            } catch (SocketTimeoutException silence) {
                return;
            }
        } while (read >= 0);
        throw new AssertionError("the connection was closed");
    }
}
