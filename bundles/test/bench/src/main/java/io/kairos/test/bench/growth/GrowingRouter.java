package io.kairos.test.bench.growth;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.Collaborators;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.RouterSettings;
import io.kairos.core.store.DiskStore;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.bench.parts.BenchIdentity;
import io.kairos.test.bench.parts.SilentInterface;
import io.kairos.test.kit.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A router on the calling thread: learns paths from cheaply signed announces ({@link QuickSigner}), forwards to them. */
final class GrowingRouter {

    private static final int IDENTITIES = 500;
    private static final int PACKET_BYTES = 100;
    private static final int ANNOUNCES_PER_SECOND = 500;

    private final CryptoSuite suite = new ReticulumSuite(new X25519Agreement(), new QuickSigner());
    private final ManualClock clock = new ManualClock();
    private final List<BenchIdentity> owners = new ArrayList<>();
    private final SilentInterface in = new SilentInterface("in");
    private final SilentInterface out = new SilentInterface("out");
    private final DiskStore store;
    private final RouterCore core;
    private final Random random = new Random(1);
    private long[] destinations = new long[0]; // two for each
    private long number;

    GrowingRouter(DiskStore store, int mostPaths) {
        this.store = store;
        RouterSettings defaults = RouterSettings.defaults(mostPaths * 4096L);
        core = new RouterCore(
                defaults,
                new Collaborators(
                        clock,
                        clock,
                        () -> Optional.of(suite),
                        () -> Optional.of(new FewestHops()),
                        List::of,
                        store,
                        new BenchIdentity(suite),
                        Runnable::run,
                        Runnable::run,
                        1,
                        Runnable::run,
                        new Random(1)));
        core.start();
        core.attach(in);
        core.attach(out);
    }

    void attach(int others) {
        for (int i = 0; i < others; i++) {
            core.attach(new SilentInterface("other" + i));
        }
    }

    int paths() {
        return core.pathTable().size();
    }

    /** Takes in so many announces of new destinations. */
    void learn(int count) {
        while (owners.size() < IDENTITIES) {
            owners.add(new BenchIdentity(suite));
        }
        int known = destinations.length / 2;
        destinations = Arrays.copyOf(destinations, (known + count) * 2);
        for (int i = known; i < known + count; i++) {
            BenchIdentity owner = owners.get(i % IDENTITIES);
            String name = "kairos.growth" + i / IDENTITIES;
            DestinationHash destination = Hashes.destination(name, owner.hash());
            destinations[2 * i] = destination.high();
            destinations[2 * i + 1] = destination.low();
            out.receive(announce(owner, destination, name));
            if (i % ANNOUNCES_PER_SECOND == 0) {
                clock.advance(Duration.ofSeconds(1));
            }
        }
        if (core.pathTable().size() != known + count) {
            throw new IllegalStateException("%d of %d paths known; refused: %s"
                    .formatted(
                            core.pathTable().size(),
                            known + count,
                            core.router().refusals()));
        }
    }

    /** Nanoseconds for each of so many packets to known destinations, chosen at random. */
    double forward(int packets) {
        byte[] work = new byte[PACKET_BYTES];
        work[0] = 0x50;
        core.packetRouter().transportId().writeTo(work, 2);
        ByteBuffer lent = ByteBuffer.wrap(work);
        int known = destinations.length / 2;
        long before = out.sent();
        long start = System.nanoTime();
        for (int i = 0; i < packets; i++) {
            int to = random.nextInt(known);
            lent.clear();
            work[0] = 0x50;
            work[1] = 0;
            core.packetRouter().transportId().writeTo(work, 2);
            lent.putLong(18, destinations[2 * to]);
            lent.putLong(26, destinations[2 * to + 1]);
            lent.putLong(PACKET_BYTES - 8, number++);
            in.sink().received(lent);
            if (i % 64 == 63) {
                in.sink().endOfBurst();
            }
        }
        in.sink().endOfBurst();
        double nanos = (System.nanoTime() - start) / (double) packets;
        if (out.sent() - before < packets) {
            throw new IllegalStateException("%d of %d packets were forwarded; refused: %s"
                    .formatted(out.sent() - before, packets, core.router().refusals()));
        }
        return nanos;
    }

    /** Lets an hour pass, after which only what is kept for long is in memory. */
    void settle() {
        for (int minute = 0; minute < 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
        }
    }

    /** Saves and ends. */
    void stop() {
        core.stop();
        store.close();
    }

    private byte[] announce(BenchIdentity owner, DestinationHash destination, String name) {
        byte[] keys = owner.publicIdentity().toBytes();
        byte[] nameHash = Hashes.name(name);
        byte[] blob = AnnounceCodec.blob(new byte[5], clock.wallMillis() / 1000);
        byte[] data = {};
        byte[] signature =
                owner.sign(AnnounceCodec.signedData(destination, keys, nameHash, blob, Optional.empty(), data));
        byte[] payload = AnnounceCodec.encode(keys, nameHash, blob, Optional.empty(), signature, data);
        return PacketBytes.build(0x01, destination, 0, payload);
    }
}
