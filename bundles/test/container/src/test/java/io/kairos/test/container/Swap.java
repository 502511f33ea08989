package io.kairos.test.container;

import io.kairos.test.container.Neighbours.Count;
import java.util.Map;
import java.util.Set;

/**
 * What one replacement did.
 *
 * @param expected bundles that are wired to it, so that they have to be restarted with it
 * @param restarted bundles that were restarted, without itself
 * @param renewed services that bundles which went on have given up
 * @param sameConnection whether the TCP connection of the node is the one from before
 * @param backMillis until every bundle ran and offered what it had before
 */
record Swap(
        String bundle,
        Map<String, Count> flows,
        String transfers,
        Set<String> expected,
        Set<String> restarted,
        Set<String> renewed,
        boolean sameConnection,
        long backMillis) {

    String group() {
        return bundle.split("\\.")[2];
    }

    String shortName() {
        return shortened(bundle);
    }

    int ownLinksLost() {
        return flows.get(Neighbours.UDP).links() + flows.get(Neighbours.TCP).links();
    }

    int transitLinksLost() {
        return flows.get(Neighbours.TRANSIT).links();
    }

    boolean transferBroken() {
        return !transfers.endsWith("broken=");
    }

    static String shortened(String symbolicName) {
        return symbolicName.replaceFirst("^io\\.kairos\\.", "").replaceFirst("\\.", "/");
    }
}
