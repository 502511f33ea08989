package io.kairos.core.link.resource;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.store.Store;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.LinkSettings;
import io.kairos.core.link.LinkTally;
import io.kairos.core.link.LinkWire;
import io.kairos.core.link.RandomSource;
import io.kairos.core.link.RouterDoor;
import io.kairos.core.link.Slot;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Mailbox;
import io.kairos.core.link.actor.SerialQueue;
import io.kairos.core.link.actor.Workers;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.test.conformance.Inside;
import io.kairos.test.kit.ManualClock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The product's resources of one link on a bench: no network and no threads, time stands still unless it is moved, and what
 * would leave is kept. The conformance bridge hands packets from one bench to another, or packets that it has made up.
 */
public final class ResourceLab implements ResourceHost {

    private static final double ROUND_TRIP_SECONDS = 0.01;
    private static final int WAITING = 65_536;

    private final ManualClock clock = new ManualClock();
    private final Mailbox mailbox = new Mailbox(WAITING, () -> tally().count(LinkTally.Event.TASK_FAILED));
    private final SerialQueue callbacks = new SerialQueue(Runnable::run, WAITING);
    private final List<byte[]> left = new ArrayList<>();
    private final List<Transfer> started = new ArrayList<>();
    private final Surroundings surroundings;
    private final LinkWire wire;
    private final InterfaceHandle line = new Line();
    private final LinkResources resources;
    private Decision decision = Decision.ACCEPT;
    private final LinkTally tally = new LinkTally();
    private CloseReason aborted;

    public ResourceLab(DestinationHash id, CryptoSuite suite, Token token, int mtu, RandomSource random, Path spool) {
        RouterDoor door = new RouterDoor();
        door.bind(router());
        surroundings = new Surroundings(
                clock,
                clock,
                door,
                Slot.of(suite),
                new Slot<KnownDestinations>("router"),
                new Slot<Store>("store"),
                new Workers(Runnable::run, Runnable::run),
                random,
                spool,
                LinkSettings.DEFAULT);
        wire = new LinkWire(id, door, clock, now -> {});
        wire.agree(token, line, mtu);
        resources = new LinkResources(this, new ReceiveBudget(), new SendBudget());
    }

