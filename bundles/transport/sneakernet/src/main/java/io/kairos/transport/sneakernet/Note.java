package io.kairos.transport.sneakernet;

import java.util.Set;

/**
 * What a node leaves on a stick about itself.
 *
 * @param origin whose note it is
 * @param seconds wall-clock time of writing
 * @param written number of the last packet that it has put on this stick
 * @param read batches of others on this stick that it has read and remembered
 */
record Note(Origin origin, long seconds, long written, Set<Long> read) {

    /** More than any folder holds. */
    static final int MOST_READ = 4_096;

    Note {
        read = Set.copyOf(read);
    }
}
