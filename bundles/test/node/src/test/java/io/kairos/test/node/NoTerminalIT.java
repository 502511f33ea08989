package io.kairos.test.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A node that a script, a service or a container without a terminal starts with a console. */
class NoTerminalIT {

    /** Escape: what a console begins to draw with. */
    private static final char DRAWING = 27;

    @Test
    void aConsoleOnAPipePrintsNoPromptAndDoesNotEndTheNodeWithItsInput() throws IOException {
        int port = NodeProcess.freePort();
        try (NodeProcess node = new NodeProcess("no-terminal").listens("first", port)) {
            node.start("console").awaitPort(port).awaitLog("Interface first is up");
            node.endInput();

            // the console of an operator is the last thing to come up, after that of the script would have
            String status = node.console().say("mesh:status");

            assertTrue(status.contains("first"), status);
            assertTrue(node.isAlive(), "the end of its input is nothing to a node");
            String printed = node.output();
            assertTrue(printed.contains("there is no terminal here"), printed);
            assertFalse(printed.contains("kairos>") || printed.indexOf(DRAWING) >= 0, printed);
            assertEquals(
                    0, printed.lines().filter(line -> line.indexOf('\r') >= 0).count(), printed);
            node.stop();
        }
    }
}
