package io.kairos.test.conformance;

import java.util.Optional;

/**
 * What a node was started with.
 *
 * @param implicitProofs whether proofs leave out the hash of the packet
 * @param controlKey the key of its control socket; empty: made from the programs' folder
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WirePosture(boolean implicitProofs, Optional<byte[]> controlKey) {}
