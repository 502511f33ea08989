package io.kairos.api.transport;

/** Where an interface is in its life. */
public enum InterfaceState {
    /** Made, not yet tried. */
    STARTING,
    /** Packets can be sent. */
    UP,
    /** Not usable at the moment; it tries again by itself. */
    DOWN,
    /** Switched off by the operator; it waits to be switched on. */
    DISABLED,
    /** Ended for good. */
    CLOSED
}
