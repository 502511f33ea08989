package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.api.routing.Router.InterfaceView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Which interfaces a status shows and in which order, as rnstatus does.
 *
 * @param sort word to sort by; {@code null} leaves the order
 * @param reverse smallest first
 * @param burstOnly only interfaces on which too much arrives
 * @param requests whether path requests are shown
 * @param totals whether sums are shown
 */
record StatusView(String sort, boolean reverse, boolean burstOnly, boolean requests, boolean totals) {

    static final StatusView PLAIN = new StatusView(null, false, false, false, false);

    List<InterfaceView> arrange(List<InterfaceView> views, Rates rates) {
        List<InterfaceView> shown =
                views.stream().filter(view -> !burstOnly || view.burst()).toList();
        if (sort == null) {
            return shown;
        }
        Comparator<InterfaceView> order = Comparator.comparingDouble(key(rates)).reversed();
        return shown.stream().sorted(reverse ? order.reversed() : order).toList();
    }

    private ToDoubleFunction<InterfaceView> key(Rates rates) {
        Map<String, ToDoubleFunction<InterfaceView>> keys = Map.ofEntries(
                Map.entry("rate", view -> view.budget().bitsPerSecond()),
                Map.entry(
                        "traffic",
                        view -> (double) view.counters().receivedBytes()
                                + view.counters().sentBytes()),
                Map.entry("rx", view -> view.counters().receivedBytes()),
                Map.entry("tx", view -> view.counters().sentBytes()),
                Map.entry(
                        "rxs",
                        view -> rates.of(view).map(Rates.Rate::receivedBytes).orElse(0.0)),
                Map.entry(
                        "txs", view -> rates.of(view).map(Rates.Rate::sentBytes).orElse(0.0)),
                Map.entry("announces", view -> view.incomingAnnouncesPerSecond() + view.outgoingAnnouncesPerSecond()),
                Map.entry("arx", InterfaceView::incomingAnnouncesPerSecond),
                Map.entry("atx", InterfaceView::outgoingAnnouncesPerSecond),
                Map.entry("prx", InterfaceView::incomingPathRequestsPerSecond),
                Map.entry("ptx", InterfaceView::outgoingPathRequestsPerSecond),
                Map.entry("held", InterfaceView::heldAnnounces));
        return Optional.ofNullable(keys.get(sort))
                .orElseThrow(() -> Arguments.wrong(
                        "Interfaces cannot be sorted by '%s'.".formatted(sort),
                        "There is rate, traffic, rx, tx, rxs, txs, announces, arx, atx, prx, ptx and held."));
    }
}
