package io.kairos.lib.discovery;

import io.kairos.api.packet.IdentityHash;

/**
 * An interface that was heard of.
 *
 * @param advertisement what was told
 * @param announcer who told it
 * @param stamp the proof of work
 * @param value what the stamp is worth
 * @param hops how far away
 * @param heardMillis wall-clock time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Discovered(
        Advertisement advertisement, IdentityHash announcer, byte[] stamp, int value, int hops, long heardMillis) {}
