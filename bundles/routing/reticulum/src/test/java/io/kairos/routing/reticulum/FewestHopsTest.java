package io.kairos.routing.reticulum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathCandidate.Responsiveness;
import io.kairos.api.routing.RoutingStrategy.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FewestHopsTest {

    private static final long NOW = 500_000;
    private static final boolean NEW = false;
    private static final boolean REPEATED = true;

    private final FewestHops strategy = new FewestHops();
    private final Candidates inUse = Candidates.path();

    @Test
    void anUnknownDestinationTakesWhatItGets() {
        Verdict verdict = strategy.judge(Optional.empty(), inUse.make(), REPEATED, NOW);

        assertEquals(new Verdict(true, "no other path is known"), verdict);
    }

    @Test
    void aNewerAnnounceOverNotMoreHopsWins() {
        uses("fewer hops and newer", inUse.hops(2).emitted(1001), NEW);
        uses("as many hops and newer", inUse.emitted(1001), NEW);
    }

    @Test
    void aNewerTimeDoesNotHelpAnAnnounceThatWasHeardBefore() {
        keeps("announce was heard before", inUse.hops(2).emitted(1001), REPEATED);
        keeps("more hops, and the announce was heard before", inUse.hops(4).emitted(1001), REPEATED);
    }

    @Test
    void theSameAnnounceOverFewerHopsOnlyWinsWithMoreGravity() {
        keeps("no newer than the path in use", inUse.hops(2), REPEATED);
        keeps("no newer than the path in use", inUse.hops(2), NEW);
        uses("same announce over an interface with more gravity", inUse.hops(2).gravity(1), REPEATED);
        uses("same announce over an interface with more gravity", inUse.gravity(1), REPEATED);
        keeps("no newer than the path in use", inUse.hops(2).gravity(-1), REPEATED);
    }

    @Test
    void anOlderAnnounceOverFewerHopsLosesWhateverElse() {
        keeps("older than the path in use", inUse.hops(1).emitted(999).gravity(9), NEW);
        Candidates dead = inUse.expires(NOW - 1).responded(Responsiveness.UNRESPONSIVE);
        judges(dead, inUse.hops(1).emitted(999), NEW, new Verdict(false, "older than the path in use"));
    }

    @Test
    void aLongerPathWinsWhenTheOneInUseHasExpired() {
        Candidates expired = inUse.expires(NOW);
        String reason = "more hops, but the path in use has expired";
        judges(expired, inUse.hops(9).emitted(1), NEW, new Verdict(true, reason));
        judges(expired, inUse.hops(9).emitted(1001), NEW, new Verdict(true, reason));
        String heard = "more hops, and the announce was heard before";
        judges(expired, inUse.hops(9).emitted(1001), REPEATED, new Verdict(false, heard));
        judges(
                inUse.expires(NOW + 1),
                inUse.hops(9).emitted(1),
                NEW,
                new Verdict(false, "more hops, and older than the path in use"));
    }

    @Test
    void aLongerPathWinsWhenItIsNewer() {
        uses("more hops, but newer", inUse.hops(4).emitted(1001), NEW);
        keeps("more hops, and older than the path in use", inUse.hops(4).emitted(999), NEW);
    }

    @Test
    void aLongerPathOfTheSameAnnounceWinsOnlyOverAnUnresponsiveOne() {
        Verdict use = new Verdict(true, "more hops, but the path in use is unresponsive");
        Verdict keep = new Verdict(false, "more hops, and no newer than the path in use");
        for (boolean repeated : new boolean[] {REPEATED, NEW}) {
            judges(inUse.responded(Responsiveness.UNRESPONSIVE), inUse.hops(4), repeated, use);
            judges(inUse.responded(Responsiveness.UNKNOWN), inUse.hops(4), repeated, keep);
            judges(inUse.responded(Responsiveness.RESPONSIVE), inUse.hops(4), repeated, keep);
            judges(inUse, inUse.hops(4).gravity(7), repeated, keep);
        }
    }

    @Test
    void rankingAsksForUpThenHopsThenAgeThenGravityThenBitrate() {
        List<PathCandidate> bestFirst = List.of(
                inUse.on("fewest hops")
                        .hops(1)
                        .emitted(1)
                        .gravity(-9)
                        .bitrate(5)
                        .make(),
                inUse.on("newest").emitted(2000).gravity(-9).bitrate(5).make(),
                inUse.on("gravity").gravity(5).bitrate(5).make(),
                inUse.on("fast").bitrate(2000).make(),
                inUse.on("slow").make(),
                inUse.on("down")
                        .hops(1)
                        .emitted(9000)
                        .gravity(9)
                        .bitrate(9_000_000)
                        .down()
                        .make());
        List<PathCandidate> shuffled = new ArrayList<>(bestFirst);
        Collections.shuffle(shuffled, new Random(7));

        assertEquals(bestFirst, strategy.rank(List.copyOf(shuffled), NOW));
    }

    private void uses(String reason, Candidates offered, boolean repeated) {
        judges(inUse, offered, repeated, new Verdict(true, reason));
    }

    private void keeps(String reason, Candidates offered, boolean repeated) {
        judges(inUse, offered, repeated, new Verdict(false, reason));
    }

    private void judges(Candidates current, Candidates offered, boolean repeated, Verdict expected) {
        Verdict verdict = strategy.judge(Optional.of(current.make()), offered.make(), repeated, NOW);

        assertEquals(expected, verdict);
    }
}
