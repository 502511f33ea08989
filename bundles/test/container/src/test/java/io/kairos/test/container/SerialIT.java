package io.kairos.test.container;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
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

/** The serial transport brings native code, which a running node has to be able to load again and again. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SerialIT {

    private static final String FEATURE = "kairos-transport-serial";
    private static final String LIBRARY = "com.fazecast.jSerialComm";
    private static final String TERMINAL =
            "import os, sys; m, s = os.openpty(); print(os.ttyname(s), flush=True); sys.stdin.read()";

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private FeaturesService features;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    private Process terminal;
    private String port;

    @Configuration
    public Option[] distribution() {
        return Node.leanOptions();
    }

    @Before
    public void openTerminal() throws IOException {
        terminal = new ProcessBuilder("python3", "-c", TERMINAL).start();
        port = new BufferedReader(new InputStreamReader(terminal.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
    }

    @After
    public void closeTerminal() {
        terminal.destroyForcibly();
    }

    @Test
    public void aPortOpensHoweverOftenTheFeatureIsInstalled() throws Exception {
        Node node = new Node(context);
        Interfaces interfaces = new Interfaces(context, configurations);
        interfaces.add("io.kairos.transport.serial", "line", Map.of("port", port, "open.wait.milliseconds", "0"));
        Set<Long> incarnations = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            features.installFeature(FEATURE);
            interfaces.awaitUp("line");
            assertTrue("installed anew", incarnations.add(node.bundle(LIBRARY).getBundleId()));

            features.uninstallFeature(FEATURE);
            assertFalse("the library has left", node.has(LIBRARY));
            Node.await("the interface has left", () -> interfaces.find("line").isEmpty());
        }
        interfaces.remove("line");
    }
}
