package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
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

/** The small distribution as it runs without a terminal: the console and SSH are there, but not started. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class LeanIT {

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private FeaturesService features;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    private Node node;

    @Configuration
    public Option[] distribution() {
        return Node.leanOptions();
    }

    @Before
    public void find() {
        node = new Node(context);
    }

    @Test
    public void everythingButTheConsoleRuns() {
        assertEquals(Map.of(), node.notRunning());
        assertFalse(node.isActive("org.apache.karaf.shell.ssh"));
    }

    @Test
    public void packetsPass() throws Exception {
        try (Neighbour neighbour = new Neighbour(node, new Interfaces(context, configurations))) {
            neighbour.everyQuestionIsAnswered();
            neighbour.anotherLinkCanBeMade();
        }
    }

    @Test
    public void featuresAreInstalledAndLeave() throws Exception {
        String bundle = "org.apache.karaf.kar.core";
        assertFalse(node.has(bundle));
        Map<String, String> before = node.incarnations();

        features.installFeature("kar");
        assertTrue(node.has(bundle));
        features.uninstallFeature("kar");

        assertFalse(node.has(bundle));
        assertEquals("everybody else", before, node.incarnations());
    }
}
