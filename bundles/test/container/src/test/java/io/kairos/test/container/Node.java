package io.kairos.test.container;

import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** The finished distribution, and what the tests ask of it. */
final class Node {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BundleContext context;

    Node(BundleContext context) {
        this.context = context;
    }

    /** The archive as it is shipped; only Pax Exam's own bundles come from a folder beside it. */
    static Option[] options() {
        File target = new File(System.getProperty("kairos.target"));
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty("kairos.staged"), "distribution.tar.gz")
                            .toURI()
                            .toString())
                    .name("Kairos")
                    .karafVersion(System.getProperty("karaf.version"))
                    .useDeployFolder(false)
                    .unpackDirectory(new File(target, "exam")),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            keepRuntimeFolder(),
            CoreOptions.systemTimeout(60_000),
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
