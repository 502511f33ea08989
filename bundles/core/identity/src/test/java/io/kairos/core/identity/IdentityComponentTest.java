package io.kairos.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.health.Finding.Severity;
import io.kairos.api.identity.IdentityStore;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class IdentityComponentTest {

    private final List<IdentityStore> registered = new ArrayList<>();
    private int withdrawn;
    private final IdentityComponent component = new IdentityComponent(context());
    private final MemoryStore store = new MemoryStore();
    private final JdkSuite suite = new JdkSuite();

    @Test
    void waitsForStoreAndSuiteInAnyOrderAndThenOffersTheNodesIdentity() {
        component.start();
        component.setStore(store, at("a"));
        assertEquals(List.of(), registered);
        assertEquals(Severity.ERROR, component.examine().get(0).severity());

        component.setSuite(suite);

        assertEquals(1, registered.size());
        assertTrue(registered.get(0).isNew());
        assertEquals("a", registered.get(0).location().toString());
        assertEquals(Severity.OK, component.examine().get(0).severity());
    }

    @Test
    void laterStartsNeedNoSuite() {
        first();
        IdentityComponent second = new IdentityComponent(context());
        second.setStore(store, at("a"));
        second.start();

        assertEquals(2, registered.size());
        assertEquals(
                registered.get(0).node().publicIdentity(),
                registered.get(1).node().publicIdentity());
    }

    @Test
    void aStoreThatIsReplacedDoesNotDisturbTheService() {
        first();
        component.unsetStore(store);
        component.setStore(new MemoryStoreView(store), at("a"));

        assertEquals(1, registered.size());
        assertEquals(0, withdrawn);
        registered.get(0).create("later");
        assertEquals(List.of("identities/later", "identities/node"), store.list(""));
    }

    @Test
    void aStoreReplacedTheGreedyWayIsNotLost() {
        first();
        MemoryStoreView second = new MemoryStoreView(store);
        component.setStore(second, at("a"));
        component.unsetStore(store);

        assertEquals(0, withdrawn);
        registered.get(0).create("later");
    }

    @Test
    void anotherStoreWithOtherIdentitiesIsAnotherService() {
        first();
        component.setStore(new MemoryStore(), at("b"));

        assertEquals(2, registered.size());
        assertEquals(1, withdrawn);
        assertNotEquals(
                registered.get(0).node().hash(), registered.get(1).node().hash());
    }

    @Test
    void aSuiteThatIsReplacedIsUsedFromTheNextCallOn() {
        first();
        JdkSuite second = new JdkSuite();
        component.setSuite(second);
        component.unsetSuite(suite);

        assertEquals(64, registered.get(0).node().sign(new byte[1]).length);
        assertEquals(1, registered.size());
        assertSame(registered.get(0), registered.get(registered.size() - 1));
    }

    @Test
    void aFullDiskAtTheFirstStartIsTriedAgain() {
        ManualClock clock = new ManualClock();
        store.full(true);
        component.setTimers(clock);
        component.setSuite(suite);
        component.setStore(store, at("a"));
        component.start();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), registered);

        store.full(false);
        clock.advance(Duration.ofSeconds(5));

        assertEquals(1, registered.size());
        assertEquals(0, clock.waiting());
        assertEquals(Severity.OK, component.examine().get(0).severity());
    }

    @Test
    void aSuiteThatGetsItsPrimitivesLaterIsWaitedForInSmallSteps() {
        ManualClock clock = new ManualClock();
        AtomicBoolean isComplete = new AtomicBoolean();
        component.setTimers(clock);
        component.setStore(store, at("a"));
        component.setSuite(withPrimitivesWhen(isComplete));
        component.start();
        clock.advance(Duration.ofMillis(300));
        assertEquals(List.of(), registered);

        isComplete.set(true);
        clock.advance(Duration.ofMillis(500));

        assertEquals(1, registered.size());
        assertEquals(0, clock.waiting());
        assertEquals(Severity.OK, component.examine().get(0).severity());
    }

    private CryptoSuite withPrimitivesWhen(AtomicBoolean isComplete) {
        return (CryptoSuite) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CryptoSuite.class}, (proxy, method, arguments) -> {
                    if (!isComplete.get()) {
                        throw new MeshException(Failure.Kind.CONFIGURATION, "not here yet", "Wait.");
                    }
                    return method.invoke(suite, arguments);
                });
    }

    @Test
    void theServiceEndsWithTheComponent() {
        first();

        component.stop();

        assertEquals(1, withdrawn);
    }

    private void first() {
        component.setSuite(suite);
        component.setStore(store, at("a"));
        component.start();
        assertEquals(1, registered.size());
    }

    private static Map<String, Object> at(String folder) {
        return Map.of("folder", folder);
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    assertEquals("registerService", method.getName());
                    registered.add((IdentityStore) arguments[1]);
                    return registration();
                });
    }

    private Object registration() {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (proxy, method, arguments) -> {
                    assertEquals("unregister", method.getName());
                    withdrawn++;
                    return null;
                });
    }
}
