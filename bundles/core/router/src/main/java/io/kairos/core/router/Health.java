package io.kairos.core.router;

import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.InterfaceState;
import io.kairos.core.router.known.KnownBook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Checks of the router. Threads: any. */
final class Health {

    private final Router router;
    private final PathViews paths;
    private final KnownBook known;
    private final Collaborators with;

    Health(Router router, PathViews paths, KnownBook known, Collaborators with) {
        this.router = router;
        this.paths = paths;
        this.known = known;
        this.with = with;
    }

    HealthCheck interfaces() {
        return check(subject("interfaces"), this::examineInterfaces);
    }

    HealthCheck paths() {
        return check(subject("paths"), this::examinePaths);
    }

    private String subject(String what) {
        return isMain() ? what : what + ", network " + router.network();
    }

    private boolean isMain() {
        return router.network().equals(Networks.MAIN);
    }

    private static HealthCheck check(String subject, Supplier<List<Finding>> examination) {
        return new HealthCheck() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public List<Finding> examine() {
                return examination.get();
            }
        };
    }

    private List<Finding> examineInterfaces() {
        List<Router.InterfaceView> views = router.interfaces();
        if (views.isEmpty()) {
            return List.of(
                    isMain()
                            ? Finding.error(
                                    "This node has no interface",
                                    "Add one, for example with iface:add tcp-client or iface:add auto.")
                            : Finding.error(
                                    "The network %s has no interface".formatted(router.network()),
                                    "Add one with network=%s, for example with iface:add tcp-client."
                                            .formatted(router.network())));
        }
        List<Finding> findings = new ArrayList<>();
        int up = 0;
        for (Router.InterfaceView view : views) {
            if (view.state() == InterfaceState.UP) {
                up++;
            } else if (view.state() != InterfaceState.DISABLED) {
                findings.add(view.failure()
                        .map(why -> Finding.warning(
                                "Interface %s is %s: %s"
                                        .formatted(
                                                view.name(),
                                                view.state() == InterfaceState.STARTING ? "starting" : "down",
                                                why.message()),
                                why.remedy()))
                        .orElseGet(() -> Finding.warning(
                                "Interface %s is not up yet".formatted(view.name()),
                                "Wait a minute; mesh:status shows whether it comes up.")));
            }
        }
        findings.add(verdict(up, views));
        return findings;
    }

    private static Finding verdict(int up, List<Router.InterfaceView> views) {
        if (up > 0) {
            return Finding.ok("%d of %d interfaces are up".formatted(up, views.size()));
        }
        return views.stream().anyMatch(view -> view.state() == InterfaceState.STARTING)
                ? Finding.warning("No interface is up yet", "Wait a minute; mesh:status shows whether one comes up.")
                : Finding.error("No interface is up", "See the interfaces above; the mesh cannot be reached.");
    }

    private List<Finding> examinePaths() {
        List<Finding> findings = new ArrayList<>();
        if (with.suite().get().isEmpty()) {
            findings.add(Finding.error(
                    "No crypto suite is there: announces are refused, closed interfaces are silent",
                    "Install kairos-crypto-reticulum and see bundle:list."));
        }
        if (with.strategy().get().isEmpty()) {
            findings.add(Finding.warning(
                    "No routing strategy is there: only first paths are accepted",
                    "Install kairos-routing-reticulum and see bundle:list."));
        }
        long refused = router.refusals().getOrDefault(Refusal.ANNOUNCE_QUEUE_FULL.word(), 0L);
        if (refused > 0) {
            findings.add(Finding.warning(
                    "%d announces were dropped because more came than could be checked".formatted(refused),
                    "See which interface brings them with mesh:status; ingress.control limits it."));
        }
        findings.add(Finding.ok("%d paths, %d known destinations".formatted(paths.size(), known.size())));
        return findings;
    }
}
