package io.kairos.core.router.ports;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An interface as the router sees it, from its appearance to its going; the same medium that comes back is another port
 * with the same {@link Anchor}.
 *
 * <p>Threads: {@link #received}, {@link #endOfBurst} and the fields of a burst belong to the receiving thread of the
 * medium. Meters, guards, held and queued announces belong to the owner of the tables. The rest is for any thread.
 */
public final class Port implements PacketSink, InterfaceHandle {

    private static final int MOST_TOUCHED = 16;

    private final int number;
    private final MeshInterface medium;
    private final Port parent;
    private final Anchor anchor;
    private final PacketIntake intake;
    private final long createdAt;
    private final String name;
    private final boolean carries;
    private final boolean program;
    private final boolean sharedInstance;

    private volatile InterfacePolicy policy;
    private volatile LinkBudget budget;
    private volatile boolean up;
    private volatile boolean gone;
    private volatile AccessGate gate;

    // ---- owned by the receiving thread ----
    private final Arrival arrival = new Arrival();
    private boolean busy;
    private final Port[] touched = new Port[MOST_TOUCHED];
    private int touchedCount;

    // ---- owned by the owner of the tables, readable by any ----
    private final RateMeter announcesIn = new RateMeter(2);
    private final RateMeter announcesOut = new RateMeter(1);
    private final RateMeter requestsIn = new RateMeter(2);
    private final RateMeter requestsOut = new RateMeter(1);
    private final BurstGuard announceGuard;
    private final BurstGuard requestGuard;
    private final HeldAnnounces held = new HeldAnnounces(() -> policy().bursts());
    private final AnnouncePacer pacer;
    private volatile boolean tunnel;

    Port(int number, MeshInterface medium, Port parent, Anchor anchor, PacketIntake intake, long now, long nowNanos) {
        this.number = number;
        this.medium = medium;
        this.parent = parent;
        this.anchor = anchor;
        this.intake = intake;
        this.createdAt = now;
        this.name = medium.name();
        this.carries = medium.carriesPackets();
        this.program = carries && medium.servesLocalProgram();
        this.sharedInstance = carries && medium.leadsToSharedInstance();
        this.policy = medium.policy();
        this.budget = medium.budget();
        this.announceGuard = BurstGuard.announces(announcesIn, () -> policy.bursts(), now);
        this.requestGuard = BurstGuard.requests(requestsIn, () -> policy.bursts(), now);
        this.pacer = new AnnouncePacer(nowNanos);
    }

    // ---- the medium's end ----

    @Override
    public void received(ByteBuffer packet) {
        received(packet, null);
    }

    @Override
    public void received(ByteBuffer packet, Signal signal) {
        if (busy) { // a medium that loops back delivers our answer to a packet while we are still at that packet
            intake.received(this, new Arrival(), packet, signal);
            return;
        }
        busy = true;
        try {
            intake.received(this, arrival, packet, signal);
        } finally {
            busy = false;
        }
    }

    @Override
    public void endOfBurst() {
        for (int i = 0; i < touchedCount; i++) {
            touched[i].flush();
            touched[i] = null;
        }
        touchedCount = 0;
    }

    @Override
    public void changed() {
        intake.changed(this);
    }

    @Override
    public PacketSink appeared(MeshInterface child) {
        return intake.appeared(this, child);
    }

    @Override
    public void vanished(MeshInterface child) {
        intake.vanished(this, child);
    }

    // ---- the router's end ----

    /** Sends {@code packet}, which is adjusted to the range and only lent; the burst of this port ends with a flush. */
    public void forward(Port out, ByteBuffer packet, int offset, int length) {
        AccessGate closed = out.gate;
        if (closed != null) {
            out.transmit(packet.array(), offset, length);
        } else if (out.policy.outgoing()) {
            int position = packet.position();
            int limit = packet.limit();
            int from = offset - packet.arrayOffset();
            out.medium.send(packet.limit(from + length).position(from));
            packet.limit(limit).position(position);
        }
        touch(out);
    }

    /** Sends a packet; tells whether it left. */
    public boolean transmit(byte[] raw, int offset, int length) {
        if (!carries || !policy.outgoing()) {
            return false;
        }
        AccessGate closed = gate;
        if (closed == null) {
            medium.send(ByteBuffer.wrap(raw, offset, length));
            return up;
        }
        byte[] sealed = closed.seal(raw, offset, length);
        if (sealed == null) {
            return false;
        }
        medium.send(ByteBuffer.wrap(sealed));
        return up;
    }

    public void flush() {
        medium.flush();
    }

    private void touch(Port out) {
        for (int i = 0; i < touchedCount; i++) {
            if (touched[i] == out) {
                return;
            }
        }
        if (touchedCount == MOST_TOUCHED) {
            out.flush();
        } else {
            touched[touchedCount++] = out;
        }
    }

    /** Looks at the medium again; tells whether it has just come up. */
    boolean refresh(Supplier<Optional<CryptoSuite>> suites) {
        policy = medium.policy();
        budget = medium.budget();
        AccessCode code = policy.accessCode().orElse(null);
        AccessGate present = gate;
        if (code == null) {
            gate = null;
        } else if (present == null || !present.code().equals(code)) {
            gate = new AccessGate(code, suites);
        }
        boolean before = up;
        up = !gone && medium.status().isUp();
        return up && !before;
    }

    void leave() {
        gone = true;
        up = false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LinkBudget budget() {
        return budget;
    }

    /**
     * Share of the bit rate for relayed announces: what the operator allows, and at most half of the time on air that is
     * allowed at all, so that something is left for everybody else.
     */
    public double announceShare() {
        double airtime = budget.airtimeShare();
        double cap = policy.announceCap();
        return airtime < 1 ? Math.min(cap, airtime / 2) : cap;
    }

    @Override
    public InterfaceMode mode() {
        return policy.mode();
    }

    @Override
    public boolean isUp() {
        return up;
    }

    /** Whether packets travel on it. */
    public boolean carries() {
        return carries;
    }

    /** Whether the other end is a program on this machine. */
    public boolean isProgram() {
        return program;
    }

    /** Whether the other end is the shared instance of this machine, and this node one of its programs. */
    public boolean isSharedInstance() {
        return sharedInstance;
    }

    /** Whether the other end is on this machine and part of the same node for everybody else, so that it is no hop away. */
    public boolean isSameMachine() {
        return program || sharedInstance;
    }

    /** Whether the medium has left the router for good. */
    public boolean isGone() {
        return gone;
    }

    /** Distinguishes ports; used again only when nothing refers to it any more. */
    public int number() {
        return number;
    }

    public MeshInterface medium() {
        return medium;
    }

    public Optional<Port> parent() {
        return Optional.ofNullable(parent);
    }

    public Anchor anchor() {
        return anchor;
    }

    public InterfacePolicy policy() {
        return policy;
    }

    /** {@code null} for an open interface. */
    public AccessGate gate() {
        return gate;
    }

    /** When it appeared, in router time. */
    public long createdAt() {
        return createdAt;
    }

    // ---- the table owner's end ----

    /** Counts an announce here and at the parent. */
    public void countAnnounce(long now) {
        for (Port port = this; port != null; port = port.parent) {
            port.announcesIn.count(now);
        }
    }

    /** Counts a path request here and at the parent. */
    public void countRequest(long now) {
        for (Port port = this; port != null; port = port.parent) {
            port.requestsIn.count(now);
        }
    }

    public RateMeter announcesIn() {
        return announcesIn;
    }

    public RateMeter announcesOut() {
        return announcesOut;
    }

    public RateMeter requestsIn() {
        return requestsIn;
    }

    public RateMeter requestsOut() {
        return requestsOut;
    }

    public BurstGuard announceGuard() {
        return announceGuard;
    }

    public BurstGuard requestGuard() {
        return requestGuard;
    }

    public HeldAnnounces held() {
        return held;
    }

    public AnnouncePacer pacer() {
        return pacer;
    }

    public boolean hasTunnel() {
        return tunnel;
    }

    public void setTunnel(boolean now) {
        tunnel = now;
    }

    @Override
    public String toString() {
        return name;
    }
}
