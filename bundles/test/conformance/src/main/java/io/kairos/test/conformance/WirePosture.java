package io.kairos.test.conformance;

import java.util.Optional;

/**
 * What a node was started with.
 *
 * @param implicitProofs whether proofs leave out the hash of the packet
 * @param shared whether it serves programs on this machine
 * @param attached whether it is served by a node on this machine
 * @param controlKey the key of its control socket; empty: made from the programs' folder
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WirePosture(boolean implicitProofs, boolean shared, boolean attached, Optional<byte[]> controlKey) {}
