package io.kairos.test.conformance;

import io.kairos.core.link.LinkSettings;
import java.util.Optional;

/**
 * What a node in the bridge is like.
 *
 * @param identity private keys (64 bytes) of the node's own identity; a new one where empty
 * @param forwards whether it is a transport node
 * @param links what is decided about links and proofs
 * @param stepped whether time passes only between commands and everything runs on their thread, so that each command sees
 *     all that it caused; otherwise the node has the threads and timers of a real one
 * @param startMillis what time a stepped node believes it is when it starts; the machine's where empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NodeSettings(
        Optional<byte[]> identity, boolean forwards, LinkSettings links, boolean stepped, Optional<Long> startMillis) {

    /** A real node. */
    static NodeSettings running(boolean forwards) {
        return new NodeSettings(Optional.empty(), forwards, LinkSettings.DEFAULT, false, Optional.empty());
    }

    /** A node on the thread of the commands. */
    static NodeSettings stepped(Optional<byte[]> identity, boolean forwards) {
        return new NodeSettings(identity, forwards, LinkSettings.DEFAULT, true, Optional.empty());
    }

    NodeSettings with(LinkSettings other) {
        return new NodeSettings(identity, forwards, other, stepped, startMillis);
    }

    NodeSettings at(Optional<Long> millis) {
        return new NodeSettings(identity, forwards, links, stepped, millis);
    }
}
