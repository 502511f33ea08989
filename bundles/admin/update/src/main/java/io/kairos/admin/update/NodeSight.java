package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.plugin.MavenCoordinates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** Looks at the running node. Threads: any. */
final class NodeSight {

    private final BundleContext context;
    private final Path shipped;

    NodeSight(BundleContext context, Path shipped) {
        this.context = context;
        this.shipped = shipped;
    }

    /** @param missing bundles whose interfaces do not count */
    Impression look(Set<String> missing) {
        Set<String> others = interfacesOf(missing);
        Set<String> identities = new HashSet<>();
        each(
                IdentityStore.class,
                reference -> use(
                        reference,
                        store -> store.all()
                                .forEach(identity -> identities.add(network(reference) + " " + identity.name() + " "
                                        + identity.hash().toHex()))));
        Set<String> up = new HashSet<>();
        Set<String> configured = new HashSet<>();
        each(
                Router.class,
                reference -> use(
                        reference,
                        router -> router.interfaces().stream()
                                .filter(one -> one.parent().isEmpty() && !others.contains(one.name()))
                                .forEach(one -> {
                                    configured.add(one.name());
                                    if (one.state() == InterfaceState.UP) {
                                        up.add(one.name());
                                    }
                                })));
        Map<String, Integer> errors = new TreeMap<>();
        List<String> words = new ArrayList<>();
        each(HealthCheck.class, reference -> use(reference, check -> examine(check, errors, words)));
        return new Impression(identities, up, configured, errors, words, idle());
    }

    private Set<String> interfacesOf(Set<String> bundles) {
        Set<String> names = new HashSet<>();
        each(MeshInterface.class, reference -> {
            Bundle by = reference.getBundle();
            if (by != null && bundles.contains(by.getSymbolicName())) {
                use(reference, medium -> names.add(medium.name()));
            }
        });
        return names;
    }

    private static void examine(HealthCheck check, Map<String, Integer> errors, List<String> words) {
        check.examine().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .forEach(finding -> {
                    errors.merge(check.subject(), 1, Integer::sum);
                    words.add(finding.message());
                });
    }

    /** Bundles of the distribution that were told to run and do not. */
    private List<String> idle() {
        int level = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0 && isShipped(bundle.getLocation()))
                .filter(bundle -> !runs(bundle, level))
                .map(bundle -> "bundle " + bundle.getSymbolicName() + " does not run")
                .toList();
    }

    private static boolean runs(Bundle bundle, int level) {
        boolean isFragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        if (isFragment) {
            return bundle.getState() == Bundle.RESOLVED;
        }
        BundleStartLevel wanted = bundle.adapt(BundleStartLevel.class);
        boolean isLazy =
                bundle.getState() == Bundle.STARTING && bundle.getHeaders().get("Bundle-ActivationPolicy") != null;
        return bundle.getState() == Bundle.ACTIVE
                || isLazy
                || !wanted.isPersistentlyStarted()
                || wanted.getStartLevel() > level;
    }

    private boolean isShipped(String location) {
        if (!location.startsWith("mvn:")) {
            return true;
        }
        try {
            return Files.exists(shipped.resolve(MavenCoordinates.ofUrl(location).path()));
        } catch (MalformedException e) {
            return true;
        }
    }

    private static String network(ServiceReference<?> reference) {
        return reference.getProperty(Networks.PROPERTY) instanceof String name ? name : Networks.MAIN;
    }

    private <T> void each(Class<T> type, Consumer<ServiceReference<T>> consumer) {
        try {
            context.getServiceReferences(type, null).forEach(consumer);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter was given", e);
        }
    }

    private <T> void use(ServiceReference<T> reference, Consumer<T> consumer) {
        T service = context.getService(reference);
        if (service == null) {
            return;
        }
        try {
            consumer.accept(service);
        } catch (MeshException e) {
            // it cannot answer at this moment, so what it would have told is missing and is asked for again
        } finally {
            context.ungetService(reference);
        }
    }
}
