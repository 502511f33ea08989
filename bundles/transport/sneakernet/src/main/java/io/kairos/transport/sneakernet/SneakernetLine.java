package io.kairos.transport.sneakernet;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Packets for sticks that come and go. Up while it can keep packets: whether a stick is there makes no difference to who
 * sends. One thread does everything, woken by timers, by packets and by news from the folders.
 */
final class SneakernetLine implements Line {

    private static final Duration FLEETING = Duration.ofSeconds(60);

    private static final Duration STARTING = Duration.ofSeconds(3);

    /** Among nodes that talk through one folder, what was read is written down and noted at most so often. */
    private static final Duration NOTE_PAUSE = Duration.ofSeconds(2);

    private final SneakernetSettings.Places places;
    private final NodeServices services;
    private final Clock clock;
    private final Timers timers;
    private final Logger log;
    private final WaitingPackets packets = new WaitingPackets();

    private volatile StickReport report = StickReport.NONE;

    // ---- guarded by this ----
    private boolean wanted;
    private boolean closed;
    private Timers.Timer look;
    private Timers.Timer gather;

    // ---- owned by the reading thread ----
    private boolean saidSpool;
    private long dropped;
    private long notedNanos;
    private boolean hasNoted;

    SneakernetLine(SneakernetSettings.Places places, NodeServices services, Clock clock, Timers timers, Logger log) {
        this.places = places;
        this.services = services;
        this.clock = clock;
        this.timers = timers;
        this.log = log;
    }

    /** How it stands, for the operator. */
    StickReport report() {
        return report;
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        if (packet.remaining() > BatchCodec.MOST_PACKET_BYTES || !packet.hasRemaining()) {
            return false;
        }
        byte[] start = new byte[Math.min(packet.remaining(), 64)];
        packet.get(packet.position(), start);
        boolean isFleeting = PacketKind.of(start) == PacketKind.FLEETING;
        if (isFleeting && (!places.links() || report.sticks() == 0)) {
            return false;
        }
        WaitingPackets.Outcome outcome = packets.offer(packet);
        if (outcome == WaitingPackets.Outcome.FIRST) {
            gather();
        }
        return outcome != WaitingPackets.Outcome.REFUSED;
    }

    private synchronized void gather() {
        if (!closed) {
            gather = timers.after(places.gather(), this::wake);
        }
    }

    /** Looks soon. Threads: any. */
    synchronized void wake() {
        wanted = true;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        packets.close();
        if (look != null) {
            look.cancel();
        }
        if (gather != null) {
            gather.cancel();
        }
        notifyAll();
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        NetworkKey key = places.key().derive();
        awaitStore();
        String folder = "sneakernet/" + nameless(places.name());
        CurrentStore store = new CurrentStore(services);
        Spool spool = Spool.load(store, folder + "/spool", places.spoolBytes());
        SeenTable seen = store.read(folder + "/seen").map(SeenTable::of).orElseGet(SeenTable::new);
        Traveller traveller = new Traveller(
                places,
                spool,
                seen,
                services::isListening,
                (writer, packet) -> events.packetFrom(writer.toHex(), ByteBuffer.wrap(packet), Optional.empty()));
        Plugged plugged = new Plugged(traveller, log);
        plugged.look();
        report = report(traveller, plugged); // before anything is offered: links depend on it
        events.up(spool.size() + " packets wait for a stick");
        begin();
        try (StickWatch watch = new StickWatch("kairos-sneakernet-" + places.name() + "-watch", this::wake)) {
            while (awaitWish()) {
                round(traveller, plugged, key, store, folder, events);
                watch.keep(plugged.folders());
            }
        } finally {
            boolean wasInterrupted = Thread.interrupted(); // files are not written by an interrupted thread
            store(traveller);
            keepSeen(traveller, store, folder);
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A node that starts gives its services one after the other. */
    private synchronized void awaitStore() throws InterruptedException {
        long since = clock.nanos();
        while (!closed && services.store().isEmpty()) {
            long left = STARTING.minusNanos(clock.nanos() - since).toMillis();
            if (left <= 0) {
                throw noStore();
            }
            wait(left);
        }
    }

    private synchronized void begin() {
        if (!closed) {
            look = timers.every(places.look(), this::wake);
            wanted = true;
        }
    }

    /** False once it is closed. */
    private synchronized boolean awaitWish() throws InterruptedException {
        while (!wanted && !closed) {
            wait();
        }
        wanted = false;
        return !closed;
    }

    private void round(
            Traveller traveller,
            Plugged plugged,
            NetworkKey key,
            CurrentStore store,
            String folder,
            LineEvents events) {
        long now = clock.wallMillis() / 1_000;
        plugged.look();
        store(traveller);
        dropped += traveller.spool().expire(now, plugged.count() > 0);
        traveller.seen().expire(now);
        Optional<CryptoSuite> suite = services.suite();
        Optional<LocalIdentity> self = services.self();
        if (suite.isPresent() && self.isPresent() && plugged.count() > 0) {
            try {
                Sealer sealer = new Sealer(suite.get(), key, self.get());
                plugged.read(sealer, now);
                events.endOfBurst();
                boolean notesToo = !places.links() || !hasNoted || clock.nanos() - notedNanos >= NOTE_PAUSE.toNanos();
                notesToo = notesToo && keepSeen(traveller, store, folder);
                plugged.write(sealer, now, clock.nanos(), notesToo);
                if (notesToo) {
                    hasNoted = true;
                    notedNanos = clock.nanos();
                }
            } catch (MeshException away) {
                log.debug("Interface {}: crypto or identity is being replaced", places.name());
            }
        }
        report = report(traveller, plugged);
    }

    private StickReport report(Traveller traveller, Plugged plugged) {
        return new StickReport(
                plugged.count(),
                plugged.readOnly(),
                plugged.full(),
                traveller.spool().size(),
                traveller.spool().bytes(),
                dropped);
    }

    /** From memory to the spool. What the disk refuses stays in memory. */
    private void store(Traveller traveller) {
        List<byte[]> taken = packets.take();
        if (taken.isEmpty()) {
            return;
        }
        long now = clock.wallMillis() / 1_000;
        try {
            dropped += traveller.spool().add(taken, now + places.keep().toSeconds(), now + FLEETING.toSeconds());
            saidSpool = false;
        } catch (MeshException refused) {
            if (!saidSpool) {
                saidSpool = true;
                log.warn("Interface {}: packets are not kept over a restart: {}", places.name(), refused.getMessage());
            }
        }
    }

    /** Whether what was read is safe in the store. */
    private boolean keepSeen(Traveller traveller, CurrentStore store, String folder) {
        if (!traveller.takeNews()) {
            return true;
        }
        try {
            store.write(folder + "/seen", traveller.seen().toBytes());
            return true;
        } catch (MeshException refused) {
            traveller.keepNews();
            return false;
        }
    }

    /** Interfaces may be called anything; documents may not. */
    private static String nameless(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java 17 runtime has SHA-256", e);
        }
    }

    /** No store, no spool. */
    static MeshException noStore() {
        return new MeshException(
                Failure.Kind.STORAGE,
                "The node's store is not there",
                "If it is being updated, wait a moment; otherwise install it: feature:install kairos-store");
    }
}
