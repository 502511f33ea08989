package io.kairos.platform.compat;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** Registers the weavers: that of the console always, that of the role checks where the Java runtime needs it. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class CompatActivator implements BundleActivator {

    /** The first Java without a working {@code Subject.getSubject}. */
    static final int FIRST_WITHOUT_SUBJECT = 24;

    @Override
    public void start(BundleContext context) {
        context.registerService(WeavingHook.class, new ConsoleWeaver(), null);
        if (isNeeded(Runtime.version().feature())) {
            context.registerService(WeavingHook.class, new SubjectWeaver(), null);
        }
    }

    @Override
    public void stop(BundleContext context) {
        // the framework unregisters the hooks; classes woven before keep their calls to the exported shims
    }

    static boolean isNeeded(int javaVersion) {
        return javaVersion >= FIRST_WITHOUT_SUBJECT;
    }
}
