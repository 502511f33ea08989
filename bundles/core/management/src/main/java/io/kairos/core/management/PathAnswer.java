package io.kairos.core.management;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.PathTable.PathView;
import io.kairos.api.routing.PathTable.RateView;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The answer to {@code /path}, with the keys that Reticulum's tools read. Threads: any. */
final class PathAnswer {

    private final PathTable paths;
    private final Router router;

    PathAnswer(PathTable paths, Router router) {
        this.paths = paths;
        this.router = router;
    }

    /**
     * Answers.
     *
     * @param data a list: {@code table} or {@code rates}, a destination hash or nil, for {@code table} the most hops or nil
     * @return {@code null} for anything else
     */
    Object answer(Object data) {
        if (!(data instanceof List<?> list) || list.isEmpty() || !(list.get(0) instanceof String what)) {
            return null;
        }
        Optional<DestinationHash> only;
        if (list.size() > 1 && list.get(1) != null) {
            if (!(list.get(1) instanceof byte[] hash) || hash.length != DestinationHash.LENGTH) {
                return null;
            }
            only = Optional.of(DestinationHash.of(hash));
        } else {
            only = Optional.empty();
        }
        long mostHops = list.size() > 2 && list.get(2) instanceof Long hops ? hops : Long.MAX_VALUE;
        return switch (what) {
            case "table" -> table(matching(only), mostHops);
            case "rates" -> rates(matching(only));
            default -> null;
        };
    }

    private static Predicate<DestinationHash> matching(Optional<DestinationHash> only) {
        return hash -> only.isEmpty() || only.get().equals(hash);
    }

    private List<Map<String, Object>> table(Predicate<DestinationHash> wanted, long mostHops) {
        Map<String, String> descriptions = router.interfaces().stream()
                .collect(Collectors.toMap(InterfaceView::name, InterfaceView::description, (one, other) -> one));
        return paths.all().stream()
                .filter(view -> wanted.test(view.destination()) && view.path().hops() <= mostHops)
                .map(view -> path(view, descriptions))
                .toList();
    }

    private static Map<String, Object> path(PathView view, Map<String, String> descriptions) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("hash", view.destination().toBytes());
        map.put("timestamp", seconds(view.path().usedMillis()));
        map.put("via", view.path().nextHop().toBytes());
        map.put("hops", (long) view.path().hops());
        map.put("expires", seconds(view.path().expiresMillis()));
        String name = view.path().interfaceName();
        map.put("interface", descriptions.getOrDefault(name, name));
        return map;
    }

    private List<Map<String, Object>> rates(Predicate<DestinationHash> wanted) {
        return paths.rates().stream()
                .filter(view -> wanted.test(view.destination()))
                .map(PathAnswer::rate)
                .toList();
    }

    private static Map<String, Object> rate(RateView view) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("hash", view.destination().toBytes());
        map.put("last", seconds(view.lastMillis()));
        map.put("rate_violations", (long) view.violations());
        map.put("blocked_until", seconds(view.blockedUntilMillis()));
        map.put(
                "timestamps",
                view.timestampsMillis().stream().map(PathAnswer::seconds).toList());
        return map;
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
