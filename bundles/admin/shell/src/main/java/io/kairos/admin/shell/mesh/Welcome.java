package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Units;
import io.kairos.api.failure.Failure;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an operator reads first: the identity on the very first start, the interfaces, and what to try next. */
final class Welcome {

    private static final int MOST_INTERFACES = 12;

    /** A router that has run for so long without interfaces has none configured. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Services services;

    Welcome(Services services) {
        this.services = services;
    }

    /** Whether all that the lines tell of has come up. */
    boolean isComplete() {
        List<Router> routers = services.all(Router.class);
        List<InterfaceView> views = interfaces(routers);
        boolean quiet = !views.isEmpty()
                || routers.stream().anyMatch(router -> router.uptime().compareTo(SETTLED) >= 0);
        return services.find(IdentityStore.class).isPresent()
                && !routers.isEmpty()
                && quiet
                && views.stream().noneMatch(view -> view.state() == InterfaceState.STARTING);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        services.find(IdentityStore.class).filter(IdentityStore::isNew).ifPresent(store -> newIdentity(store, lines));
        interfaceLines(lines);
        lines.add("");
        lines.add("Next: mesh:status, iface:example tcp-client, mesh:doctor");
        return lines;
    }

    private static void newIdentity(IdentityStore store, List<String> lines) {
        lines.add("This is the first start: an identity was made for this node.");
        lines.add("It is kept in " + store.location() + " and cannot be made again: back it up now with");
        lines.add("  identity:export " + IdentityStore.NODE + " -f /path/to/usb-stick/kairos-node.identity");
        lines.add("");
    }

    private void interfaceLines(List<String> lines) {
        List<Router> routers = services.all(Router.class);
        if (routers.isEmpty()) {
            lines.add("The router is not running yet; mesh:doctor tells more.");
            return;
        }
        List<InterfaceView> views = interfaces(routers);
        if (views.isEmpty()) {
            lines.add("No interface is configured yet; iface:example tcp-client shows how to add one.");
            return;
        }
        lines.add("Interfaces:");
        int width = views.stream().mapToInt(view -> view.name().length()).max().orElse(0);
        for (InterfaceView view : views.subList(0, Math.min(MOST_INTERFACES, views.size()))) {
            String failure = view.failure()
                    .map(Failure::message)
                    .map(text -> "  " + text)
                    .orElse("");
            lines.add(("  %-" + Math.max(1, width) + "s  %-8s %s%s")
                    .formatted(Units.printable(view.name()), view.state(), view.kind(), failure));
        }
        if (views.size() > MOST_INTERFACES) {
            lines.add("  and %d more: iface:list".formatted(views.size() - MOST_INTERFACES));
        }
    }

    private static List<InterfaceView> interfaces(List<Router> routers) {
        return routers.stream()
                .flatMap(router -> router.interfaces().stream())
                .filter(view -> view.parent().isEmpty())
                .toList();
    }
}
