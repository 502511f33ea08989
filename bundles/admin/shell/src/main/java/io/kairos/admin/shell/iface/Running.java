package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Services;
import io.kairos.api.failure.Failure;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An interface that is there, as the router sees it or, without a router, as it tells itself.
 *
 * @param name as its operator calls it
 * @param network it belongs to
 * @param kind kind of medium
 * @param state where it is in its life
 * @param failure why it is not up
 * @param mode what it is for
 * @param bitsPerSecond expected bit rate
 * @param neighbours interfaces that are its children
 * @param view what the router knows of it
 */
record Running(
        String name,
        String network,
        String kind,
        InterfaceState state,
        Optional<Failure> failure,
        String mode,
        long bitsPerSecond,
        long neighbours,
        Optional<InterfaceView> view) {

    /** All interfaces without a parent, by name. */
    static Map<String, Running> all(Services services) {
        Map<String, Running> all = new LinkedHashMap<>();
        for (Router router : services.all(Router.class)) {
            List<InterfaceView> views = router.interfaces();
            views.stream()
                    .filter(view -> view.parent().isEmpty())
                    .forEach(view -> all.putIfAbsent(view.name(), of(router.network(), view, views)));
        }
        for (MeshInterface running : services.all(MeshInterface.class)) {
            all.computeIfAbsent(running.name(), name -> of(running));
        }
        return all;
    }

    private static Running of(String network, InterfaceView view, List<InterfaceView> views) {
        long neighbours = views.stream()
                .filter(child -> child.parent().equals(Optional.of(view.name())))
                .count();
        return new Running(
                view.name(),
                network,
                view.kind(),
                view.state(),
                view.failure(),
                view.mode().word(),
                view.budget().bitsPerSecond(),
                neighbours,
                Optional.of(view));
    }

    private static Running of(MeshInterface running) {
        return new Running(
                running.name(),
                running.policy().network(),
                running.kind(),
                running.status().state(),
                running.status().failure(),
                running.policy().mode().word(),
                running.budget().bitsPerSecond(),
                0,
                Optional.empty());
    }

    /** Whether it has found out whether it can work. */
    boolean isSettled() {
        return state != InterfaceState.STARTING && (state != InterfaceState.DOWN || failure.isPresent());
    }

    /** Its state, and under it why it is not up. */
    String told() {
        return name + " is " + state + failure.map(why -> ": " + why.toText()).orElse("") + System.lineSeparator();
    }
}
