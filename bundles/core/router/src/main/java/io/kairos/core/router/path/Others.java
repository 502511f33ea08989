package io.kairos.core.router.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The candidates of a path besides the one in use: few, and each way once. */
final class Others {

    private static final int MOST = 3;

    private Others() {}

    /** With one more; where that is too many, without the one that was heard the longest time ago. */
    static List<Candidate> with(List<Candidate> others, Candidate added) {
        List<Candidate> kept = new ArrayList<>(others);
        kept.removeIf(other -> other.sameWay(added));
        kept.add(added);
        if (kept.size() > MOST) {
            kept.remove(kept.stream()
                    .min(Comparator.comparingLong(Candidate::heard))
                    .orElseThrow());
        }
        return kept;
    }

    /**
     * Keeps an offer as another candidate, unless it is so long that the neighbour may have its way from us: our own
     * repetition comes back with two hops more, and using it when our way fails would be a loop.
     */
    static List<Candidate> withOffered(Path path, Candidate offered) {
        List<Candidate> others = new ArrayList<>(List.of(path.others()));
        if (offered.hops() <= path.inUse().hops() + 1) {
            return with(others, offered);
        }
        others.removeIf(other -> other.sameWay(offered));
        return others;
    }
}
