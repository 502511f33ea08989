package io.kairos.admin.update;

import io.kairos.api.admin.Plugins.Check;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.apache.karaf.features.Repository;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The node as Karaf runs it. Threads: one at a time. */
final class KarafContainer implements Container {

    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)*]+)\\)");

    private final BundleContext context;
    private final Supplier<FeaturesService> features;
    private final Supplier<ConfigurationAdmin> configurations;
    private final SelfTest selfTest;

    KarafContainer(
            BundleContext context,
            Supplier<FeaturesService> features,
            Supplier<ConfigurationAdmin> configurations,
            SelfTest selfTest) {
        this.context = context;
        this.features = features;
        this.configurations = configurations;
        this.selfTest = selfTest;
    }

    @Override
    public List<Running> bundles() {
        List<Running> all = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision != null) {
                all.add(running(bundle, revision));
            }
        }
        return all;
    }

    private static Running running(Bundle bundle, BundleRevision revision) {
        Set<String> exports = new HashSet<>();
        revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)
                .forEach(capability -> exports.add(
                        String.valueOf(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))));
        Set<String> imports = new HashSet<>();
        revision.getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE).forEach(requirement -> {
            Matcher matcher = PACKAGE.matcher(
                    requirement.getDirectives().getOrDefault(PackageNamespace.REQUIREMENT_FILTER_DIRECTIVE, ""));
            if (matcher.find()) {
                imports.add(matcher.group(1));
            }
        });
        // a lazy bundle becomes active by itself
        boolean isUp = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
        String life = (isUp ? "up" : String.valueOf(bundle.getState())) + " " + bundle.getLastModified() + " "
                + System.identityHashCode(bundle.adapt(BundleWiring.class)) + " "
                + System.identityHashCode(bundle.getBundleContext());
        return new Running(bundle.getBundleId(), String.valueOf(bundle.getSymbolicName()), life, exports, imports);
    }

    @Override
    public Map<String, Set<String>> offeredFeatures() {
        Map<String, Set<String>> offered = new TreeMap<>();
        try {
            for (Repository repository : features.get().listRepositories()) {
                for (Feature feature : repository.getFeatures()) {
                    offered.computeIfAbsent(feature.getName(), name -> new TreeSet<>())
                            .add(repository.getURI().toString());
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("the features of this node cannot be listed", e);
        }
        return offered;
    }

    @Override
    public boolean hasConfiguration(String name) {
        return !found(name).isEmpty();
    }

    @Override
    public void removeConfiguration(String name) {
        try {
            for (Configuration configuration : found(name)) {
                configuration.delete();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the settings " + name + " cannot be removed", e);
        }
    }

    /** A name is a PID, or a factory PID and an instance divided by {@code ~} or {@code -}. */
    private List<Configuration> found(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._~-]", "");
        int tilde = safe.indexOf('~');
        int divider = tilde >= 0 ? tilde : safe.indexOf('-');
        String filter = divider < 0
                ? "(service.pid=" + safe + ")"
                : "(|(service.pid=" + safe + ")(service.pid=" + safe.substring(0, divider) + "~"
                        + safe.substring(divider + 1) + ")(org.apache.karaf.features.configKey=" + safe + "))";
        try {
            Configuration[] list = configurations.get().listConfigurations(filter);
            return list == null ? List.of() : Arrays.asList(list);
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("the settings " + name + " cannot be looked up", e);
        }
    }

    @Override
    public boolean isInForce(Change change) {
        try {
            Set<String> repositories = repositories();
            Set<String> required = new HashSet<>(root(features.get().listRequirements()));
            return repositories.containsAll(change.addRepositories())
                    && change.removeRepositories().stream().noneMatch(repositories::contains)
                    && change.addFeatures().stream()
                            .allMatch(feature -> isWanted(required, feature) && isThere(feature))
                    && change.removeFeatures().stream().noneMatch(feature -> isWanted(required, feature));
        } catch (Exception e) {
            throw new IllegalStateException("the features of this node cannot be listed", e);
        }
    }

    private boolean isThere(String feature) {
        int slash = feature.indexOf('/');
        try {
            Feature found = features.get().getFeature(feature.substring(0, slash), feature.substring(slash + 1));
            return found != null && features.get().isInstalled(found);
        } catch (Exception e) {
            return false;
        }
    }

    @Override
    public void simulate(Change change) throws Exception {
        FeaturesService service = features.get();
        Set<String> known = repositories();
        Set<String> added = new TreeSet<>(change.addRepositories());
        added.removeAll(known);
        if (change.addFeatures().isEmpty()) {
            return;
        }
        try {
            for (String repository : added) {
                service.addRepository(URI.create(repository));
            }
            // a feature that replaces another version of itself
            service.installFeatures(
                    change.addFeatures(), FeaturesService.ROOT_REGION, EnumSet.of(Option.Simulate, Option.Upgrade));
        } finally {
            for (String repository : added) {
                service.removeRepository(URI.create(repository), false);
            }
        }
    }

    @Override
    public void apply(Change change) throws Exception {
        Set<String> repositories = repositories();
        repositories.removeAll(change.removeRepositories());
        repositories.addAll(change.addRepositories());
        features.get().updateReposAndRequirements(uris(repositories), required(change), EnumSet.noneOf(Option.class));
    }

    private Map<String, Set<String>> required(Change change) {
        Map<String, Set<String>> required = new TreeMap<>();
        features.get().listRequirements().forEach((region, wanted) -> required.put(region, new TreeSet<>(wanted)));
        Set<String> root = required.computeIfAbsent(FeaturesService.ROOT_REGION, region -> new TreeSet<>());
        root.removeIf(one -> change.removeFeatures().stream().anyMatch(feature -> isWanted(Set.of(one), feature)));
        for (String feature : change.addFeatures()) {
            if (!isWanted(root, feature)) {
                root.add(requirement(feature));
            }
        }
        return required;
    }

    private static Set<String> root(Map<String, Set<String>> required) {
        return required.getOrDefault(FeaturesService.ROOT_REGION, Set.of());
    }

    private static String requirement(String feature) {
        int slash = feature.indexOf('/');
        String version = feature.substring(slash + 1);
        return "feature:" + feature.substring(0, slash) + "/[" + version + "," + version + "]";
    }

    private static boolean isWanted(Set<String> required, String feature) {
        return required.contains(requirement(feature)) || required.contains("feature:" + feature);
    }

    private Set<String> repositories() throws Exception {
        Set<String> all = new TreeSet<>();
        for (Repository repository : features.get().listRequiredRepositories()) {
            all.add(repository.getURI().toString());
        }
        return all;
    }

    private static Set<URI> uris(Set<String> texts) {
        Set<URI> uris = new HashSet<>();
        texts.forEach(text -> uris.add(URI.create(text)));
        return uris;
    }

    @Override
    public void clear(Set<String> names) {
        for (Bundle bundle : context.getBundles()) {
            String name = bundle.getSymbolicName();
            if (names.contains(name)) {
                try {
                    bundle.uninstall();
                } catch (BundleException e) {
                    throw new IllegalStateException("the bundle " + name + " cannot be removed", e);
                }
            }
        }
    }

    @Override
    public List<Check> test(Map<String, String> bundles) {
        return selfTest.test(bundles);
    }

    @Override
    public Set<String> errors(Set<String> exceptNames) {
        return selfTest.errors(exceptNames);
    }

    @Override
    public Set<String> errorsBeyond(Set<String> known, Set<String> exceptNames) {
        return selfTest.errorsBeyond(known, exceptNames);
    }
}
