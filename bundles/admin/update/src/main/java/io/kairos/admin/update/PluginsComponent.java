package io.kairos.admin.update;

import io.kairos.api.admin.Plugins;
import io.kairos.api.crypto.Signer;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.FileTransfers;
import io.kairos.api.time.Clock;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plugins in the container. It is there without its collaborators, to say which one is missing. */
@Component(
        service = {Plugins.class, PluginsComponent.class},
        immediate = true)
public final class PluginsComponent implements Plugins {

    private static final Logger LOG = LoggerFactory.getLogger(PluginsComponent.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile FeaturesService features;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ConfigurationAdmin configurations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile ServiceComponentRuntime components;

    @Reference(
            target = "(" + Signer.ALGORITHM + "=Ed25519)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Signer signer;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile FileTransfers transfers;

    private final BundleContext context;
    private final PluginDesk desk;

    @Activate
    public PluginsComponent(BundleContext context, @Reference Clock clock) throws IOException {
        this.context = context;
        String running = NodeStart.of(context).running();
        VersionFolder versions = new VersionFolder(NodeStart.folder(context));
        Path etc = path(context, "karaf.etc", "etc");
        Path folder = path(context, "karaf.data", "data").resolve("packages");
        KeyFile keys = new KeyFile(etc.resolve(KeyFile.FILE));
        Path shipped = path(context, "karaf.home", ".")
                .resolve(Optional.ofNullable(context.getProperty("karaf.default.repository"))
                        .orElse("system"));
        SelfTest test = new SelfTest(context, () -> components, clock);
        desk = new PluginDesk(
                keys,
                new PackageStore(folder),
                new KarafContainer(
                        context,
                        () -> present(features, "features service"),
                        () -> present(configurations, "configuration service"),
                        test),
                new Verifier(keys, this::isSigned, clock::now, node(context)),
                shipped,
                new LaidFiles(etc, folder),
                new Sources(() -> transfers),
                () -> versions.leftOut(running),
                Steps.of(context.getProperty(Steps.HALT)));
    }

    /** Only then may features be changed: before, the container is installing them itself. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBootFinished(BootFinished finished) {
        Thread thread = new Thread(this::recover, "kairos-update-recovery");
        thread.setDaemon(true);
        thread.start();
    }

    void unbindBootFinished(BootFinished finished) {
        // nothing depends on it any more
    }

    @Deactivate
    void close() {
        // a recovery that runs ends by itself; it holds no port and no file
    }

    /** The plugins that would not work in a version of the node. */
    List<LeftOut> leftOutIn(PackageVersion version, Path distribution) throws IOException {
        List<BundleTies.Offer> framework = new ArrayList<>();
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(BundleRevision.class)
                .getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                .forEach(capability -> framework.add(BundleTies.Offer.ofPackage(
                        String.valueOf(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)),
                        capability.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)
                                        instanceof Version given
                                ? given
                                : Version.emptyVersion)));
        return desk.leftOutIn(new NextNode(version, distribution, framework), version);
    }

    private void recover() {
        try {
            desk.recover();
        } catch (Exception e) {
            LOG.error(
                    "The plugins of this node could not be brought to what is recorded; the next start tries again", e);
        }
    }

    private boolean isSigned(PackageKey key, byte[] message, byte[] signature) {
        return key.algorithm().equals(PackageKey.ED25519)
                && present(signer, "Ed25519 primitive").verify(key.raw(), message, signature);
    }

    private static PackageVersion node(BundleContext context) {
        Version version = context.getBundle().getVersion();
        return new PackageVersion(version.getMajor(), version.getMinor(), version.getMicro(), version.getQualifier());
    }

    private static Path path(BundleContext context, String property, String otherwise) {
        String value = context.getProperty(property);
        return Path.of(value == null ? otherwise : value).toAbsolutePath();
    }

    private static <T> T present(T service, String name) {
        if (service == null) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "There is no " + name + " at this moment, so packages cannot be handled.",
                    "The node may still be starting; mesh:doctor says what is missing.");
        }
        return service;
    }

    @Override
    public List<TrustedKey> trustedKeys() {
        return desk.trustedKeys();
    }

    @Override
    public void trust(String name, String key) {
        desk.trust(name, key);
    }

    @Override
    public void distrust(String name) {
        desk.distrust(name);
    }

    @Override
    public PackageView verify(String source) {
        return desk.verify(source);
    }

    @Override
    public Plan planInstall(String source, Optional<String> name, Set<Consent> consents) {
        return desk.planInstall(source, name, consents);
    }

    @Override
    public Plan planRollback(String name) {
        return desk.planRollback(name);
    }

    @Override
    public Plan planUninstall(String name) {
        return desk.planUninstall(name);
    }

    @Override
    public void apply(Plan plan, Consumer<String> progress) {
        desk.apply(plan, progress);
    }

    @Override
    public void discard(Plan plan) {
        desk.discard(plan);
    }

    @Override
    public List<Installed> installed() {
        return desk.installed();
    }

    @Override
    public List<Check> check(String name) {
        return desk.check(name);
    }
}
