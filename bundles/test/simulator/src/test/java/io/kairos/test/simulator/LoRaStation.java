package io.kairos.test.simulator;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.test.kit.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * A radio as an interface: listens before it sends, waits a random number of slots, keeps its share of each hour, and lets a
 * bounded number of packets wait. Everything happens on the thread that lets time pass.
 */
final class LoRaStation implements MeshInterface {

    /** How a station keeps within the law. */
    enum Law {
        /** As Kairos does with a region: the radio holds packets back, and the router knows the share. */
        KNOWN_TO_THE_ROUTER,
        /** The radio holds packets back; the router does not know of it. */
        KEPT_BY_THE_RADIO,
        /** Nobody looks at the time on air. */
        NOT_KEPT
    }

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SLOT = Duration.ofMillis(24);
    private static final int SLOTS = 15;
    private static final int MOST_WAITING = 32; // what the memory of such a radio holds

    /** One transmission of the last hour. */
    private record Used(long fromNanos, long nanos) {}

    final double eastKm;
    final double northKm;
    final int number;

    private final String name;
    private final LoRaAir air;
    private final ManualClock clock;
    private final Law law;
    private final double share;
    private final Random random;
    private final InterfaceTally tally = new InterfaceTally();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final Deque<Used> lastHour = new ArrayDeque<>();
    private PacketSink sink;
    private boolean isTrying;
    private boolean isSending;
    private long usedInHour;
    private long usedEver;
    private double highestShare;

    LoRaStation(
            String name,
            LoRaAir air,
            ManualClock clock,
            double eastKm,
            double northKm,
            Law law,
            double share,
            long seed) {
        this.name = name;
        this.air = air;
        this.clock = clock;
        this.eastKm = eastKm;
        this.northKm = northKm;
        this.law = law;
        this.share = share;
        this.random = new Random(seed);
        this.number = air.join(this);
    }

    @Override
    public void send(ByteBuffer packet) {
        if (waiting.size() == MOST_WAITING) {
            tally.droppedOutgoing();
            return;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        tally.sent(copy.length);
        waiting.add(copy);
        tryLater(Duration.ZERO);
    }

    private void tryLater(Duration atLeast) {
        if (!isTrying && !isSending && !waiting.isEmpty()) {
            isTrying = true;
            clock.after(atLeast.plus(SLOT.multipliedBy(1 + random.nextInt(SLOTS))), this::tryNow);
        }
    }

    private void tryNow() {
        isTrying = false;
        long needed = LoRaAir.airtime(waiting.peek().length).toNanos();
        long pause = law == Law.NOT_KEPT ? 0 : nanosUntilAllowed(needed);
        if (pause > 0) {
            tryLater(Duration.ofNanos(pause));
        } else if (air.isBusyAt(this)) {
            tryLater(Duration.ZERO);
        } else {
            isSending = true;
            use(needed);
            air.send(this, waiting.poll());
        }
    }

    void sent() {
        isSending = false;
        tryLater(Duration.ZERO);
    }

    void hear(byte[] packet) {
        if (sink != null) {
            tally.received(packet.length);
            sink.received(ByteBuffer.wrap(packet.clone()));
            sink.endOfBurst();
        }
    }

    // ---- time on air ----

    private long nanosUntilAllowed(long needed) {
        forget();
        long excess = usedInHour + needed - (long) (HOUR.toNanos() * share);
        for (Used used : lastHour) {
            if (excess <= 0) {
                break;
            }
            excess -= used.nanos;
            if (excess <= 0) {
                return used.fromNanos + used.nanos + HOUR.toNanos() - clock.nanos();
            }
        }
        return 0;
    }

    private void use(long nanos) {
        forget();
        lastHour.add(new Used(clock.nanos(), nanos));
        usedInHour += nanos;
        usedEver += nanos;
        highestShare = Math.max(highestShare, (double) usedInHour / HOUR.toNanos());
    }

    private void forget() {
        while (!lastHour.isEmpty()
                && lastHour.peek().fromNanos + lastHour.peek().nanos + HOUR.toNanos() <= clock.nanos()) {
            usedInHour -= lastHour.poll().nanos;
        }
    }

    /** The largest share of any hour that was sent. */
    double highestShare() {
        return highestShare;
    }

    double shareOf(Duration all) {
        return (double) usedEver / all.toNanos();
    }

    // ---- what an interface is ----

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "simulated-lora";
    }

    @Override
    public String description() {
        return "LoRaStation[" + name + "]";
    }

    @Override
    public void attach(PacketSink core) {
        sink = core;
    }

    @Override
    public void detach() {
        sink = null;
    }

    @Override
    public InterfaceStatus status() {
        return InterfaceStatus.of(InterfaceState.UP);
    }

    @Override
    public LinkBudget budget() {
        double known = law == Law.KNOWN_TO_THE_ROUTER ? share : 1;
        return new LinkBudget(LoRaAir.BITS_PER_SECOND, 508, LinkBudget.MtuClass.NONE, known, 0);
    }

    @Override
    public InterfacePolicy policy() {
        return Mesh.PATIENT;
    }

    @Override
    public InterfaceCounters counters() {
        return tally.read();
    }

    @Override
    public void close() {
        sink = null;
    }
}
