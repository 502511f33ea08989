package io.kairos.test.rnode;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What simulated radios share: whatever one sends, all others hear that are tuned alike and do not send themselves, when
 * its time on air is over. Two that send at once on a channel spoil each other.
 *
 * <p>Threads: any; packets arrive on the thread of the timers.
 */
public final class Air {

    /**
     * How well a packet is heard.
     *
     * @param rssiDbm −157 to 98
     * @param snrDb −32 to 31.75
     */
    public record Hearing(int rssiDbm, double snrDb) {}

    private static final class Transmission {
        private final Modem sender;
        private final Channel channel;
        private boolean spoilt;

        Transmission(Modem sender, Channel channel) {
            this.sender = sender;
            this.channel = channel;
        }
    }

    private final Clock clock;
    private final Timers timers;
    private final double speed;

    // ---- guarded by this ----
    private final Random random;
    private final List<Modem> modems = new ArrayList<>();
    private final List<Transmission> underWay = new ArrayList<>();
    private final Map<String, Hearing> hearings = new HashMap<>();
    private double loss;
    private long sent;
    private long collisions;
    private long lastSent;

    /**
     * Makes an empty one.
     *
     * @param speed how many times faster than in life
     * @param seed decides who waits how long and what is lost
     */
    public Air(Clock clock, Timers timers, double speed, long seed) {
        this.clock = clock;
        this.timers = timers;
        this.speed = speed;
        this.random = new Random(seed);
    }

    /** Share of packets that each listener does not hear, 0 to 1. */
    public synchronized void loss(double share) {
        loss = share;
    }

    /** How well one modem hears another; both ways by default −60 dBm and 10 dB. */
    public synchronized void hearing(String sender, String listener, Hearing hearing) {
        hearings.put(sender + ">" + listener, hearing);
    }

    /** Packets that were sent. */
    public synchronized long sent() {
        return sent;
    }

    /** For how long nobody has begun to send; real time. */
    public synchronized Duration quietFor() {
        return Duration.ofNanos(sent == 0 ? Long.MAX_VALUE : clock.nanos() - lastSent);
    }

    /** Packets that were spoilt by others. */
    public synchronized long collisions() {
        return collisions;
    }

    Clock clock() {
        return clock;
    }

    Timers timers() {
        return timers;
    }

    Duration scaled(Duration life) {
        return Duration.ofNanos((long) (life.toNanos() / speed));
    }

    synchronized void enter(Modem modem) {
        modems.add(modem);
    }

    synchronized boolean isBusy(Channel channel) {
        return underWay.stream().anyMatch(each -> each.channel.equals(channel));
    }

    /** A pause of whole slots, as the firmware draws it. */
    synchronized Duration slots() {
        return scaled(Duration.ofMillis(24L * (1 + random.nextInt(15))));
    }

    /** Sends; {@code done} runs when the time on air is over. */
    void send(Modem sender, Channel channel, byte[] packet, Duration airtime, Runnable done) {
        Transmission mine = new Transmission(sender, channel);
        synchronized (this) {
            sent++;
            lastSent = clock.nanos();
            for (Transmission other : underWay) {
                if (other.channel.equals(channel)) {
                    other.spoilt = true;
                    mine.spoilt = true;
                    collisions++;
                }
            }
            underWay.add(mine);
        }
        timers.after(scaled(airtime), () -> {
            List<Runnable> hearers = new ArrayList<>();
            synchronized (this) {
                underWay.remove(mine);
                if (!mine.spoilt) {
                    for (Modem modem : modems) {
                        boolean isSending = underWay.stream().anyMatch(each -> each.sender == modem);
                        if (modem != sender && !isSending && random.nextDouble() >= loss) {
                            Hearing hearing =
                                    hearings.getOrDefault(sender.name() + ">" + modem.name(), new Hearing(-60, 10));
                            hearers.add(() -> modem.hear(channel, packet, hearing));
                        }
                    }
                }
            }
            hearers.forEach(Runnable::run);
            done.run();
        });
    }
}
