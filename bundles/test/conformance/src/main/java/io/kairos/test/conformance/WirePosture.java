package io.kairos.test.conformance;

import io.kairos.api.packet.IdentityHash;
import java.util.List;

/**
 * What a node was started with.
 *
 * @param implicitProofs whether proofs leave out the hash of the packet
 * @param answersProbes whether everybody may probe it
 * @param remote whether listed identities may ask for its status
 * @param allowed who they are
 * @param blackholeSources whose lists of refused identities are taken over
 * @param shared whether it serves programs on this machine
 * @param attached whether it is served by a node on this machine
 */
record WirePosture(
        boolean implicitProofs,
        boolean answersProbes,
        boolean remote,
        List<IdentityHash> allowed,
        List<IdentityHash> blackholeSources,
        boolean shared,
        boolean attached) {}
