package io.kairos.test.rnode;

/** What may be wrong with a simulated modem. */
public enum Fault {
    /** It says nothing at all. */
    SILENT,
    /** It answers that it is something else. */
    NO_RNODE,
    /** It answers another spreading factor than the one it was set to. */
    WRONG_SPREADING_FACTOR,
    /** It answers another frequency. */
    WRONG_FREQUENCY,
    /** It answers less power than it was set to. */
    WEAK,
    /** It does not confirm that its radio is on. */
    NO_STATE,
    /** Its firmware is older than any that can be used. */
    OLD_FIRMWARE,
    /** It writes noise between its frames, as boards do that print messages. */
    GARBAGE,
    /** It never says that it is ready for the next packet. */
    NEVER_READY
}
