package io.kairos.admin.shell.mesh;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Known destinations that a test fills. */
final class FakeKnown implements KnownDestinations {

    final Map<DestinationHash, KnownDestination> known = new LinkedHashMap<>();
    final List<Blackholed> refused = new ArrayList<>();

    FakeKnown add(KnownDestination heard) {
        known.put(heard.destination(), heard);
        return this;
    }

    @Override
    public Optional<KnownDestination> recall(DestinationHash destination) {
        throw new AssertionError("a display must not mark a destination as used");
    }

    @Override
    public Optional<KnownDestination> peek(DestinationHash destination) {
        return Optional.ofNullable(known.get(destination));
    }

    @Override
    public Optional<KnownDestination> recall(IdentityHash identity) {
        throw new AssertionError("a display must not mark a destination as used");
    }

    @Override
    public void retain(DestinationHash destination) {
        throw new AssertionError("a display keeps nothing");
    }

    @Override
    public int size() {
        return known.size();
    }

    @Override
    public List<Blackholed> blackholed() {
        return List.copyOf(refused);
    }

    @Override
    public void blackhole(Blackholed entry) {
        refused.add(entry);
    }

    @Override
    public boolean liftBlackhole(IdentityHash identity) {
        return refused.removeIf(entry -> entry.identity().equals(identity));
    }

    @Override
    public boolean isBlackholed(IdentityHash identity) {
        return refused.stream().anyMatch(entry -> entry.identity().equals(identity));
    }
}
