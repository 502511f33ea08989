package io.kairos.transport.sneakernet;

import java.util.List;

/**
 * What one file brings.
 *
 * @param id drawn by the writer
 * @param origin who numbered the packets
 * @param entries what is intact, by number
 * @param isWhole whether nothing of the file is missing or damaged
 */
record Batch(long id, Origin origin, List<Entry> entries, boolean isWhole) {

    Batch {
        entries = List.copyOf(entries);
    }

    /** From when on nobody needs the file. */
    long expirySeconds() {
        return entries.stream().mapToLong(Entry::expirySeconds).max().orElse(0);
    }

    long lastNumber() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).number();
    }
}
