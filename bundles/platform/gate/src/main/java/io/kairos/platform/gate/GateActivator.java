package io.kairos.platform.gate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;

/**
 * Puts the gate up. It belongs to an extension of the framework, whose activators run before any bundle is resolved: a foreign
 * bundle cannot be faster, whatever start level it was given.
 */
public final class GateActivator implements BundleActivator {

    /** Says {@code production} or {@code developer}. */
    static final String MODE = "kairos.mode";

    /** The only value that leaves the gate open. */
    static final String DEVELOPER = "developer";

    private static final Logger LOG = System.getLogger(GateActivator.class.getPackageName());

    @Override
    public void start(BundleContext context) {
        String mode = context.getProperty(MODE);
        if (DEVELOPER.equals(mode)) {
            LOG.log(
                    Level.WARNING,
                    "This node runs in developer mode: bundles of anybody run here."
                            + " Remove kairos.mode from etc/custom.system.properties when you are done.");
            return;
        }
        if (mode != null && !mode.equals("production")) {
            LOG.log(Level.WARNING, "kairos.mode is neither production nor developer; production is assumed.");
        }
        Path storage = Path.of(property(context, Constants.FRAMEWORK_STORAGE, "data/cache"));
        Path shipped = Path.of(property(context, "karaf.home", "."))
                .resolve(property(context, "karaf.default.repository", "system"));
        Path data = Path.of(property(context, "karaf.data", "data"));
        Judge judge = new Judge(
                new RevisionFiles(storage),
                new ShippedFiles(shipped),
                new AllowedContents(data.resolve("packages").resolve("allowed")),
                new Memory(storage.resolve("bundle0").resolve("gate")));
        context.registerService(ResolverHookFactory.class, new Gate(judge), null);
    }

    @Override
    public void stop(BundleContext context) {
        // an extension stops with the framework, which forgets the hook
    }

    private static String property(BundleContext context, String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
