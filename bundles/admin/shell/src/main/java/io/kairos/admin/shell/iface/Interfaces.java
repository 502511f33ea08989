package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Patience;
import io.kairos.admin.shell.Services;
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
        tell(services, name, enabled, PATIENCE, out);
    }

    /** The same for an interface that takes its time. */
    static void tell(Services services, String name, boolean enabled, Duration patience, PrintStream out)
            throws InterruptedException {
        boolean settled = new Patience(services.require(Clock.class))
                .until(() -> isSettled(Running.all(services), name, enabled), patience);
        Running running = Running.all(services).get(name);
        if (running != null && settled) {
            out.print(running.told());
        } else {
            out.println("It has not come up yet: iface:list and mesh:doctor tell more.");
        }
    }

    private static boolean isSettled(Map<String, Running> running, String name, boolean enabled) {
        Running found = running.get(name);
        return found != null && found.isSettled() && enabled == (found.state() != InterfaceState.DISABLED);
    }
}
