package io.kairos.admin.shell.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Typed;
import io.kairos.api.admin.NodeVersions;
import io.kairos.api.admin.Plugins.Consent;
import io.kairos.api.failure.MeshException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NodeCommandsTest {

    private final FakeVersions versions = new FakeVersions();
    private final FakeServices services = new FakeServices().with(NodeVersions.class, versions);

    @Test
    void anUpdateTakesEffectAtTheNextStart() {
        String text = Typed.command(new UpdateCommand())
                .with("source", "/stick/kairos.kar")
                .run(services);

        assertTrue(text.contains("Version 0.2.0 is tried at the next start"), text);
        assertTrue(text.contains("bin/kairos stop"), text);
        assertEquals(List.of("update /stick/kairos.kar []"), versions.calls);
    }

    @Test
    void aRestartIsDoneAfterTheUpdate() {
        versions.canRestart = true;

        Typed.command(new UpdateCommand())
                .with("source", "/stick/kairos.kar")
                .with("restart", true)
                .with("newSigner", true)
                .run(services);

        assertEquals(List.of("update /stick/kairos.kar [NEW_SIGNER]", "restart"), versions.calls);
    }

    @Test
    void whereNobodyWouldStartItAgainNothingIsDone() {
        Typed update = Typed.command(new UpdateCommand()).with("source", "/x").with("restart", true);

        assertThrows(MeshException.class, () -> update.run(services));
        assertEquals(List.of(), versions.calls);
    }

    @Test
    void aRollbackSaysWhetherItOnlyTakesBackAnUpdate() {
        versions.rollback = NodeVersions.INSTALLED;
        assertTrue(Typed.command(new RollbackCommand()).run(services).contains("stays as it is"));

        versions.rollback = "0.1.5";
        assertTrue(Typed.command(new RollbackCommand()).run(services).contains("Version 0.1.5 is tried"));
    }

    @Test
    void versionsAreListedWithWhatTheyAre() {
        String text = Typed.command(new VersionsCommand()).run(services);

        assertTrue(text.contains("0.2.0    failed   package"), text);
        assertTrue(text.contains("0.1.0    running  installed by hand"), text);
        assertTrue(text.contains("0.2.0 was tried and left: it is broken"), text);
        assertTrue(Typed.command(new VersionsCommand())
                .with("json", true)
                .run(services)
                .contains("\"failed\""));
    }

    private static final class FakeVersions implements NodeVersions {

        private final List<String> calls = new ArrayList<>();
        private boolean canRestart;
        private String rollback = INSTALLED;

        @Override
        public String update(String source, Set<Consent> consents, Consumer<String> progress) {
            calls.add("update " + source + " " + consents);
            return "0.2.0";
        }

        @Override
        public String rollback() {
            return rollback;
        }

        @Override
        public List<NodeVersion> versions() {
            return List.of(
                    new NodeVersion("0.2.0", "0.2.0", Set.of(Mark.FAILED), "it is broken"),
                    new NodeVersion("0.1.5", "0.1.5", Set.of(Mark.PREVIOUS), ""),
                    new NodeVersion(INSTALLED, "0.1.0", Set.of(Mark.RUNNING), ""));
        }

        @Override
        public boolean canRestart() {
            return canRestart;
        }

        @Override
        public void restart() {
            calls.add("restart");
        }
    }
}
