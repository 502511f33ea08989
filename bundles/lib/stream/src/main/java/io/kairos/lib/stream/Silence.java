package io.kairos.lib.stream;

import java.time.Duration;

/**
 * What a stream does about silence.
 *
 * @param keepalive an empty frame is sent when nothing else was for so long
 * @param stale the neighbour is probably gone when nothing came for so long; never where it is zero
 * @param dead the stream is given up when nothing came for so long; never where it is zero
 * @param stall the stream is given up when the other end took nothing for so long
 */
public record Silence(Duration keepalive, Duration stale, Duration dead, Duration stall) {

    /** As Reticulum's I2P interfaces do. */
    public static final Silence I2P = new Silence(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(110), Duration.ofSeconds(110));

    /** For neighbours that need not say anything while there is nothing to say. */
    public static final Silence PATIENT =
            new Silence(Duration.ofSeconds(60), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(110));
}
