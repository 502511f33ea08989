package io.kairos.test.container;

import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** The finished distribution, and what the tests ask of it. */
final class Node {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BundleContext context;

    Node(BundleContext context) {
        this.context = context;
    }

    /** The archive as it is shipped; only Pax Exam's own bundles come from a folder beside it. */
    static Option[] options() {
        return options("distribution.tar.gz");
    }

    /** The small one, as its launcher starts it where there is no terminal. */
    static Option[] leanOptions() {
        return CoreOptions.options(
                CoreOptions.composite(options("lean.tar.gz")),
                CoreOptions.systemProperty("kairos.start.level").value("90"));
    }

    private static Option[] options(String archive) {
        File target = new File(System.getProperty("kairos.target"));
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty("kairos.staged"), archive)
                            .toURI()
                            .toString())
                    .name("Kairos")
                    .karafVersion(System.getProperty("karaf.version"))
                    .useDeployFolder(false)
                    .unpackDirectory(new File(target, "exam")),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            keepRuntimeFolder(),
            CoreOptions.systemTimeout(180_000),
            // tests bring bundles of their own; it is not in production mode that a node takes them
            CoreOptions.systemProperty("kairos.mode").value("developer"),
            // how long the injected services may take, on a machine that has other things to do
            CoreOptions.systemProperty("pax.exam.service.timeout").value("180000"),
            CoreOptions.systemProperty("kairos.target").value(target.getAbsolutePath()),
            // Pax Exam's bundles and rebuilt jars are foreign to the gate
            CoreOptions.systemProperty("kairos.mode").value("developer"),
            CoreOptions.systemProperty(EveryBundleIT.ONLY).value(System.getProperty(EveryBundleIT.ONLY, ".*")),
            vmOption("-Xmx256m"),
            vmOption("--add-opens=java.base/java.net=ALL-UNNAMED"),
            vmOption("--add-opens=java.base/java.lang=ALL-UNNAMED"),
            vmOption("--add-opens=java.base/java.util=ALL-UNNAMED"),
            editConfigurationFilePut(
                    "etc/org.ops4j.pax.url.mvn.cfg",
                    "org.ops4j.pax.url.mvn.localRepository",
                    System.getProperty("kairos.exam")),
            // no test sends anything beyond this machine
            editConfigurationFilePut("etc/io.kairos.transport.auto-lan.cfg", "enabled", "false"),
            editConfigurationFilePut("etc/io.kairos.transport.local-programs.cfg", "enabled", "false"),
        };
    }

    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
    }

    boolean has(String symbolicName) {
        return Arrays.stream(context.getBundles()).anyMatch(bundle -> symbolicName.equals(bundle.getSymbolicName()));
    }

    /** Which incarnation of each Kairos bundle runs: a bundle that was stopped, refreshed or updated shows another one. */
    Map<String, String> incarnations() {
        Map<String, String> all = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().startsWith("io.kairos.")) {
                int wiring = System.identityHashCode(bundle.adapt(BundleWiring.class));
                all.put(
                        bundle.getSymbolicName(),
                        stateOf(bundle) + ", wiring " + wiring + ", context "
                                + System.identityHashCode(bundle.getBundleContext()));
            }
        }
        return all;
    }

    /** What should run and does not. Extensions of the framework have no life of their own: resolved is all they get. */
    Map<String, String> notRunning() {
        Map<String, String> notRunning = incarnations();
        notRunning.values().removeIf(state -> state.startsWith("active"));
        for (Bundle bundle : context.getBundles()) {
            boolean isPart = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            if (isPart && bundle.getState() == Bundle.RESOLVED) {
                notRunning.remove(bundle.getSymbolicName());
            }
        }
        return notRunning;
    }

    static Map<String, String> without(String bundle, Map<String, String> incarnations) {
        Map<String, String> others = new TreeMap<>(incarnations);
        others.remove(bundle);
        return others;
    }

    /**
     * Puts the same classes under a higher version in the place of a bundle, as {@code bundle:update} does.
     *
     * @return milliseconds from the beginning until {@code isBack} holds
     */
    long update(String symbolicName, String version, Callable<Boolean> isBack) throws Exception {
        URL shipped =
                URI.create("mvn:io.kairos/" + symbolicName + "/0.1.0-SNAPSHOT").toURL();
        try (InputStream rebuilt = Rebuilt.as(version, shipped.openStream())) {
            long start = System.nanoTime();
            bundle(symbolicName).update(rebuilt);
            await(symbolicName + " is back", isBack);
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.println("updating " + symbolicName + " took " + millis + " ms");
            return millis;
        }
    }

    boolean isActive(String symbolicName) {
        return bundle(symbolicName).getState() == Bundle.ACTIVE;
    }

    /** A service that the node must have by now. */
    <T> T service(Class<T> type) {
        ServiceReference<T> reference = context.getServiceReference(type);
        T service = reference == null ? null : context.getService(reference);
        if (service == null) {
            throw new AssertionError("no service " + type.getName());
        }
        return service;
    }

    static String stateOf(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "active";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.INSTALLED -> "installed";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            default -> "uninstalled";
        };
    }

    /** Waits until something is true. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            Thread.sleep(20);
        }
    }
}
