package io.kairos.lib.medium;

import io.kairos.api.time.Clock;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Hands packets to the core, whichever is attached at that moment. Owned by the reading thread. */
final class LineDelivery implements LineEvents {

    private final LineKeeper keeper;
    private final Line open;
    private final Attachment attachment;
    private final Clock clock;
    private PacketSink burst;

    LineDelivery(LineKeeper keeper, Line open, Attachment attachment, Clock clock) {
        this.keeper = keeper;
        this.open = open;
        this.attachment = attachment;
        this.clock = clock;
    }

    @Override
    public void starting(String waitsFor) {
        keeper.starts(open, waitsFor);
    }

    @Override
    public void up(String news) {
        keeper.isUp(open, news);
    }

    @Override
    public void packet(ByteBuffer packet) {
        packet(packet, null);
    }

    @Override
    public void packet(ByteBuffer packet, Signal signal) {
        PacketSink core = attachment.sink();
        if (core == null || !keeper.reads(open)) {
            attachment.tally().droppedIncoming();
            return;
        }
        attachment.tally().received(packet.remaining());
        burst = core;
        try {
            if (signal == null) {
                core.received(packet);
            } else {
                core.received(packet, signal);
            }
        } catch (RuntimeException fault) {
            attachment.report(fault);
        }
    }

    @Override
    public void packetFrom(String neighbour, ByteBuffer packet, Optional<Signal> signal) {
        if (attachment.sink() != null && keeper.reads(open)) {
            long now = clock.wallMillis();
            attachment.neighbours().heard(neighbour, packet.remaining(), signal, now);
        }
        packet(packet, signal.orElse(null));
    }

    @Override
    public void malformed(long frames) {
        attachment.tally().malformed(frames);
    }

    @Override
    public void endOfBurst() {
        PacketSink used = burst;
        burst = null;
        if (used != null && used == attachment.sink()) {
            try {
                used.endOfBurst();
            } catch (RuntimeException fault) {
                attachment.report(fault);
            }
        }
    }

    @Override
    public void changed() {
        if (keeper.reads(open)) {
            attachment.tellCore();
        }
    }
}
