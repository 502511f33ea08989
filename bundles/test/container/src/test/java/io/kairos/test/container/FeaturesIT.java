package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Features leave and come back on a running node that has no network to fetch anything from. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeaturesIT {

    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    @Test
    public void eachPluginFeatureLeavesAndComesBackAlone() throws Exception {
        Node node = new Node(context);
        askForEachPartOfTheDefaultsByName();
        for (String feature : pluginFeatures()) {
            String bundle = "io." + feature.replace('-', '.');
            Map<String, String> others = node.incarnations();
            others.remove(bundle);

            features.uninstallFeature(feature);
            assertFalse(bundle + " has left", node.has(bundle));
            assertEquals("others while " + feature + " is away", others, node.incarnations());

            features.installFeature(feature);
            assertEquals("active", Node.stateOf(node.bundle(bundle)));
            Map<String, String> after = node.incarnations();
            after.remove(bundle);
            assertEquals("others after " + feature + " came back", others, after);
        }
    }

    @Test
    public void nothingIsFetchedFromAnywhere() throws Exception {
        for (Feature feature : features.listFeatures()) {
            if (feature.getName().startsWith("kairos")) {
                features.installFeature(feature.getName(), feature.getVersion());
            }
        }
        assertTrue(features.isInstalled(features.getFeature("kairos")));
        String page = MetricsPage.read("kairos_interface_up{");
        assertTrue(page, page.endsWith("kairos_metrics_left_out 0\n# EOF\n"));
        MetricsPage.compareWithDocument(page);
    }

    /** The feature kairos wants all of them; a single one can leave only when they are wanted one by one. */
    private void askForEachPartOfTheDefaultsByName() throws Exception {
        Set<String> parts = features.getFeature("kairos").getDependencies().stream()
                .map(dependency -> dependency.getName())
                .collect(Collectors.toSet());
        for (Feature feature : features.listInstalledFeatures()) {
            if (feature.getName().startsWith("kairos-role-")) {
                features.uninstallFeature(
                        feature.getName()); // a role wants its transports; the other test leaves them all
            }
        }
        parts.add("kairos-crypto-bouncycastle"); // otherwise it would leave together with the suite that asks for it
        features.installFeatures(parts, EnumSet.noneOf(FeaturesService.Option.class));
        features.uninstallFeature("kairos");
        assertFalse(parts.isEmpty());
    }

    private List<String> pluginFeatures() throws Exception {
        List<String> names = Arrays.stream(features.listInstalledFeatures())
                .map(Feature::getName)
                .filter(name -> name.matches("kairos-(transport|routing|crypto)-.*"))
                .filter(name -> !name.equals("kairos-crypto-bouncycastle")) // the suite asks for it
                .sorted()
                .toList();
        assertTrue("several plugins: " + names, names.size() >= 5);
        return names;
    }
}
