package io.kairos.admin.shell.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Typed;
import io.kairos.api.admin.RoleSettings;
import io.kairos.api.admin.RoleSettings.Standing;
import io.kairos.api.admin.RoleSettings.Value;
import io.kairos.api.admin.Roles;
import io.kairos.api.failure.MeshException;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.role.NodeRole;
import io.kairos.api.time.Clock;
import io.kairos.test.kit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleCommandsTest {

    private final List<String> done = new ArrayList<>();

    private final Roles roles = new Roles() {
        @Override
        public List<Role> all() {
            return List.of(new Role("home", "A node at home", false), new Role("hub", "A community hub", true));
        }

        @Override
        public List<String> install(String name) {
            done.add("install " + name);
            return List.of("Written to etc/x.cfg.");
        }

        @Override
        public List<String> change(String name) {
            done.add("change " + name);
            return List.of();
        }

        @Override
        public List<String> leave(String name) {
            done.add("leave " + name);
            return List.of();
        }
    };

    private final NodeRole hub = new NodeRole() {
        @Override
        public String name() {
            return "hub";
        }

        @Override
        public String purpose() {
            return "A community hub";
        }

        @Override
        public Map<String, Map<String, String>> defaults() {
            return Map.of();
        }

        @Override
        public int heapMegabytes() {
            return 256;
        }
    };

    private static final String AUTO = "io.kairos.transport.auto";

    private final FakeServices services = new FakeServices()
            .with(Roles.class, roles)
            .with(NodeRole.class, hub)
            .with(Clock.class, new ManualClock())
            .with(
                    RoleSettings.class,
                    () -> List.of(
                            new Value("hub", AUTO, "mode", "gateway", "lan", Standing.HOLDS, "", ""),
                            new Value("hub", AUTO, "mode", "gateway", "wifi", Standing.OVERRIDDEN, "full", ""),
                            new Value(
                                    "hub", "io.kairos.transport.rnode", "mode", "gateway", "", Standing.WAITS, "", ""),
                            new Value("hub", AUTO, "x", "1", "lan", Standing.OTHER_ROLE, "2", "home"),
                            new Value("hub", AUTO, "y", "1", "lan", Standing.WRONG, "", "is too small")));

    private String run(RoleCommand command, String name) throws Exception {
        Typed typed = Typed.command(command);
        return (name == null ? typed : typed.with("name", name)).run(services);
    }

    @Test
    void theListSaysWhatTheNodeIs() throws Exception {
        assertEquals("""
                Role  Installed  What the node is then
                ----  ---------  ---------------------
                home  no         A node at home
                hub   yes        A community hub
                role:show NAME tells what a role sets, role:change NAME takes another.
                """, run(new ListCommand(), null));
    }

    @Test
    void aRoleIsShownWithWhatHoldsAndWhereItCameFrom() throws Exception {
        assertEquals("""
                hub: A community hub
                Memory: a heap of 256 MB, from the next start on, unless etc/setenv sets KAIROS_HEAP
                For                        Setting  The role says  What holds
                -------------------------  -------  -------------  -------------------------
                lan                        mode     gateway        the role's
                wifi                       mode     gateway        yours: full
                io.kairos.transport.rnode  mode     gateway        nothing of this kind yet
                lan                        x        1              2 (from home)
                lan                        y        1              left out: it is too small
                Your own settings in etc/ always hold; a role fills in what they do not name.
                """, run(new ShowCommand(), "hub"));
        assertTrue(run(new ShowCommand(), "home").contains("This node is no home. role:install home adds the role"));
    }

    @Test
    void jsonTellsTheSame() throws Exception {
        String list = Typed.command(new ListCommand()).with("json", true).run(services);
        assertTrue(list.contains("\"installed\": true"), list);
        String show = Typed.command(new ShowCommand())
                .with("json", true)
                .with("name", "hub")
                .run(services);
        assertTrue(show.contains("\"standing\": \"other_role\"") && show.contains("\"in_force\": \"full\""), show);
    }

    @Test
    void aNameThatNoRoleHasIsRefusedWithTheNamesThereAre() {
        MeshException refused = assertThrows(MeshException.class, () -> run(new ShowCommand(), "hubb"));
        assertEquals("Roles are: home, hub.", refused.remedy());
    }

    @Test
    void takingARoleOnTellsWhatHoldsNow() throws Exception {
        assertEquals("""
                Written to etc/x.cfg.
                This node is a hub now: 1 settings come from the role, 1 are your own.
                role:show hub shows them, role:check tells what is missing.
                """, run(new InstallCommand(), "hub"));
        run(new ChangeCommand(), "hub");
        run(new LeaveCommand(), "hub");
        assertEquals(List.of("install hub", "change hub", "leave hub"), done);
    }

    @Test
    void theCheckAsksOnlyTheRoles() throws Exception {
        services.with(HealthCheck.class, check("roles", Finding.error("hub: no radio", "attach one")));
        services.with(HealthCheck.class, check("paths", Finding.error("no path", "wait")));
        String told = run(new CheckCommand(), null);
        assertTrue(told.contains("hub: no radio") && !told.contains("no path"), told);
    }

    private static HealthCheck check(String subject, Finding finding) {
        return new HealthCheck() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public List<Finding> examine() {
                return List.of(finding);
            }
        };
    }
}
