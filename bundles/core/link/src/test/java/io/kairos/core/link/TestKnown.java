package io.kairos.core.link;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom a test node has heard of. */
public final class TestKnown implements KnownDestinations {

    private final Map<DestinationHash, KnownDestination> all = new HashMap<>();
    private final List<Blackholed> blackholed = new ArrayList<>();

    public void put(KnownDestination known) {
        all.put(known.destination(), known);
    }

    @Override
    public Optional<KnownDestination> recall(DestinationHash destination) {
        return Optional.ofNullable(all.get(destination));
    }

    @Override
    public Optional<KnownDestination> peek(DestinationHash destination) {
        return recall(destination);
    }

    @Override
    public Optional<KnownDestination> recall(IdentityHash identity) {
        return all.values().stream()
                .filter(known -> known.identity().hash().equals(identity))
                .findFirst();
    }

    @Override
    public void retain(DestinationHash destination) {}

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public List<Blackholed> blackholed() {
        return List.copyOf(blackholed);
    }

    @Override
    public void blackhole(Blackholed entry) {
        blackholed.add(entry);
    }

    @Override
    public boolean liftBlackhole(IdentityHash identity) {
        return blackholed.removeIf(entry -> entry.identity().equals(identity));
    }

    @Override
    public boolean isBlackholed(IdentityHash identity) {
        return blackholed.stream().anyMatch(entry -> entry.identity().equals(identity));
    }
}
