package io.kairos.core.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceListsTest {

    private static final IdentityHash OWN = hash(1);
    private static final IdentityHash NORTH = hash(2);
    private static final IdentityHash SOUTH = hash(3);
    private static final IdentityHash NOISE = hash(10);
    private static final IdentityHash SPAM = hash(11);

    private final Refused refused = new Refused();
    private final SourceLists lists = new SourceLists(refused, OWN);

    private static IdentityHash hash(int number) {
        return new IdentityHash(0, number);
    }

    private static Blackholed entry(IdentityHash who, IdentityHash source) {
        return new Blackholed(who, source, Optional.empty(), Optional.empty());
    }

    @Test
    void whatItsSourceLiftsIsLetInAgain() {
        lists.replace(NORTH, List.of(entry(NOISE, NORTH), entry(SPAM, NORTH)));
        assertEquals(Set.of(NOISE, SPAM), refused.entries.keySet());

        lists.replace(NORTH, List.of(entry(SPAM, NORTH)));
        assertEquals(Set.of(SPAM), refused.entries.keySet());
    }

    @Test
    void whatAnotherSourceStillListsStaysRefused() {
        lists.replace(NORTH, List.of(entry(NOISE, NORTH)));
        lists.replace(SOUTH, List.of(entry(NOISE, SOUTH)));

        lists.replace(NORTH, List.of());
        assertEquals(SOUTH, refused.entries.get(NOISE).source());

        lists.replace(SOUTH, List.of());
        assertEquals(Set.of(), refused.entries.keySet());
    }

    @Test
    void whatTheOperatorRefusesStaysWhateverSourcesSay() {
        refused.blackhole(entry(NOISE, OWN));
        lists.replace(NORTH, List.of(entry(NOISE, NORTH)));
        lists.replace(NORTH, List.of());
        assertEquals(OWN, refused.entries.get(NOISE).source());
    }

    @Test
    void noSourceShutsTheNodeOut() {
        lists.replace(NORTH, List.of(entry(OWN, NORTH)));
        assertEquals(Set.of(), refused.entries.keySet());
    }

    @Test
    void whatOnlyAFormerSourceRefusedIsLetIn() {
        refused.blackhole(entry(SPAM, OWN));
        refused.blackhole(entry(NOISE, SOUTH)); // of an earlier run
        lists.replace(NORTH, List.of(entry(hash(12), NORTH)));

        lists.keepOnly(Set.of(NORTH));

        assertEquals(Set.of(SPAM, hash(12)), refused.entries.keySet());
    }

    @Test
    void aNewExpiryReplacesTheOldOne() {
        lists.replace(NORTH, List.of(entry(NOISE, NORTH)));
        Blackholed shorter = new Blackholed(NOISE, NORTH, Optional.of(5L), Optional.of("soon over"));
        lists.replace(NORTH, List.of(shorter));
        assertEquals(shorter, refused.entries.get(NOISE));
    }

    private static final class Refused implements KnownDestinations {

        private final Map<IdentityHash, Blackholed> entries = new LinkedHashMap<>();

        @Override
        public Optional<KnownDestination> recall(DestinationHash destination) {
            return Optional.empty();
        }

        @Override
        public Optional<KnownDestination> peek(DestinationHash destination) {
            return Optional.empty();
        }

        @Override
        public Optional<KnownDestination> recall(IdentityHash identity) {
            return Optional.empty();
        }

        @Override
        public void retain(DestinationHash destination) {}

        @Override
        public int size() {
            return 0;
        }

        @Override
        public List<Blackholed> blackholed() {
            return List.copyOf(entries.values());
        }

        @Override
        public void blackhole(Blackholed entry) {
            entries.putIfAbsent(entry.identity(), entry);
        }

        @Override
        public boolean liftBlackhole(IdentityHash identity) {
            return entries.remove(identity) != null;
        }

        @Override
        public boolean isBlackholed(IdentityHash identity) {
            return entries.containsKey(identity);
        }
    }
}
