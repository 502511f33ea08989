package io.kairos.platform.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** The gate between bundles of a make-believe framework: 0 is the framework, 1 is admitted, 2 is foreign. */
class GateTest {

    @TempDir
    private Path folder;

    private Gate gate;
    private final BundleRevision framework = revision(0, true);
    private BundleRevision ours;
    private BundleRevision foreign;

    @BeforeEach
    void open() throws Exception {
        Path storage = folder.resolve("cache");
        for (int id = 1; id <= 2; id++) {
            Path revision = Files.createDirectories(storage.resolve("bundle" + id + "/version0.0"));
            Files.writeString(revision.resolve("revision.location"), "inputstream:");
            Files.writeString(revision.resolve("bundle.jar"), "content " + id);
        }
        Path allowed = Files.writeString(
                folder.resolve("allowed"),
                Sha256.of(storage.resolve("bundle1/version0.0/bundle.jar")) + " mvn:a/b/1\n");
        gate = new Gate(new Judge(
                new RevisionFiles(storage),
                new ShippedFiles(Files.createDirectories(folder.resolve("system"))),
                new AllowedContents(allowed),
                new Memory(folder.resolve("memory"))));
        ours = revision(1, false);
        foreign = revision(2, false);
    }

    @SuppressWarnings("unchecked")
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        Object[] self = new Object[1];
        self[0] = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> type.getSimpleName();
                    default -> answers.get(method.getName());
                });
        return (T) self[0];
    }

    private static BundleRevision revision(long id, boolean isResolved) {
        BundleRevision[] newest = new BundleRevision[1];
        Bundle bundle = (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundleId" -> id;
                    case "getLastModified" -> 7L;
                    case "getLocation" -> "file:" + id;
                    case "getSymbolicName" -> "bundle" + id;
                    case "adapt" -> newest[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        newest[0] = isResolved
                ? fake(
                        BundleRevision.class,
                        Map.of(
                                "getBundle", bundle,
                                "getWiring", fake(BundleWiring.class, Map.of()),
                                "getDeclaredRequirements", List.of()))
                : fake(BundleRevision.class, Map.of("getBundle", bundle, "getDeclaredRequirements", List.of()));
        return newest[0];
    }

    private static BundleCapability offer(BundleRevision by) {
        return fake(BundleCapability.class, Map.of("getRevision", by));
    }

    private static BundleRequirement wish(BundleRevision by) {
        return fake(BundleRequirement.class, Map.of("getRevision", by));
    }

    @Test
    void anAttemptThatIsOnlyAboutForeignBundlesFails() {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> gate.begin(List.of(foreign)));
        assertEquals(Gate.REFUSED, refused.getMessage());
    }

    @Test
    void nothingIsTakenOutOfWhatMayResolveWhileAForeignBundleLiesAbout() {
        ResolverHook attempt = gate.begin(List.of(ours));
        List<BundleRevision> candidates = new ArrayList<>(List.of(ours, foreign));

        attempt.filterResolvable(candidates);

        assertEquals(List.of(ours, foreign), candidates, "Felix would offer nothing resolved to anybody");
    }

    @Test
    void aForeignBundleGetsNothingAndGivesNothing() {
        ResolverHook attempt = gate.begin(List.of(ours));
        BundleCapability java = offer(framework);
        List<BundleCapability> forOurs = new ArrayList<>(List.of(java, offer(foreign)));
        List<BundleCapability> forForeign = new ArrayList<>(List.of(java));
        List<BundleCapability> rivals = new ArrayList<>(List.of(offer(foreign)));

        attempt.filterMatches(wish(ours), forOurs);
        attempt.filterMatches(wish(foreign), forForeign);
        attempt.filterSingletonCollisions(offer(ours), rivals);

        assertEquals(List.of(java), forOurs);
        assertEquals(List.of(), forForeign);
        assertEquals(List.of(), rivals);
    }

    @Test
    void oneThatNeedsNothingDoesNotSlipThroughWithOthers() {
        ResolverHook attempt = gate.begin(List.of(ours, foreign));
        List<BundleRevision> candidates = new ArrayList<>(List.of(ours, foreign));

        attempt.filterResolvable(candidates);

        assertEquals(List.of(ours), candidates);
    }

    @Test
    void attemptsWithoutATriggerGoOn() {
        gate.begin(List.of()).end();
    }
}
