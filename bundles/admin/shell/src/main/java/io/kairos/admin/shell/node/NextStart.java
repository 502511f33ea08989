package io.kairos.admin.shell.node;

import io.kairos.admin.shell.Arguments;
import io.kairos.api.admin.NodeVersions;
import java.io.PrintStream;

/** What the commands that change the version share: it takes effect at the next start, at once where that is wanted. */
final class NextStart {

    private NextStart() {}

    /** Refuses where a restart is wanted and nobody would start the node again. */
    static void require(NodeVersions versions, boolean restart) {
        if (restart && !versions.canRestart()) {
            throw Arguments.wrong(
                    "Nobody stays beside this node to start it again.",
                    "Leave out --restart, end the node, and start it with bin/kairos.");
        }
    }

    static void tell(NodeVersions versions, boolean restart, PrintStream out) {
        if (restart) {
            out.println("The node ends now and is started again; node:versions tells how it went.");
            versions.restart();
        } else {
            out.println("  \u2192 End the node and start it again when it suits you: bin/kairos stop, bin/kairos run.");
        }
    }
}