    /** Of a router only its outgoing side is there. */
    private PacketRouter router() {
        return (PacketRouter) Proxy.newProxyInstance(
                PacketRouter.class.getClassLoader(),
                new Class<?>[] {PacketRouter.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("send") && arguments.length == 4) {
                        left.add(Arrays.copyOf((byte[]) arguments[0], (Integer) arguments[1]));
                        return 1;
                    }
                    return null;
                });
    }

    // ---- what a command may do ----

    public void decide(Decision next) {
        decision = next;
    }

    public ResourceTransfer send(byte[] data, Optional<Object> metadata, boolean compress) {
        return resources.send(ResourceData.of(data), new ResourceOptions(metadata, compress), null, 0);
    }

    /** Hands over a packet as {@code LinkInbound} does it. */
    public void deliver(byte[] raw) {
        InboundPacket packet = new InboundPacket(
                raw,
                PacketBytes.hash(raw),
                PacketBytes.SHORT_HEADER,
                wire.id(),
                1,
                PacketBytes.context(raw, 0),
                line,
                null);
        mailbox.run(() -> {
            if (packet.type() == PacketType.PROOF) {
                resources.proof(packet);
            } else if (packet.context() == PacketContext.RESOURCE) {
                resources.part(packet);
            } else {
                wire.open(packet).ifPresent(plaintext -> resources.control(packet.context(), plaintext, packet));
            }
        });
    }

    public void deliver(int context, byte[] plaintext) {
        deliver(sealed(context, plaintext));
    }

    public byte[] sealed(int context, byte[] plaintext) {
        return wire.sealed(context, plaintext).orElseThrow();
    }

    /** Lets time pass until something more has left, at most so long; whether it has. */
    public boolean until(Duration bound) {
        int before = left.size();
        Duration step = Duration.ofMillis(50);
        for (Duration passed = Duration.ZERO;
                passed.compareTo(bound) < 0 && left.size() == before;
                passed = passed.plus(step)) {
            clock.advance(step);
        }
        return left.size() > before;
    }

    /** What has left with this context and is forgotten now; plaintext where it was encrypted. */
    public List<byte[]> take(int context) {
        List<byte[]> taken = new ArrayList<>();
        left.removeIf(raw -> PacketBytes.context(raw, 0) == context && taken.add(payload(context, raw)));
        return taken;
    }

    private byte[] payload(int context, byte[] raw) {
        byte[] payload = Arrays.copyOfRange(raw, PacketBytes.SHORT_HEADER, raw.length);
        boolean plain = context == PacketContext.RESOURCE || context == PacketContext.RESOURCE_PROOF;
        return plain ? payload : wire.token().open(payload);
    }

    /** The newest offer that has left. */
    public ResourceAdvertisement offer() {
        List<byte[]> offers = take(PacketContext.RESOURCE_ADVERTISEMENT);
        return ResourceAdvertisement.decode(offers.get(offers.size() - 1));
    }

    public List<? extends ResourceTransfer> started() {
        return started;
    }

    public Optional<CloseReason> aborted() {
        return Optional.ofNullable(aborted);
    }

    public int partBytes() {
        return wire.partBytes();
    }

    // ---- the sending side from within ----

    public boolean isSending() {
        return Inside.get(resources, "sending") != null;
    }

    public SenderPeek sender() {
        return new SenderPeek((SenderMachine) Inside.get(Inside.get(resources, "sending"), "machine"));
    }

    /** Shows the sender of a segment. */
    public static final class SenderPeek {

        private final SenderMachine machine;

        SenderPeek(SenderMachine machine) {
            this.machine = machine;
        }

        public byte[] hash() {
            return machine.segment().hash();
        }

        public byte[] proof() {
            return machine.segment().proof();
        }

        public byte[] random() {
            return machine.segment().random();
        }

        public int parts() {
            return machine.segment().parts();
        }

        public int partHash(int part) {
            return machine.segment().partHash(part);
        }

        public byte[] part(int part) {
            Segment segment = machine.segment();
            return Arrays.copyOfRange(
                    segment.stream(), segment.partOffset(part), segment.partOffset(part) + segment.partLength(part));
        }

        /** The hashes of a block of parts. */
        public byte[] block(int block) {
            return machine.segment().blockOfHashes(block);
        }

        public int sentParts() {
            return machine.sentParts();
        }

        public String status() {
            return machine.status().name();
        }

        public int firstKept() {
            return Inside.number(machine, "firstKept");
        }

        public int seenRequests() {
            return ((java.util.Set<?>) Inside.get(machine, "seenRequests")).size();
        }
    }

    // ---- the receiving side from within ----

    public int receiving() {
        return transfers().size();
    }

    private List<?> transfers() {
        return (List<?>) Inside.get(Inside.get(resources, "incoming"), "transfers");
    }

    public ReceiverPeek receiver() {
        return new ReceiverPeek((ReceiverMachine) Inside.get(transfers().get(0), "machine"));
    }

    /** Size of the window with which the next resource begins; empty before the first. */
    public Optional<Integer> rememberedWindow() {
        Window window = (Window) Inside.get(Inside.get(resources, "incoming"), "earlier");
        return Optional.ofNullable(window).map(Window::size);
    }

    /** Shows the receiver of a segment. */
    public static final class ReceiverPeek {

        private final ReceiverMachine machine;

        ReceiverPeek(ReceiverMachine machine) {
            this.machine = machine;
        }

        public int parts() {
            return machine.parts();
        }

        public int received() {
            return machine.receivedParts();
        }

        public int window() {
            return machine.window().size();
        }

        public int windowMin() {
            return Inside.number(machine.window(), "min");
        }

        public int windowMax() {
            return machine.window().max();
        }

        /** Index of the last part before the first gap. */
        public int height() {
            return Inside.number(machine, "firstMissing") - 1;
        }

        public int knownHashes() {
            return Inside.number(machine, "knownHashes");
        }

        public boolean waitsForHashes() {
            return (Boolean) Inside.get(machine, "waitingForHashes");
        }

        public int hash(int part) {
            return ((int[]) Inside.get(machine, "hashes"))[part];
        }
    }

    // ---- constants ----

    public static Object window(String name) {
        return Inside.constant(Window.class, name);
    }

    public static Object sending(String name) {
        return Inside.constant(SenderMachine.class, name);
    }

    public static Object receiving(String name) {
        return Inside.constant(ReceiverMachine.class, name);
    }

    public static Object making(String name) {
        return Inside.constant(SegmentMaker.class, name);
    }

    public static Object assembling(String name) {
        return Inside.constant(Assembly.class, name);
    }

    public static int smallestWindow() {
        return Inside.number(Window.initial(), "min");
    }

    public static int guarded() {
        return PartHashes.UNIQUE;
    }

    // ---- ResourceHost ----

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public LinkWire wire() {
        return wire;
    }

    @Override
    public Mailbox mailbox() {
        return mailbox;
    }

    @Override
    public SerialQueue callbacks() {
        return callbacks;
    }

    @Override
    public double roundTripSeconds() {
        return ROUND_TRIP_SECONDS;
    }

    @Override
    public double expectedBits() {
        return LinkBudget.automatic(10_000_000).bitsPerSecond();
    }

    @Override
    public boolean isActive() {
        return aborted == null;
    }

    @Override
    public void judge(ResourceAdvertisement offer, Consumer<Decision> decided) {
        decided.accept(decision);
    }

    @Override
    public void started(ResourceAdvertisement offer, Transfer transfer) {
        started.add(transfer);
    }

    @Override
    public LinkTally tally() {
        return tally;
    }

    @Override
    public void abort(CloseReason reason) {
        aborted = reason;
    }

    private static final class Line implements InterfaceHandle {

        @Override
        public String name() {
            return "bench";
        }

        @Override
        public LinkBudget budget() {
            return LinkBudget.automatic(10_000_000);
        }

        @Override
        public InterfaceMode mode() {
            return InterfaceMode.FULL;
        }

        @Override
        public boolean isUp() {
            return true;
        }
    }
}
