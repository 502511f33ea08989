package io.kairos.core.link.life;

import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.Link.State;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.time.Timers;
import java.time.Duration;

/** Lets the machine of a link see time pass and does what it wishes. Owned by the mailbox of its link. */
final class Watchdog {

    private final LiveLink link;
    private final LinkMachine machine;
    private Timers.Timer timer;

    Watchdog(LiveLink link) {
        this.link = link;
        this.machine = link.machine();
    }

    /** Waits anew, for what the machine says now. */
    void arm() {
        stop();
        if (machine.state() != State.CLOSED) {
            Duration wait = Duration.ofNanos(machine.untilNextTick(link.now()));
            timer = link.surroundings()
                    .timers()
                    .after(wait, () -> link.mailbox().run(this::tick));
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void tick() {
        switch (machine.tick(link.now())) {
            case SEND_KEEPALIVE -> link.wire().sendPlain(PacketContext.KEEPALIVE, LinkInbound.KEEPALIVE_ASK);
            case GIVE_UP -> {
                link.wire().send(PacketContext.LINK_CLOSE, link.id().toBytes());
                link.end(CloseReason.TIMEOUT);
            }
            case GIVE_UP_SILENTLY -> link.end(CloseReason.TIMEOUT);
            default -> {}
        }
        arm();
    }
}
