package io.kairos.admin.shell.mesh;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path table that a test fills. */
final class FakePathTable implements PathTable {

    final Map<DestinationHash, PathCandidate> paths = new LinkedHashMap<>();
    final Map<DestinationHash, Explanation> explanations = new LinkedHashMap<>();
    final List<RateView> rates = new ArrayList<>();

    @Override
    public List<PathView> all() {
        return paths.entrySet().stream()
                .map(entry -> new PathView(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Optional<PathView> find(DestinationHash destination) {
        return Optional.ofNullable(paths.get(destination)).map(path -> new PathView(destination, path));
    }

    @Override
    public int size() {
        return paths.size();
    }

    @Override
    public Optional<Explanation> explain(DestinationHash destination) {
        return Optional.ofNullable(explanations.get(destination));
    }

    @Override
    public List<RateView> rates() {
        return rates;
    }

    @Override
    public boolean drop(DestinationHash destination) {
        return paths.remove(destination) != null;
    }

    @Override
    public int dropVia(DestinationHash nextHop) {
        int before = paths.size();
        paths.values().removeIf(path -> path.nextHop().equals(nextHop));
        return before - paths.size();
    }

    @Override
    public int dropQueuedAnnounces() {
        return 7;
    }
}
