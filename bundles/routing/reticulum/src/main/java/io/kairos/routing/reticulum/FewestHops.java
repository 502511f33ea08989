package io.kairos.routing.reticulum;

import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathCandidate.Responsiveness;
import io.kairos.api.routing.RoutingStrategy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Decides as Reticulum does: a newer announce wins, of the same announce the one with fewer hops that came first, and a
 * longer path has to wait until the shorter one is outdated, expired or unresponsive. An old announce that is repeated
 * never replaces a live path.
 *
 * <pre>
 *  hops offered   emission offered    and                              use it
 *  any            no path in use                                       yes
 *  not more       newer               announce not heard before        yes
 *  not more       the same            interface with more gravity      yes
 *  not more       otherwise                                            no
 *  more           any                 path expired, not heard before   yes
 *  more           any                 path expired, heard before       no
 *  more           newer               announce not heard before        yes
 *  more           the same            path in use is unresponsive      yes
 *  more           otherwise                                            no
 * </pre>
 *
 * <p>Specification: docs/protocol/announce.md. Test vectors: {@code PathDecisionVectors}. Threads: any, stateless.
 */
@Component(service = RoutingStrategy.class)
public final class FewestHops implements RoutingStrategy {

    private static final Comparator<PathCandidate> BEST_FIRST = Comparator.comparing(PathCandidate::interfaceUp)
            .reversed()
            .thenComparingInt(PathCandidate::hops)
            .thenComparing(
                    Comparator.comparingLong(PathCandidate::emissionSeconds).reversed())
            .thenComparing(Comparator.comparingInt(PathCandidate::gravity).reversed())
            .thenComparing(
                    Comparator.comparingLong(PathCandidate::bitsPerSecond).reversed());

    @Override
    public String name() {
        return "reticulum";
    }

    @Override
    public Verdict judge(Optional<PathCandidate> inUse, PathCandidate offered, boolean repeated, long nowMillis) {
        if (inUse.isEmpty()) {
            return use("no other path is known");
        }
        PathCandidate current = inUse.get();
        return offered.hops() <= current.hops()
                ? judgeNotLonger(current, offered, repeated)
                : judgeLonger(current, offered, repeated, nowMillis);
    }

    @Override
    public List<PathCandidate> rank(List<PathCandidate> candidates, long nowMillis) {
        return candidates.stream().sorted(BEST_FIRST).toList();
    }

    private static Verdict judgeNotLonger(PathCandidate current, PathCandidate offered, boolean repeated) {
        boolean fewer = offered.hops() < current.hops();
        long newerBy = offered.emissionSeconds() - current.emissionSeconds();
        if (newerBy > 0 && !repeated) {
            return use(fewer ? "fewer hops and newer" : "as many hops and newer");
        }
        if (newerBy == 0 && offered.gravity() > current.gravity()) {
            return use("same announce over an interface with more gravity");
        }
        if (newerBy == 0) {
            return keep("no newer than the path in use");
        }
        return keep(newerBy > 0 ? "announce was heard before" : "older than the path in use");
    }

    private static Verdict judgeLonger(PathCandidate current, PathCandidate offered, boolean repeated, long nowMillis) {
        long newerBy = offered.emissionSeconds() - current.emissionSeconds();
        boolean isExpired = nowMillis >= current.expiresMillis();
        if (isExpired || newerBy > 0) {
            if (repeated) {
                return keep("more hops, and the announce was heard before");
            }
            return use(isExpired ? "more hops, but the path in use has expired" : "more hops, but newer");
        }
        if (newerBy < 0) {
            return keep("more hops, and older than the path in use");
        }
        return current.responsiveness() == Responsiveness.UNRESPONSIVE
                ? use("more hops, but the path in use is unresponsive")
                : keep("more hops, and no newer than the path in use");
    }

    private static Verdict use(String reason) {
        return new Verdict(true, reason);
    }

    private static Verdict keep(String reason) {
        return new Verdict(false, reason);
    }
}
