package io.kairos.transport.rnode;

import java.time.Duration;

/**
 * How long a device may take for what.
 *
 * @param settle until it has started after its port was opened
 * @param detect until it has said what it is
 * @param echo until a radio has confirmed its settings
 * @param partialPacket longest pause within a packet; what comes later begins anew
 * @param keepAlive after which silence of ours it is asked again whether it is there
 * @param askAfter after which silence of its own it is asked
 * @param goneAfter after which silence of its own it counts as gone
 */
record Timing(
        Duration settle,
        Duration detect,
        Duration echo,
        Duration partialPacket,
        Duration keepAlive,
        Duration askAfter,
        Duration goneAfter) {

    private static final Duration NEVER = Duration.ofDays(36_500);

    /** Over a serial line. A radio may be quiet for long, so it is asked only now and then. */
    static Timing serial(Duration settle) {
        return new Timing(
                settle,
                Duration.ofSeconds(2),
                Duration.ofMillis(2_500),
                Duration.ofMillis(100),
                NEVER,
                Duration.ofSeconds(60),
                Duration.ofSeconds(75));
    }

    /** Over TCP; the device hangs up on whoever is silent for 6.5 s. */
    static Timing tcp() {
        return new Timing(
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(4),
                Duration.ofMillis(1_500),
                Duration.ofMillis(3_500),
                NEVER,
                Duration.ofSeconds(24));
    }
}
