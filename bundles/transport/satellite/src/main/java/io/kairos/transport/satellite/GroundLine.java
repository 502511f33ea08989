package io.kairos.transport.satellite;

import io.kairos.api.failure.MeshException;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * The way to one modem. It is down for as long as the gateway takes no message for it; messages wait meanwhile, and what
 * comes from the modem opens it at once. One thread does everything.
 */
final class GroundLine implements Line {

    private static final Duration IDLE = Duration.ofMillis(60_000); // then pieces that are too old are forgotten

    private final String name;
    private final GroundSettings.Messages rules;
    private final ModemPost post;
    private final GatewayClient gateway;
    private final Account account;
    private final Logger log;

    private volatile boolean isUp;
    private volatile boolean closed;

    /** @param name of the interface of the modem */
    GroundLine(
            String name,
            GroundSettings.Messages rules,
            ModemPost post,
            GatewayClient gateway,
            Account account,
            Logger log) {
        this.name = name;
        this.rules = rules;
        this.post = post;
        this.gateway = gateway;
        this.account = account;
        this.log = log;
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        boolean isTaken = isUp
                && packet.remaining() <= Math.min(rules.longest(), Pieces.longestPacket(rules.messageBytes()))
                && post.outbox().offer(packet);
        if (isTaken) {
            post.call();
        }
        return isTaken;
    }

    @Override
    public void close() {
        closed = true;
        isUp = false;
        gateway.close();
        post.call();
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        deliver(events); // it is paid already, whatever the gateway says next
        account.require(1, pause -> {});
        boolean hasSent = send(events); // what the gateway has not taken the last time
        isUp = !closed;
        events.up(hasSent ? "the gateway takes messages for it again" : "messages for it go to the gateway");
        while (!closed) {
            deliver(events);
            account.require(1, pause -> {});
            if (!send(events)) {
                post.await(IDLE);
            }
        }
    }

    private void deliver(LineEvents events) {
        for (byte[] packet : post.packets()) {
            events.packet(ByteBuffer.wrap(packet));
        }
        events.endOfBurst();
        events.malformed(post.takeMalformed());
        long dropped = post.takeDropped();
        if (dropped > 0) {
            log.warn(
                    "Interface {} has lost {} messages of its modem: they came faster than they were read",
                    name,
                    dropped);
        }
    }

    /** One message; false where none waits. */
    private boolean send(LineEvents events) {
        if (post.givesUp()) {
            log.warn(
                    "Interface {}: the gateway has not taken a message for {} minutes, or not confirmed it {} times; it is"
                            + " dropped",
                    name,
                    rules.giveUp().toMinutes(),
                    ModemPost.MOST_UNCONFIRMED);
        }
        Optional<ModemPost.Pending> next =
                post.pending(waiting -> account.isWorth(waiting, rules.credits(waiting.packet().length)));
        if (next.isEmpty() || closed) {
            return false;
        }
        byte[] payload = next.get().payload();
        account.keep();
        GatewayAnswer answer = gateway.send(next.get().number(), post.modem().imei(), payload);
        if (answer.costs()) {
            boolean differs = account.spend(rules.credits(payload.length));
            account.keep();
            if (differs) {
                events.changed();
            }
        }
        settle(answer);
        return true;
    }

    private void settle(GatewayAnswer answer) {
        switch (answer.verdict()) {
            case TAKEN -> post.settled();
            case REFUSED -> {
                log.warn(
                        "Interface {}: the gateway does not take a message (status {}); it is dropped. Is message.bytes"
                                + " larger than the modem takes?",
                        name,
                        answer.status());
                post.settled();
            }
            case UNCONFIRMED -> {
                post.unconfirmed();
                throw answer.obstacle();
            }
            default -> throw answer.obstacle();
        }
    }
}
