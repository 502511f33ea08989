package io.kairos.test.bench.jmh;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.Collaborators;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.RouterSettings;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.bench.parts.BenchIdentity;
import io.kairos.test.bench.parts.SilentInterface;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A packet through the router alone, from the receiving interface to the sending one, without sockets and frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouterBenchmark {

    @Param({"100", "430"})
    private int bytes;

    /** How many interfaces the node has. */
    @Param({"2", "1000"})
    private int interfaces;

    private final CryptoSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    private final SilentInterface in = new SilentInterface("in");
    private final SilentInterface out = new SilentInterface("out");
    private byte[] template;
    private byte[] work;
    private ByteBuffer lent;
    private long number;

    /** A router that knows one destination behind its second interface. */
    @Setup
    public void setUp() {
        ManualClock clock = new ManualClock();
        BenchIdentity node = new BenchIdentity(suite);
        RouterCore core = new RouterCore(
                RouterSettings.defaults(256 << 20),
                new Collaborators(
                        clock,
                        clock,
                        () -> Optional.of(suite),
                        () -> Optional.of(new FewestHops()),
                        List::of,
                        new MemoryStore(),
                        node,
                        Runnable::run,
                        Runnable::run,
                        1,
                        Runnable::run,
                        new Random(1)));
        core.start();
        core.attach(in);
        core.attach(out);
        for (int i = 2; i < interfaces; i++) {
            core.attach(new SilentInterface("other" + i));
        }
        BenchIdentity owner = new BenchIdentity(suite);
        out.receive(announce(owner, clock.wallMillis() / 1000));
        template = new byte[bytes];
        template[0] = 0x50;
        core.packetRouter().transportId().writeTo(template, 2);
        Hashes.destination("kairos.bench", owner.hash()).writeTo(template, 18);
        work = new byte[bytes];
        lent = ByteBuffer.wrap(work);
        long before = out.sent();
        forward();
        if (out.sent() != before + 1) {
            throw new IllegalStateException(
                    "the router does not forward: " + core.router().refusals());
        }
    }

    /** One packet forwarded. */
    @Benchmark
    public long forward() {
        System.arraycopy(template, 0, work, 0, bytes);
        lent.putLong(bytes - 8, number++);
        in.sink().received(lent);
        in.sink().endOfBurst();
        return out.sent();
    }

    private static byte[] announce(BenchIdentity owner, long emission) {
        DestinationHash destination = Hashes.destination("kairos.bench", owner.hash());
        byte[] keys = owner.publicIdentity().toBytes();
        byte[] name = Hashes.name("kairos.bench");
        byte[] blob = AnnounceCodec.blob(new byte[5], emission);
        byte[] data = {};
        byte[] signature = owner.sign(AnnounceCodec.signedData(destination, keys, name, blob, Optional.empty(), data));
        byte[] payload = AnnounceCodec.encode(keys, name, blob, Optional.empty(), signature, data);
        return PacketBytes.build(0x01, destination, 0, payload);
    }
}
