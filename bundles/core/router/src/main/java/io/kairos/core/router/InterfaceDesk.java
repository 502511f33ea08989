package io.kairos.core.router;

import io.kairos.api.failure.Failure;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.router.Places.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads each interface to the router of its network, and keeps those closed whose endpoint is another network's. It is the
 * only place that sees the interfaces of all networks; it hands no packet on.
 *
 * <p>Whenever something comes, goes or changes it settles: one thread at a time compares what should be with what is, and
 * no lock is held while an interface or a router is called.
 *
 * <p>Threads: any.
 */
@Component(
        service = {InterfaceDesk.class, HealthCheck.class},
        immediate = true)
public final class InterfaceDesk implements HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(InterfaceDesk.class);
    private static final Duration MOST_TO_SETTLE = Duration.ofSeconds(5);

    /** Takes interfaces in and lets them go: the router of a network. */
    interface Host {

        void attach(MeshInterface medium);

        void detach(MeshInterface medium);

        /** Whether it forwards for others. */
        boolean forwards();
    }

    // ---- guarded by this ----
    private final Map<Long, MeshInterface> media = new TreeMap<>(); // by service id: the order of their registration
    private final Map<String, Host> hosts = new HashMap<>();
    private Map<MeshInterface, Claim> claims = Map.of(); // of the last time, replaced as a whole
    private Thread settling;

    private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
    private boolean again;

    // ---- owned by the thread that settles ----
    private final Map<MeshInterface, Host> attached = new IdentityHashMap<>();
    private final Map<MeshInterface, Failure> held = new IdentityHashMap<>();

    private volatile List<Finding> findings = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindInterface(MeshInterface medium, Map<String, Object> properties) {
        synchronized (this) {
            media.put((Long) properties.get(Constants.SERVICE_ID), medium);
        }
        settle();
    }

    /** Its settings have changed, perhaps also its network. */
    void updatedInterface(MeshInterface medium) {
        settle();
    }

    /** Afterwards no router knows the interface any more. */
    void unbindInterface(MeshInterface medium) {
        synchronized (this) {
            media.values().removeIf(present -> present == medium);
        }
        settle();
        awaitSettled();
    }

    /** A router is there; it gets the interfaces of its network, those that are here already before this method returns. */
    void join(String network, Host host) {
        synchronized (this) {
            hosts.put(network, host);
        }
        settle();
        awaitSettled();
    }

    /** A router goes; afterwards it is given nothing more. */
    void leave(String network, Host host) {
        synchronized (this) {
            hosts.remove(network, host);
        }
        settle();
        awaitSettled();
    }

    /** An interface has changed in some way; only what it claims matters here. */
    void changed(MeshInterface medium) {
        Claim now = claim(medium);
        synchronized (this) {
            if (now.equals(claims.get(medium))) {
                return;
            }
        }
        settle();
    }

    @Override
    public String subject() {
        return "networks";
    }

    @Override
    public List<Finding> examine() {
        List<Finding> found = findings;
        return found.isEmpty() ? List.of(Finding.ok("Each interface is in the network of its settings")) : found;
    }

    // ---- settling ----

    private void settle() {
        synchronized (this) {
            if (settling != null) {
                again = true;
                return;
            }
            settling = Thread.currentThread();
            settled = new CompletableFuture<>();
        }
        boolean more = true;
        while (more) {
            step();
            synchronized (this) {
                more = again;
                again = false;
                if (!more) {
                    settling = null;
                    settled.complete(null);
                }
            }
        }
    }

    private void awaitSettled() {
        CompletableFuture<Void> end;
        synchronized (this) {
            if (settling == null || settling == Thread.currentThread()) {
                return;
            }
            end = settled;
        }
        try {
            end.get(MOST_TO_SETTLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException slow) {
            LOG.debug("An interface still settles; whoever waited goes on", slow);
        }
    }

    private void step() {
        List<MeshInterface> present;
        Map<String, Host> routers;
        synchronized (this) {
            present = List.copyOf(media.values());
            routers = Map.copyOf(hosts);
        }
        List<Claim> wanted = present.stream().map(InterfaceDesk::claim).toList();
        Map<Integer, Failure> refused = new HashMap<>(Places.refused(wanted));
        Map<MeshInterface, Claim> now = new IdentityHashMap<>();
        Map<MeshInterface, Host> seats = new IdentityHashMap<>();
        Map<MeshInterface, Failure> closed = new IdentityHashMap<>();
        for (int i = 0; i < present.size(); i++) {
            MeshInterface medium = present.get(i);
            now.put(medium, wanted.get(i));
            Host host = routers.get(wanted.get(i).network());
            if (wanted.get(i).program() && host != null && host.forwards()) {
                refused.putIfAbsent(i, Places.forwards(wanted.get(i)));
            }
            if (refused.containsKey(i)) {
                closed.put(medium, refused.get(i));
            } else if (host != null) {
                seats.put(medium, host);
            }
        }
        synchronized (this) {
            claims = now;
        }
        findings = findings(wanted, refused, routers.keySet());
        move(now.keySet(), seats, closed);
    }

    /** First everything that ends, then what begins, so that no endpoint is in two networks in between. */
    private void move(Set<MeshInterface> present, Map<MeshInterface, Host> seats, Map<MeshInterface, Failure> closed) {
        for (MeshInterface medium : List.copyOf(attached.keySet())) {
            if (attached.get(medium) != seats.get(medium)) {
                Host host = attached.remove(medium);
                guarded(medium, () -> host.detach(medium));
            }
        }
        closed.forEach((medium, why) -> {
            if (!why.equals(held.put(medium, why))) {
                LOG.warn("Interface {} is kept closed: {}. {}", medium.name(), why.message(), why.remedy());
                guarded(medium, () -> medium.hold(Optional.of(why)));
            }
        });
        for (MeshInterface medium : List.copyOf(held.keySet())) {
            if (!closed.containsKey(medium)) {
                held.remove(medium);
                if (present.contains(medium)) {
                    guarded(medium, () -> medium.hold(Optional.empty()));
                }
            }
        }
        seats.forEach((medium, host) -> {
            if (attached.putIfAbsent(medium, host) == null) {
                guarded(medium, () -> host.attach(medium));
            }
        });
    }

    private static Claim claim(MeshInterface medium) {
        InterfacePolicy policy = medium.policy();
        Set<Endpoint> endpoints = Set.of();
        try {
            endpoints = policy.enabled() ? Set.copyOf(medium.endpoints()) : endpoints;
        } catch (RuntimeException e) {
            LOG.error("Interface {} cannot tell its endpoints; this is a fault of its transport", medium.name(), e);
        }
        return new Claim(
                medium.name(), policy.network(), endpoints, policy.enabled() && medium.leadsToSharedInstance());
    }

    /** A fault of one interface must not keep the others from their routers. */
    private static void guarded(MeshInterface medium, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("Interface {} failed while it was moved; this is a fault of its transport", medium.name(), e);
        }
    }

    private static List<Finding> findings(List<Claim> claims, Map<Integer, Failure> refused, Set<String> networks) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            if (refused.containsKey(i)) {
                findings.add(Finding.error(
                        "Interface %s is kept closed: %s"
                                .formatted(claim.name(), refused.get(i).message()),
                        refused.get(i).remedy()));
            } else if (!networks.contains(claim.network())) {
                findings.add(Finding.warning(
                        "Interface %s waits for the network %s, which is not there"
                                .formatted(claim.name(), claim.network()),
                        "Make the network with a file etc/io.kairos.network-%s.cfg, which may be empty, or correct network in"
                                        .formatted(claim.network())
                                + " the settings of the interface."));
            }
        }
        return Collections.unmodifiableList(findings);
    }
}
