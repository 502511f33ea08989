package io.kairos.core.management;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.IdentityHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the sources of refused identities say at this moment. Whatever a source lifts is let in again, unless another source
 * still lists it; what the operator of this node refuses himself is never touched. Threads: any.
 */
final class SourceLists {

    private final KnownDestinations known;
    private final IdentityHash own;

    // ---- guarded by this ----
    private final Map<IdentityHash, Map<IdentityHash, Blackholed>> lists = new HashMap<>();

    /** @param own the node's own identity, the source of what its operator refuses */
    SourceLists(KnownDestinations known, IdentityHash own) {
        this.known = known;
        this.own = own;
    }

    /** Takes the new list of a source in the place of its old one. */
    synchronized void replace(IdentityHash source, List<Blackholed> listed) {
        Map<IdentityHash, Blackholed> list = new HashMap<>();
        listed.stream()
                .filter(entry -> !entry.identity().equals(own)) // nobody shuts this node out of itself
                .forEach(entry -> list.put(entry.identity(), entry));
        lists.put(source, list);
        for (Blackholed refused : known.blackholed()) {
            boolean ofSource = refused.source().equals(source);
            if (ofSource && !refused.equals(list.get(refused.identity()))) {
                lift(refused.identity());
            }
        }
        list.values().stream()
                .filter(entry -> !known.isBlackholed(entry.identity()))
                .forEach(known::blackhole);
    }

    /** Lets in what only those have refused who are no sources any more. */
    synchronized void keepOnly(Set<IdentityHash> sources) {
        lists.keySet().retainAll(sources);
        for (Blackholed refused : known.blackholed()) {
            if (!refused.source().equals(own) && !sources.contains(refused.source())) {
                lift(refused.identity());
            }
        }
    }

    private void lift(IdentityHash identity) {
        known.liftBlackhole(identity);
        lists.values().stream()
                .map(list -> list.get(identity))
                .filter(entry -> entry != null)
                .findFirst()
                .ifPresent(known::blackhole);
    }
}
