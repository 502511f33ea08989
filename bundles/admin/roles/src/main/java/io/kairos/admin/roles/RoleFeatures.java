package io.kairos.admin.roles;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.net.URI;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Repository;

/** Roles as features of Karaf: {@code kairos-role-<name>}. */
final class RoleFeatures implements Provisioner {

    private static final String PREFIX = "kairos-role-";
    private static final String REQUIREMENT = "feature:";

    private final FeaturesService features;

    RoleFeatures(FeaturesService features) {
        this.features = features;
    }

    @Override
    public Map<String, String> known() {
        Map<String, String> known = new TreeMap<>();
        roles().forEach((name, feature) -> known.put(name, feature.getDescription()));
        return known;
    }

    @Override
    public Set<String> installed() {
        Set<String> installed = new TreeSet<>();
        roles().forEach((name, feature) -> {
            if (features.isInstalled(feature)) {
                installed.add(name);
            }
        });
        return installed;
    }

    @Override
    public void provision(Set<String> wanted) {
        Deployment deployment = new Deployment();
        features.registerListener(deployment);
        try {
            request(wanted);
            if (!deployment.leadsTo(() -> installed().equals(wanted))) {
                throw failed(wanted, "the container has not done it", null);
            }
        } finally {
            features.unregisterListener(deployment);
        }
    }

    /** One step for everything, so that no role is left before the next one is there. */
    private void request(Set<String> wanted) {
        try {
            Map<String, Set<String>> requirements = new HashMap<>(features.listRequirements());
            Set<String> required = new HashSet<>(requirements.getOrDefault(FeaturesService.ROOT_REGION, Set.of()));
            required.removeIf(requirement -> requirement.startsWith(REQUIREMENT + PREFIX));
            Map<String, Feature> roles = roles();
            for (String name : wanted) {
                Feature feature = roles.get(name);
                required.add("%s%s/[%s,%s]"
                        .formatted(REQUIREMENT, feature.getName(), feature.getVersion(), feature.getVersion()));
            }
            requirements.put(FeaturesService.ROOT_REGION, required);
            Set<URI> repositories = new HashSet<>();
            for (Repository repository : features.listRequiredRepositories()) {
                repositories.add(repository.getURI());
            }
            features.updateReposAndRequirements(
                    repositories, requirements, EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles));
        } catch (Exception e) { // whatever the container says
            throw failed(wanted, e.getMessage(), e);
        }
    }

    private static MeshException failed(Set<String> wanted, String why, Exception cause) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "The roles could not be changed to %s: %s".formatted(wanted, why),
                "log:display shows more. The distribution brings every role, so look at whether its folder 'system' is"
                        + " complete.",
                cause);
    }

    private Map<String, Feature> roles() {
        try {
            Map<String, Feature> roles = new TreeMap<>();
            for (Feature feature : features.listFeatures()) {
                if (feature.getName().startsWith(PREFIX)) {
                    roles.put(feature.getName().substring(PREFIX.length()), feature);
                }
            }
            return roles;
        } catch (Exception e) { // a repository that cannot be read
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "The features of this node cannot be read: " + e.getMessage(),
                    "Look at whether the folder 'system' of the distribution is complete.",
                    e);
        }
    }
}
