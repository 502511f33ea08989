package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One network of the node; what is empty is not running.
 *
 * @param name of the network
 * @param identity hash of the node's identity in it
 * @param forwards whether it forwards for others
 * @param interfaces all interfaces that have no parent
 * @param interfacesUp those that are up
 * @param paths known paths
 * @param destinations open on this node
 */
record NetworkReport(
        String name,
        Optional<String> identity,
        Optional<Boolean> forwards,
        Optional<Integer> interfaces,
        Optional<Integer> interfacesUp,
        Optional<Integer> paths,
        Optional<Integer> destinations) {

    static NetworkReport of(String name, Services services) {
        Optional<Router> router = services.find(Router.class);
        Optional<List<InterfaceView>> views = router.map(each -> each.interfaces().stream()
                .filter(view -> view.parent().isEmpty())
                .toList());
        return new NetworkReport(
                name,
                services.find(IdentityStore.class)
                        .map(store -> store.node().hash().toHex()),
                router.map(Router::forwards),
                views.map(List::size),
                views.map(all -> (int) all.stream()
                        .filter(view -> view.state() == InterfaceState.UP)
                        .count()),
                services.find(PathTable.class).map(PathTable::size),
                services.find(Endpoints.class).map(each -> each.destinations().size()));
    }

    static String text(List<NetworkReport> reports) {
        Table table = new Table()
                .left("Network")
                .left("Identity of the node")
                .left("For others")
                .right("Interfaces up")
                .right("Paths")
                .right("Destinations");
        for (NetworkReport report : reports) {
            table.row(
                    report.name(),
                    report.identity().orElse("-"),
                    report.forwards().map(yes -> yes ? "forwards" : "no").orElse("not running"),
                    report.interfaces()
                            .map(all -> report.interfacesUp().orElse(0) + " of " + all)
                            .orElse("-"),
                    report.paths().map(Units::count).orElse("-"),
                    report.destinations().map(Units::count).orElse("-"));
            if (report.identity().isEmpty() || report.forwards().isEmpty()) {
                table.note("    \u2192 A part of it is not running: mesh:doctor tells which and why.");
            }
        }
        return table.toText();
    }

    Map<String, Object> json() {
        return new Fields()
                .put("name", name)
                .put("identity", identity)
                .put("forwards", forwards)
                .put("interfaces", interfaces)
                .put("interfaces_up", interfacesUp)
                .put("paths", paths)
                .put("destinations", destinations)
                .toMap();
    }
}
