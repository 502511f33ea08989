package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.core.router.Collaborators;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.RouterSettings;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.PipedInterface;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A whole router, fed with packets on one of two interfaces: nothing is thrown, and nothing is sent without end. */
class RouterFuzzTest {

    private final ReticulumSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());

    /** The input is a row of packets, each behind two bytes that tell its length. */
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void survivesWhateverArrives(byte[] input) {
        ManualClock clock = new ManualClock();
        RouterCore core = new RouterCore(
                new RouterSettings("main", true, 16, 16, 1024, 1024, 16, 32),
                new Collaborators(
                        clock,
                        clock,
                        () -> Optional.of(suite),
                        () -> Optional.of(new FewestHops()),
                        List::of,
                        new MemoryStore(),
                        new FuzzIdentity(suite),
                        Runnable::run,
                        Runnable::run,
                        1,
                        Runnable::run,
                        new Random(1)));
        core.start();
        PipedInterface.Pair in = PipedInterface.pair("in", "in'", clock, 1);
        PipedInterface.Pair out = PipedInterface.pair("out", "out'", clock, 2);
        core.attach(in.left());
        core.attach(out.left());
        int packets = 0;
        for (int at = 0; at + 2 <= input.length; packets++) {
            int length = (input[at] & 0xff) << 8 | input[at + 1] & 0xff;
            int end = Math.min(input.length, at + 2 + length);
            in.left().receive(Arrays.copyOfRange(input, at + 2, end));
            at = end;
        }
        clock.advance(Duration.ofSeconds(30));

        long sent = in.left().counters().sentPackets() + out.left().counters().sentPackets();
        Fuzzing.check(sent <= 8L * packets, sent + " packets sent for " + packets);
        Fuzzing.check(core.pathTable().size() <= 16, "paths");
        core.stop();
    }
}
