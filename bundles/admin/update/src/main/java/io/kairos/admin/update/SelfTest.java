package io.kairos.admin.update;

import io.kairos.api.admin.Plugins.Check;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Tests bundles: they run, their components have what they need, and their own checks find no error. Threads: any. */
final class SelfTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 100;
    private static final String LOOK = "log:display shows why; plugin:rollback or plugin:uninstall takes it away.";

    private final BundleContext context;
    private final Supplier<ServiceComponentRuntime> components;
    private final Clock clock;

    SelfTest(BundleContext context, Supplier<ServiceComponentRuntime> components, Clock clock) {
        this.context = context;
        this.components = components;
        this.clock = clock;
    }

    /** What is found; waits a few seconds for what is not good yet. */
    List<Check> test(Map<String, String> wanted) {
        return settled(() -> look(wanted), found -> found.stream().allMatch(Check::isGood));
    }

    /** Errors of other bundles that are not known already; waits a few seconds for them to pass. */
    Set<String> errorsBeyond(Set<String> known, Set<String> exceptNames) {
        return settled(
                () -> {
                    Set<String> errors = errors(exceptNames);
                    errors.removeAll(known);
                    return errors;
                },
                Set::isEmpty);
    }

    private <T> T settled(Supplier<T> sight, Predicate<T> isGood) {
        CountDownLatch never = new CountDownLatch(1);
        long start = clock.nanos();
        T found = sight.get();
        try {
            while (!isGood.test(found)
                    && clock.nanos() - start < PATIENCE.toNanos()
                    && !never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                found = sight.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    /** Errors that other bundles report; numbers in them are left out, because they change by themselves. */
    Set<String> errors(Set<String> exceptNames) {
        Set<String> errors = new TreeSet<>();
        for (ServiceReference<HealthCheck> reference : checks()) {
            Bundle bundle = reference.getBundle();
            if (bundle != null && !exceptNames.contains(bundle.getSymbolicName())) {
                examine(reference).stream()
                        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                        .map(finding -> finding.message().replaceAll("\\d+", "#"))
                        .forEach(errors::add);
            }
        }
        return errors;
    }

    private List<Check> look(Map<String, String> wanted) {
        List<Check> found = new ArrayList<>();
        List<Bundle> bundles = new ArrayList<>();
        wanted.forEach((name, version) -> {
            Optional<Bundle> there = Arrays.stream(context.getBundles())
                    .filter(bundle -> name.equals(bundle.getSymbolicName()))
                    .filter(bundle -> bundle.getVersion().equals(Version.parseVersion(version)))
                    .findFirst();
            there.ifPresentOrElse(
                    bundle -> {
                        bundles.add(bundle);
                        found.add(state(bundle));
                    },
                    () -> found.add(new Check(false, "bundle " + name + " " + version + " is not there", LOOK)));
        });
        components(bundles, found);
        for (ServiceReference<HealthCheck> reference : checks()) {
            if (bundles.contains(reference.getBundle())) {
                examine(reference)
                        .forEach(finding -> found.add(new Check(
                                finding.severity() != Finding.Severity.ERROR, finding.message(), finding.remedy())));
            }
        }
        return found;
    }

    private static Check state(Bundle bundle) {
        boolean isFragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        boolean isLazy =
                bundle.getState() == Bundle.STARTING && bundle.getHeaders().get("Bundle-ActivationPolicy") != null;
        boolean isGood =
                isFragment ? bundle.getState() == Bundle.RESOLVED : bundle.getState() == Bundle.ACTIVE || isLazy;
        String name = "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion();
        return isGood ? new Check(true, name + " runs", "") : new Check(false, name + " does not run", LOOK);
    }

    private void components(List<Bundle> bundles, List<Check> found) {
        ServiceComponentRuntime runtime = components.get();
        if (runtime == null || bundles.isEmpty()) {
            return;
        }
        Collection<ComponentDescriptionDTO> descriptions =
                runtime.getComponentDescriptionDTOs(bundles.toArray(new Bundle[0]));
        for (ComponentDescriptionDTO description : descriptions) {
            for (ComponentConfigurationDTO instance : runtime.getComponentConfigurationDTOs(description)) {
                found.add(component(description, instance));
            }
        }
    }

    private static Check component(ComponentDescriptionDTO description, ComponentConfigurationDTO instance) {
        String name = "component " + description.name;
        return switch (instance.state) {
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> {
                String missing = Arrays.stream(instance.unsatisfiedReferences)
                        .map(reference -> reference.name)
                        .collect(Collectors.joining(", "));
                yield new Check(false, name + " misses the services " + missing, LOOK);
            }
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> new Check(false, name + " cannot be activated", LOOK);
            // a transport without an interface is as it should be
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                new Check(true, name + " has no settings yet", "");
            default -> new Check(true, name + " is ready", "");
        };
    }

    private Collection<ServiceReference<HealthCheck>> checks() {
        try {
            return context.getServiceReferences(HealthCheck.class, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter was given", e);
        }
    }

    private List<Finding> examine(ServiceReference<HealthCheck> reference) {
        HealthCheck check = context.getService(reference);
        if (check == null) {
            return List.of();
        }
        try {
            return check.examine();
        } catch (RuntimeException e) {
            return List.of(Finding.error("the check " + check.subject() + " failed: " + e, LOOK));
        } finally {
            context.ungetService(reference);
        }
    }
}
