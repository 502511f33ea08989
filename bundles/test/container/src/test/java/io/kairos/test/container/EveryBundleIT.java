package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
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
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Replaces each bundle of the running distribution, one after the other, under traffic, and holds every one to its promise.
 * Neither this class nor what it uses names a type of the node: it would be restarted together with what it replaces.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class EveryBundleIT {

    /** System property: a regular expression for the bundles to replace; all without it. */
    static final String ONLY = "hot-swap.only";

    private static final int ANSWERS_BEFORE = 3;
    private static final int ANSWERS_AFTER = 10;
    private static final int REFRESH_SECONDS = 60;

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private FeaturesService features;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    private Neighbours neighbours;
    private FrameworkWiring wiring;
    private int number; // of the next version

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    @Before
    public void letPacketsFlow() throws Exception {
        wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        for (Feature feature :
                features.listFeatures()) { // also those that a node starts without; a role changes settings
            boolean isRole = feature.getName().startsWith("kairos-role-");
            if (feature.getName().startsWith("kairos") && !isRole && !features.isInstalled(feature)) {
                features.installFeature(feature.getName(), feature.getVersion());
            }
        }
        neighbours = new Neighbours(context, configurations);
    }

    @After
    public void clearUp() throws Exception {
        neighbours.close();
    }

    @Test
    public void everyBundleIsReplacedUnderTraffic() throws Exception {
        SwapReport report = new SwapReport();
        List<String> broken = new ArrayList<>();
        List<String> names = Parts.kairos(context).stream()
                // an extension of the framework is replaced by starting the framework anew
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .map(Bundle::getSymbolicName)
                .sorted()
                .toList();
        assertTrue("the bundles of the distribution: " + names, names.size() > 30);
        try {
            for (String name : wanted(names)) {
                try {
                    Swap swap = replace(name);
                    report.add(swap);
                    System.out.println(SwapReport.row(swap));
                    broken.addAll(Promise.broken(swap));
                } catch (AssertionError notBack) {
                    System.out.println(name + " " + notBack);
                    broken.add(name + ": " + notBack.getMessage());
                }
            }
        } finally {
            report.write(Path.of(System.getProperty("kairos.target"), "hot-swap.md"));
        }
        assertEquals(String.join("\n", broken), 0, broken.size());
    }

    @Test
    public void aBrokenUpdateHarmsNobodyElseAndIsTakenBack() throws Exception {
        for (String name : List.of(
                "io.kairos.transport.udp",
                "io.kairos.crypto.reticulum",
                "io.kairos.routing.reticulum",
                "io.kairos.messaging.files",
                "io.kairos.core.discovery")) {
            Set<String> untouched = new TreeSet<>(Set.of(Neighbours.UDP, Neighbours.TCP, Neighbours.TRANSIT));
            if (name.endsWith(".udp")) {
                untouched = Set.of(Neighbours.TCP);
            }
            Bundle bundle = bundle(name);
            InputStream unresolvable = Rebuilt.unresolvable(++number, shipped(name));
            breakAndRepair(
                    name,
                    () -> assertThrows(
                            "the operator is told", BundleException.class, () -> bundle.update(unresolvable)),
                    untouched);
            InputStream failing = Rebuilt.failing(++number, shipped(name));
            breakAndRepair(name, () -> bundle.update(failing), untouched);
        }
    }

    /** What replaces a bundle by one that does not work. */
    private interface Breaking {
        void run() throws BundleException;
    }

    private void breakAndRepair(String name, Breaking breaking, Set<String> untouched) throws Exception {
        Parts before = Parts.of(context);
        Bundle bundle = bundle(name);
        neighbours.hold();
        neighbours.mark();
        assertNotEquals(name + " works", Set.of(), usable(bundle));
        breaking.run();
        assertEquals(name + " is broken", Set.of(), usable(bundle));
        neighbours.awaitAnswers(ANSWERS_AFTER, untouched);

        bundle.update(shipped(name));
        bundle.start(); // what could not be resolved is no longer running
        awaitBack(before);
        neighbours.resume();
        neighbours.awaitAnswers(ANSWERS_AFTER);

        for (String flow : untouched) {
            Neighbours.Count count = neighbours.settle(flow);
            assertEquals(name + " broken: lost of the flow " + flow, 0, count.lost());
            assertEquals(name + " broken: links of the flow " + flow, 0, count.links());
        }
        Set<String> restarted = before.restartedIn(Parts.of(context));
        assertEquals("only the broken one was touched", Set.of(name), restarted);
    }

    /** What can be had from it. */
    private Set<String> usable(Bundle bundle) {
        Set<String> usable = new TreeSet<>();
        ServiceReference<?>[] offered = bundle.getRegisteredServices();
        for (ServiceReference<?> service : offered == null ? new ServiceReference<?>[0] : offered) {
            String type = ((String[]) service.getProperty(Constants.OBJECTCLASS))[0];
            if (type.startsWith("io.kairos.") && context.getService(service) != null) {
                context.ungetService(service);
                usable.add(type);
            }
        }
        return usable;
    }

    private static List<String> wanted(List<String> names) {
        return names.stream()
                .filter(name -> name.matches(System.getProperty(ONLY)))
                .toList();
    }

    private Swap replace(String name) throws Exception {
        Bundle bundle = bundle(name);
        neighbours.mark();
        neighbours.awaitAnswers(ANSWERS_BEFORE);
        neighbours.beginTransfers();
        neighbours.hold();
        Parts before = Parts.of(context);
        String connection = neighbours.connection();
        Set<String> users = users(bundle);
        long start = System.nanoTime();
        update(bundle, Rebuilt.compatible(++number, shipped(name)));
        awaitBack(before);
        final long millis = (System.nanoTime() - start) / 1_000_000;
        neighbours.resume();
        neighbours.awaitAnswers(ANSWERS_AFTER);
        Parts after = Parts.of(context);
        Set<String> restarted = before.restartedIn(after);
        assertTrue(name + " is a new one", restarted.remove(name));
        String transfers = neighbours.endTransfers();
        Map<String, Neighbours.Count> flows = new LinkedHashMap<>();
        for (String flow : List.of(Neighbours.UDP, Neighbours.TCP, Neighbours.TRANSIT)) {
            flows.put(flow, neighbours.settle(flow));
        }
        Set<String> all = new TreeSet<>(restarted);
        all.add(name);
        return new Swap(
                name,
                flows,
                transfers,
                users,
                restarted,
                before.renewedIn(after, all),
                connection.equals(neighbours.connection()),
                millis);
    }

    private void awaitBack(Parts before) throws Exception {
        try {
            Node.await("everything is back", () -> before.areBackIn(Parts.of(context)));
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + ": " + before.missingIn(Parts.of(context)), late);
        }
    }

    /** As an operator does it: the new content, and then whoever is wired to the old one. */
    private void update(Bundle bundle, InputStream content) throws Exception {
        boolean hasUsers = !users(bundle).isEmpty();
        try (content) {
            bundle.update(content);
        }
        if (hasUsers) {
            CountDownLatch refreshed = new CountDownLatch(1);
            wiring.refreshBundles(List.of(bundle), event -> refreshed.countDown());
            assertTrue("refreshed", refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS));
        }
    }

    /** Kairos bundles that have to be restarted when this one is replaced. */
    private Set<String> users(Bundle bundle) {
        Collection<Bundle> closure = wiring.getDependencyClosure(List.of(bundle));
        Set<String> names = new TreeSet<>();
        Parts.kairos(context).stream()
                .filter(closure::contains)
                .map(Bundle::getSymbolicName)
                .forEach(names::add);
        names.remove(bundle.getSymbolicName());
        return names;
    }

    private Bundle bundle(String name) {
        return new Node(context).bundle(name);
    }

    private static InputStream shipped(String name) throws Exception {
        return URI.create("mvn:io.kairos/" + name + "/0.1.0-SNAPSHOT").toURL().openStream();
    }
}
