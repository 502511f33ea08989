package io.kairos.test.conformance;

/**
 * What a node was started with.
 *
 * @param implicitProofs whether proofs leave out the hash of the packet
 * @param shared whether it serves programs on this machine
 * @param attached whether it is served by a node on this machine
 */
record WirePosture(boolean implicitProofs, boolean shared, boolean attached) {}
