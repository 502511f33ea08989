package io.kairos.core.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Finds what the bundles on this node declare about their settings. */
final class Declarations {

    private final BundleContext context;

    Declarations(BundleContext context) {
        this.context = context;
    }

    /** The declaration for a PID or factory PID; empty where no bundle that is here has one. */
    Optional<ObjectClassDefinition> find(MetaTypeService service, String pid) {
        // A PID is called like its bundle (docs/decisions), so the bundle whose name it begins with is asked first.
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null && bundle.getState() != Bundle.UNINSTALLED)
                .sorted(Comparator.comparing((Bundle bundle) -> !pid.startsWith(bundle.getSymbolicName())))
                .flatMap(bundle -> declared(service, bundle, pid).stream())
                .findFirst();
    }

    private static Optional<ObjectClassDefinition> declared(MetaTypeService service, Bundle bundle, String pid) {
        MetaTypeInformation information = service.getMetaTypeInformation(bundle);
        boolean isHere = information != null
                && Stream.concat(Arrays.stream(information.getPids()), Arrays.stream(information.getFactoryPids()))
                        .anyMatch(pid::equals);
        return isHere ? Optional.ofNullable(information.getObjectClassDefinition(pid, null)) : Optional.empty();
    }
}
