package io.kairos.api.routing;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.InterfaceMode;
import java.util.OptionalDouble;

/**
 * One way to reach a destination and the evidence for it.
 *
 * @param nextHop transport id of the next node, or the destination itself where it is heard directly
 * @param interfaceName over which interface
 * @param hops hops to the destination, counting the receiving one; 1 is a direct neighbour
 * @param heardMillis wall-clock time of the announce that told of it
 * @param usedMillis wall-clock time of the last use
 * @param expiresMillis wall-clock time after which a longer path may replace it
 * @param emissionSeconds largest emission time among the announces heard over it, by the announcer's clock
 * @param responsiveness what happened when it was last used
 * @param mode mode of the interface
 * @param gravity gravity of the interface
 * @param bitsPerSecond expected bit rate of the interface
 * @param costPerMegabyte relative cost on the interface
 * @param roundTripMillis measured over links that used it; empty while unmeasured
 * @param lossShare share of unanswered link requests and packets, 0 to 1; empty while unmeasured
 * @param interfaceUp whether the interface is up now
 */
public record PathCandidate(
        DestinationHash nextHop,
        String interfaceName,
        int hops,
        long heardMillis,
        long usedMillis,
        long expiresMillis,
        long emissionSeconds,
        Responsiveness responsiveness,
        InterfaceMode mode,
        int gravity,
        long bitsPerSecond,
        double costPerMegabyte,
        OptionalDouble roundTripMillis,
        OptionalDouble lossShare,
        boolean interfaceUp) {

    /** What happened when a path was last used. */
    public enum Responsiveness {
        UNKNOWN,
        UNRESPONSIVE,
        RESPONSIVE
    }
}
