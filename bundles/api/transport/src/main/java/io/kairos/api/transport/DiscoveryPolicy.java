package io.kairos.api.transport;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How an interface is announced to everybody (at {@code rnstransport.discovery.interface}), so that
 * others find it and may connect.
 *
 * @param name by which others see it; empty: its name on this node
 * @param reachableOn host name or address at which others reach it
 * @param interval pause between two announces, at least {@link #SHORTEST_INTERVAL}
 * @param stampValue proof of work that each announce carries, in bits
 * @param encrypted whether only those can read it who have the node's network identity
 * @param tellsAccessCode whether network name and passphrase are told, so that everybody may join
 * @param latitude degrees, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param height metres
 */
public record DiscoveryPolicy(
        Optional<String> name,
        Optional<String> reachableOn,
        Duration interval,
        int stampValue,
        boolean encrypted,
        boolean tellsAccessCode,
        Optional<Double> latitude,
        Optional<Double> longitude,
        Optional<Double> height) {

    /** A shorter interval counts as this one. */
    public static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(5);

    /** Pause between two announces where nobody says otherwise. */
    public static final Duration USUAL_INTERVAL = Duration.ofHours(6);

    /** Proof of work where nobody says otherwise. */
    public static final int USUAL_STAMP_VALUE = 16;

    private static final int DEAREST_STAMP = 32; // an hour's work of a small machine
    private static final int MOST_MINUTES = 1_000_000;

    public DiscoveryPolicy {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reachableOn, "reachableOn");
        Objects.requireNonNull(interval, "interval");
    }

    /** Empty where the interface is not announced. */
    static Optional<DiscoveryPolicy> read(PolicyReader in) {
        if (!in.flag("discoverable", false)) {
            return Optional.empty();
        }
        int minutes = in.integer("discoverable.interval.minutes", (int) USUAL_INTERVAL.toMinutes(), 0, MOST_MINUTES);
        Duration interval = Duration.ofMinutes(minutes);
        int value = in.integer("discoverable.stamp.value", USUAL_STAMP_VALUE, 0, DEAREST_STAMP);
        return Optional.of(new DiscoveryPolicy(
                in.text("discoverable.name"),
                in.text("discoverable.reachable.on"),
                interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval,
                value == 0 ? USUAL_STAMP_VALUE : value,
                in.flag("discoverable.encrypt", false),
                in.flag("discoverable.publish.access.code", false),
                in.between("discoverable.latitude.degrees", -90, 90),
                in.between("discoverable.longitude.degrees", -180, 180),
                in.between("discoverable.height.metres", -4_000, 1_000_000)));
    }
}
