package io.kairos.admin.importer;

import io.kairos.api.admin.Configurations;
import io.kairos.api.admin.ReticulumImport;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The importer in the container. It is there without its collaborators, to say which one is missing. */
@Component(service = ReticulumImport.class)
public final class ImporterComponent implements ReticulumImport {

    private final BundleContext context;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Configurations checks;

    @Reference(
            target = Networks.IN_MAIN,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile IdentityStore identities;

    @Reference(
            target = Networks.IN_MAIN,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile KnownDestinations known;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Store store;

    @Reference(
            target = "(" + CryptoSuite.SUITE + "=" + CryptoSuite.RETICULUM + ")",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile CryptoSuite suite;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Clock clock;

    @Activate
    public ImporterComponent(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<Item> preview(Path folder) {
        return importer().preview(folder);
    }

    @Override
    public List<Item> apply(Path folder) {
        return importer().apply(folder);
    }

    private Importer importer() {
        String etc = context.getProperty("karaf.etc");
        return new Importer(new Importer.Node(
                Path.of(present(etc, "folder of settings")),
                Optional.ofNullable(checks),
                present(identities, "identity store"),
                present(known, "router"),
                present(store, "store"),
                present(suite, "crypto suite"),
                present(clock, "clock")));
    }

    private static <T> T present(T service, String name) {
        if (service == null) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "There is no " + name + " at this moment, so nothing can be imported.",
                    "The node may still be starting; mesh:doctor says what is missing.");
        }
        return service;
    }
}
