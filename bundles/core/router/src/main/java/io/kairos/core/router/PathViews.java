package io.kairos.core.router;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathTable;
import io.kairos.core.router.announce.RateControl;
import io.kairos.core.router.announce.Repeats;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The path table as operators see it. Threads: any. */
final class PathViews implements PathTable {

    private final NodeTime time;
    private final Executor tables;
    private final Ports ports;
    private final PathBook paths;
    private final Repeats repeats;
    private final RateControl rates;

    PathViews(NodeTime time, Executor tables, Ports ports, PathBook paths, Repeats repeats, RateControl rates) {
        this.time = time;
        this.tables = tables;
        this.ports = ports;
        this.paths = paths;
        this.repeats = repeats;
        this.rates = rates;
    }

    @Override
    public List<PathView> all() {
        long offset = wallOffset();
        List<PathView> views = new ArrayList<>();
        paths.table().forEach(path -> views.add(new PathView(path.key(), paths.view(path, offset))));
        return views;
    }

    @Override
    public Optional<PathView> find(DestinationHash destination) {
        Path path = paths.table().get(destination.high(), destination.low());
        return path == null ? Optional.empty() : Optional.of(new PathView(destination, paths.view(path, wallOffset())));
    }

    @Override
    public int size() {
        return paths.table().size();
    }

    @Override
    public Optional<Explanation> explain(DestinationHash destination) {
        Path path = paths.table().get(destination.high(), destination.low());
        return path == null ? Optional.empty() : Optional.of(paths.explain(path, wallOffset()));
    }

    @Override
    public List<RateView> rates() {
        return rates.views(wallOffset());
    }

    @Override
    public boolean drop(DestinationHash destination) {
        return paths.drop(destination);
    }

    @Override
    public int dropVia(DestinationHash nextHop) {
        return paths.dropIf(path ->
                path.inUse().nextHigh() == nextHop.high() && path.inUse().nextLow() == nextHop.low());
    }

    @Override
    public int dropQueuedAnnounces() {
        int queued = repeats.size();
        for (Port port : ports.all()) {
            queued += port.pacer().size();
        }
        tables.execute(() -> {
            repeats.clear();
            for (Port port : ports.all()) {
                port.pacer().clear();
            }
        });
        return queued;
    }

    private long wallOffset() {
        long now = time.millis();
        return time.toWall(now) - now;
    }
}
