package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
import io.kairos.api.failure.Failure;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.InterfaceState;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeService;

/** What the commands of this package share. */
final class Interfaces {

    /** The container looks at its folder every second; then the medium is tried. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final String NOT_YET = "It has not come up yet: iface:list and mesh:doctor tell more.";

    private Interfaces() {}

    static KindCatalog catalog(Services services, BundleContext context) {
        return KindCatalog.read(services.require(MetaTypeService.class), context.getBundles());
    }

    static InterfaceConfigurations configurations(Services services, BundleContext context) {
        Optional<Path> folder =
                Optional.ofNullable(context.getProperty("karaf.etc")).map(Path::of);
        return new InterfaceConfigurations(
                services.require(ConfigurationAdmin.class), catalog(services, context), folder);
    }

    /** Waits until the interface has found out whether it works, and tells. */
    static void tell(Services services, String name, boolean enabled, PrintStream out) throws InterruptedException {
        boolean settled = new Patience(services.require(Clock.class))
                .until(() -> isSettled(Running.all(services), name, enabled), PATIENCE);
        Running running = Running.all(services).get(name);
        if (running != null && settled) {
            out.print(running.told());
        } else {
            out.println(NOT_YET);
        }
    }

    /**
     * Waits until the interface is up, also over attempts that fail, unless only its operator can help. Tells, and says
     * whether it is up.
     */
    static boolean tellUp(Services services, String name, Duration patience, PrintStream out)
            throws InterruptedException {
        new Patience(services.require(Clock.class))
                .until(() -> isUpOrRefused(Running.all(services).get(name)), patience);
        Running running = Running.all(services).get(name);
        if (running == null) {
            out.println(NOT_YET);
            return false;
        }
        out.print(running.told());
        if (running.state() == InterfaceState.STARTING) {
            out.println(NOT_YET);
        }
        return running.state() == InterfaceState.UP;
    }

    private static boolean isUpOrRefused(Running running) {
        return running != null
                && (running.state() == InterfaceState.UP
                        || running.state() == InterfaceState.DOWN
                                && running.failure()
                                        .filter(why -> why.kind() == Failure.Kind.CONFIGURATION
                                                || why.kind() == Failure.Kind.POLICY)
                                        .isPresent());
    }

    private static boolean isSettled(Map<String, Running> running, String name, boolean enabled) {
        Running found = running.get(name);
        return found != null && found.isSettled() && enabled == (found.state() != InterfaceState.DISABLED);
    }
}
