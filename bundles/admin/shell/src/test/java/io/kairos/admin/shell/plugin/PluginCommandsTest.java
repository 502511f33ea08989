package io.kairos.admin.shell.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Typed;
import io.kairos.api.admin.Plugins;
import io.kairos.api.failure.MeshException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PluginCommandsTest {

    private final FakePlugins plugins = new FakePlugins();
    private final FakeServices services = new FakeServices().with(Plugins.class, plugins);

    @Test
    void withoutATerminalThePlanIsShownAndNothingIsDone() {
        String text = Typed.command(new InstallCommand())
                .with("source", "/stick/hello.kar")
                .run(services);

        assertTrue(text.startsWith("Update hello 1.0.0 \u2192 1.1.0: Hello"), text);
        assertTrue(text.contains("  + bundle org.example.hello 1.1.0"), text);
        assertTrue(text.contains("Nothing was changed."), text);
        assertEquals(List.of("plan /stick/hello.kar", "discard"), plugins.calls);
    }

    @Test
    void yesDoesIt() {
        String text = Typed.command(new UpdateCommand())
                .with("name", "hello")
                .with("source", "https://example.invalid/hello.kar")
                .with("yes", true)
                .run(services);

        assertTrue(text.endsWith("plugin:rollback hello goes back." + System.lineSeparator()), text);
        assertEquals(List.of("plan https://example.invalid/hello.kar hello", "apply"), plugins.calls);
    }

    @Test
    void whatIsNotInstalledCannotBeUpdated() {
        Typed update = Typed.command(new UpdateCommand()).with("name", "other").with("source", "x");

        assertThrows(MeshException.class, () -> update.run(services));
    }

    @Test
    void aFailedCheckIsShownAndTheCommandFails() {
        MeshException failure = assertThrows(
                MeshException.class,
                () -> Typed.command(new CheckCommand()).with("name", "hello").run(services));

        assertEquals("hello is not as it should be: 1 check failed.", failure.getMessage());
        assertEquals("Look.", failure.remedy());
    }

    @Test
    void keysAreListedAddedAndRemoved() {
        assertTrue(Typed.command(new TrustCommand()).run(services).contains("alice"));
        Typed.command(new TrustCommand())
                .with("what", "add")
                .with("name", "bob")
                .with("key", "ed25519:x")
                .run(services);
        Typed.command(new TrustCommand())
                .with("what", "remove")
                .with("name", "bob")
                .run(services);

        assertEquals(List.of("trust bob ed25519:x", "distrust bob"), plugins.calls);
        assertThrows(
                MeshException.class,
                () -> Typed.command(new TrustCommand()).with("what", "add").run(services));
        assertThrows(
                MeshException.class,
                () -> Typed.command(new TrustCommand()).with("what", "drop").run(services));
    }

    @Test
    void pluginsAreListedAndShown() {
        assertTrue(Typed.command(new ListCommand()).run(services).contains("hello   1.0.0    -       alice  Hello"));
        assertTrue(Typed.command(new InfoCommand())
                .with("name", "hello")
                .run(services)
                .contains("  bundle     org.example.hello 1.0.0"));
        assertTrue(Typed.command(new VerifyCommand())
                .with("source", "/x")
                .run(services)
                .contains("  signed by  alice"));
    }

    /** One plugin, and a plan for its next version. */
    private static final class FakePlugins implements Plugins {

        private final List<String> calls = new ArrayList<>();

        @Override
        public List<TrustedKey> trustedKeys() {
            return List.of(new TrustedKey("alice", "0123456789abcdef", "ed25519:AAAA"));
        }

        @Override
        public void trust(String name, String key) {
            calls.add("trust " + name + " " + key);
        }

        @Override
        public void distrust(String name) {
            calls.add("distrust " + name);
        }

        @Override
        public PackageView verify(String source) {
            return new PackageView(
                    "hello",
                    "1.0.0",
                    "plugin",
                    "Hello",
                    Instant.EPOCH,
                    Optional.empty(),
                    List.of("alice"),
                    List.of("hello"),
                    List.of(),
                    2,
                    10);
        }

        @Override
        public Plan planInstall(String source, Optional<String> name, Set<Consent> consents) {
            calls.add("plan " + source + name.map(text -> " " + text).orElse(""));
            return plan(Action.UPDATE);
        }

        @Override
        public Plan planRollback(String name) {
            return plan(Action.ROLLBACK);
        }

        @Override
        public Plan planUninstall(String name) {
            return plan(Action.UNINSTALL);
        }

        private static Plan plan(Action action) {
            return new Plan(
                    "plan-1",
                    action,
                    "hello",
                    "Hello",
                    Optional.of("1.0.0"),
                    Optional.of("1.1.0"),
                    List.of("alice"),
                    List.of("+ bundle org.example.hello 1.1.0"),
                    List.of());
        }

        @Override
        public void apply(Plan plan, Consumer<String> progress) {
            calls.add("apply");
        }

        @Override
        public void discard(Plan plan) {
            calls.add("discard");
        }

        @Override
        public List<Installed> installed() {
            return List.of(new Installed(
                    "hello",
                    "1.0.0",
                    "Hello",
                    "alice",
                    Optional.empty(),
                    "1.0.0",
                    List.of("hello/1.0.0"),
                    List.of("org.example.hello 1.0.0"),
                    List.of()));
        }

        @Override
        public List<Check> check(String name) {
            return List.of(new Check(true, "it runs", ""), new Check(false, "it does not answer", "Look."));
        }
    }
}
