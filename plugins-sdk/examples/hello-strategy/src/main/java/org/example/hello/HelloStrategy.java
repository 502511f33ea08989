package org.example.hello;

import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.RoutingStrategy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Prefers what costs least, then what takes fewest hops. Of several strategies on a node the one with the highest {@code
 * service.ranking} decides; the compatible default has 0.
 *
 * <p>An announce that is older than what is known never replaces a path that works: it may have come in a circle. Threads:
 * any, stateless.
 */
@Component(service = RoutingStrategy.class, property = "service.ranking:Integer=100")
public final class HelloStrategy implements RoutingStrategy {

    private static final Comparator<PathCandidate> BEST_FIRST = Comparator.comparing(PathCandidate::interfaceUp)
            .reversed()
            .thenComparingDouble(PathCandidate::costPerMegabyte)
            .thenComparingInt(PathCandidate::hops)
            .thenComparing(
                    Comparator.comparingLong(PathCandidate::emissionSeconds).reversed());

    @Override
    public String name() {
        return "hello";
    }

    @Override
    public Verdict judge(Optional<PathCandidate> inUse, PathCandidate offered, boolean repeated, long nowMillis) {
        if (inUse.isEmpty()) {
            return new Verdict(true, "no other path is known");
        }
        PathCandidate current = inUse.get();
        if (nowMillis >= current.expiresMillis() && !repeated) {
            return new Verdict(true, "the path in use has expired");
        }
        if (offered.emissionSeconds() < current.emissionSeconds()) {
            return new Verdict(false, "older than the path in use");
        }
        if (!current.interfaceUp() && offered.interfaceUp()) {
            return new Verdict(true, "the interface of the path in use is down");
        }
        int byCost = Double.compare(offered.costPerMegabyte(), current.costPerMegabyte());
        if (byCost != 0) {
            return new Verdict(byCost < 0, byCost < 0 ? "cheaper" : "more expensive");
        }
        boolean isNewer = offered.emissionSeconds() > current.emissionSeconds() && !repeated;
        return offered.hops() < current.hops() || offered.hops() == current.hops() && isNewer
                ? new Verdict(true, "as cheap, and shorter or newer")
                : new Verdict(false, "as expensive, and neither shorter nor newer");
    }

    @Override
    public List<PathCandidate> rank(List<PathCandidate> candidates, long nowMillis) {
        return candidates.stream().sorted(BEST_FIRST).toList();
    }
}
