package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.Networks;
import io.kairos.api.store.Store;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What becomes of a router that runs while services around it are replaced. */
class RouterHostTest {

    private static final Map<String, Object> IN_MAIN = Map.of(Networks.PROPERTY, Networks.MAIN);

    private final ManualClock clock = new ManualClock();
    private final List<Object> offered = new ArrayList<>();
    private int begun;
    private final RouterHost host =
            new RouterHost(context(), RouterSettings.defaults(64L << 20), clock, clock, new InterfaceDesk()) {};

    private BundleContext context() {
        return proxy(BundleContext.class, (name, arguments) -> {
            if (!name.equals("registerService")) {
                return null;
            }
            Object service = arguments[1];
            offered.add(service);
            if (arguments[0] == io.kairos.api.routing.PacketRouter.class) {
                begun++;
            }
            return proxy(ServiceRegistration.class, (call, none) -> {
                if (call.equals("unregister")) {
                    offered.remove(service);
                }
                return null;
            });
        });
    }

    private interface Calls {
        Object call(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> calls.call(method.getName(), arguments)));
    }

    private static IdentityStore identities(TestNode.Keys keys) {
        return proxy(IdentityStore.class, (name, arguments) -> name.equals("node") ? keys : null);
    }

    @Test
    void aRouterWaitsForStoreAndIdentity() {
        host.open();
        assertEquals(0, offered.size());
        host.bindStore(new MemoryStore());
        assertEquals(0, offered.size());
        host.bindIdentities(identities(new TestNode.Keys("other")), Map.of(Networks.PROPERTY, "dev"));
        assertEquals(0, offered.size(), "another network's");
        host.bindIdentities(identities(new TestNode.Keys("node")), IN_MAIN);
        assertEquals(1, begun);

        host.close();

        assertEquals(0, offered.size());
    }

    @Test
    void theRouterGoesOnWhileItsStoreIsReplacedAndStoresItsTablesBefore() {
        MemoryStore first = new MemoryStore();
        host.bindStore(first);
        host.bindIdentities(identities(new TestNode.Keys("node")), IN_MAIN);
        host.open();

        host.unbindStore(first);
        assertTrue(first.list("router/main").contains("router/main/paths"), "it may be the last chance");
        MemoryStore next = new MemoryStore();
        host.bindStore(next);
        assertEquals(1, begun);
        host.close();

        assertTrue(next.list("router/main").contains("router/main/links"));
    }

    @Test
    void aStoreThatWasReplacedBeforeItLeftIsNotWritten() {
        MemoryStore first = new MemoryStore();
        host.bindStore(first);
        host.bindIdentities(identities(new TestNode.Keys("node")), IN_MAIN);
        host.open();

        host.bindStore(new MemoryStore());
        host.unbindStore(first);

        assertEquals(List.of(), ((Store) first).list("router/main"));
        host.close();
    }

    @Test
    void theSameIdentityFromAnotherKeeperChangesNothingAndAnotherOneBeginsAnew() {
        TestNode.Keys keys = new TestNode.Keys("node");
        IdentityStore keeper = identities(keys);
        host.bindStore(new MemoryStore());
        host.bindIdentities(keeper, IN_MAIN);
        host.open();

        host.unbindIdentities(keeper);
        assertFalse(offered.isEmpty(), "nobody to change to");
        host.bindIdentities(identities(keys), IN_MAIN);
        assertEquals(1, begun);
        host.bindIdentities(identities(new TestNode.Keys("another")), IN_MAIN);
        assertEquals(2, begun);

        host.close();
        assertEquals(0, offered.size());
    }
}
