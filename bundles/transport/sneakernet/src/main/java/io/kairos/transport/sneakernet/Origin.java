package io.kairos.transport.sneakernet;

import io.kairos.api.packet.IdentityHash;

/**
 * Who numbers packets. A node whose store was lost begins again with another spool, so that its numbers are not taken for
 * those of before.
 *
 * @param writer the identity that signs
 * @param spool drawn when the spool was made
 */
record Origin(IdentityHash writer, long spool) {}
