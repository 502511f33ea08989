package io.kairos.core.router.path;

import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.RoutingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the routing strategy says, and what holds while there is none. Threads: any. */
final class Chooser {

    private static final String FIRST = "the only path";
    private static final String NO_STRATEGY = "no routing strategy is installed; the first path stays";

    private final Supplier<Optional<RoutingStrategy>> strategies;

    Chooser(Supplier<Optional<RoutingStrategy>> strategies) {
        this.strategies = strategies;
    }

    /** The name of the strategy, for displays. */
    String name() {
        return strategies.get().map(RoutingStrategy::name).orElse("none");
    }

    /** @param path what is known, or {@code null} */
    RoutingStrategy.Verdict judge(Path path, Candidate offered, boolean repeated, long now) {
        boolean present = path != null && path.port() != null;
        RoutingStrategy strategy = strategies.get().orElse(null);
        if (strategy == null) {
            return new RoutingStrategy.Verdict(!present, present ? NO_STRATEGY : FIRST);
        }
        Optional<PathCandidate> inUse = present ? Optional.of(path.inUse().view(path.timebase(), 0)) : Optional.empty();
        return strategy.judge(inUse, offered.view(offered.emission(), 0), repeated, now);
    }

    /** Candidates, best first. */
    List<Candidate> rank(List<Candidate> candidates, long now) {
        RoutingStrategy strategy = strategies.get().orElse(null);
        if (strategy == null || candidates.size() < 2) {
            return candidates;
        }
        List<PathCandidate> views = new ArrayList<>();
        for (Candidate candidate : candidates) {
            views.add(candidate.view(candidate.emission(), 0));
        }
        List<Candidate> ranked = new ArrayList<>();
        for (PathCandidate view : strategy.rank(List.copyOf(views), now)) {
            int at = views.indexOf(view);
            if (at >= 0 && !ranked.contains(candidates.get(at))) {
                ranked.add(candidates.get(at));
            }
        }
        return ranked.isEmpty() ? candidates : ranked;
    }
}
