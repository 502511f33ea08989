package io.kairos.admin.update;

import io.kairos.api.admin.Plugins.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A container in memory: what was asked for is in force, unless a test says otherwise. */
final class FakeContainer implements Container {

    final Set<String> repositories = new TreeSet<>(Set.of("mvn:io.kairos/features/1/xml/features"));
    final Set<String> features = new TreeSet<>(Set.of("kairos-core/1"));
    final Set<String> configurations = new TreeSet<>(Set.of("io.kairos.core.router"));
    final List<Running> running = new ArrayList<>(List.of(new Running(
            1, "io.kairos.core.router", "first", Set.of("io.kairos.core"), Set.of("org.slf4j", "io.kairos.optional"))));
    final Set<String> errors = new TreeSet<>();

    /** What else happens when features are brought about, for example files that are laid. */
    Consumer<Change> besides = change -> {};

    /** What goes wrong, by the version that is installed. */
    final Map<String, String> faults = new HashMap<>();

    String state() {
        return repositories + " " + features + " " + configurations + " " + running;
    }

    @Override
    public List<Running> bundles() {
        return List.copyOf(running);
    }

    @Override
    public Map<String, Set<String>> offeredFeatures() {
        return Map.of("kairos-core", Set.of("mvn:io.kairos/features/1/xml/features"));
    }

    @Override
    public boolean hasConfiguration(String name) {
        return configurations.contains(name);
    }

    @Override
    public void removeConfiguration(String name) {
        configurations.remove(name);
    }

    @Override
    public boolean isInForce(Change change) {
        return repositories.containsAll(change.addRepositories())
                && features.containsAll(change.addFeatures())
                && change.removeFeatures().stream().noneMatch(features::contains);
    }

    @Override
    public void simulate(Change change) throws Exception {
        if (fault(change).equals("unresolvable")) {
            throw new Exception("Unable to resolve root: missing requirement no.such.pack");
        }
    }

    @Override
    public void apply(Change change) throws Exception {
        repositories.removeAll(change.removeRepositories());
        features.removeAll(change.removeFeatures());
        besides.accept(change);
        if (fault(change).equals("halfway")) {
            throw new Exception("Error starting bundle");
        }
        repositories.addAll(change.addRepositories());
        features.addAll(change.addFeatures());
        if (!change.addFeatures().isEmpty()) {
            configurations.add("org.example.hello");
        }
        running.set(0, withLife(fault(change).equals("stops") ? "second" : "first"));
        boolean isMissed = change.addFeatures().isEmpty() && faults.containsKey("missed");
        if (isMissed || fault(change).equals("harms")) {
            errors.add("Interface lan is down");
        }
    }

    private Running withLife(String life) {
        Running old = running.get(0);
        return new Running(old.id(), old.symbolicName(), life, old.exports(), old.imports());
    }

    private String fault(Change change) {
        return change.addFeatures().stream()
                .map(feature -> faults.getOrDefault(feature.substring(feature.indexOf('/') + 1), ""))
                .filter(fault -> !fault.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void clear(Set<String> names) {
        running.removeIf(bundle -> names.contains(bundle.symbolicName()));
    }

    @Override
    public List<Check> test(Map<String, String> bundles) {
        List<Check> checks = new ArrayList<>();
        bundles.forEach((name, version) -> {
            boolean isGood = !faults.getOrDefault(version, "").equals("fails");
            checks.add(
                    new Check(isGood, "bundle " + name + (isGood ? " runs" : " does not run"), isGood ? "" : "Look."));
        });
        return checks;
    }

    @Override
    public Set<String> errors(Set<String> exceptNames) {
        return Set.copyOf(errors);
    }

    @Override
    public Set<String> errorsBeyond(Set<String> known, Set<String> exceptNames) {
        Set<String> further = new TreeSet<>(errors);
        further.removeAll(known);
        return further;
    }
}
