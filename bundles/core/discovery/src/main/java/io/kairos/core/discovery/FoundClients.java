package io.kairos.core.discovery;

import java.util.Map;

/** Makes and removes interfaces that the node has not been told of by its operator. Threads: one at a time. */
interface FoundClients {

    /**
     * Makes one.
     *
     * @param instance by which it is removed again
     * @param settings of a TCP client
     * @return false where it could not be made
     */
    boolean open(String instance, Map<String, Object> settings);

    /** Removes one; it need not be there. */
    void close(String instance);

    /** Removes all that an earlier run has left. */
    void closeAll();
}
