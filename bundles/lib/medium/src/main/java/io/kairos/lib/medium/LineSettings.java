package io.kairos.lib.medium;

import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;

/** Settings of one interface, checked, never changed. */
public interface LineSettings {

    /** The name its operator chose. */
    String name();

    /** What the open line depends on, with value equality: where it stays the same, new settings do not touch the line. */
    Object line();

    /** How the core treats the interface. */
    InterfacePolicy policy();

    /** What a packet costs before the medium is open. */
    LinkBudget budget();
}
