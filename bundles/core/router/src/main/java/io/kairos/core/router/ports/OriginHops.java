package io.kairos.core.router.ports;

/**
 * The hops that packets of this machine leave with: 0, or a number that makes neighbours believe that they come from
 * further away (docs/protocol/transport.md, local clients). Whoever is on this machine is always told the truth.
 *
 * @param delta 0, or 2 to 7, the same for the life of the router
 */
public record OriginHops(int delta) {

    /** The hops byte of a packet that leaves on {@code out}. */
    public int leaving(int hops, Port out) {
        return hops == 0 && !out.isSameMachine() ? delta : hops;
    }

    public boolean isHidden() {
        return delta > 0;
    }
}
