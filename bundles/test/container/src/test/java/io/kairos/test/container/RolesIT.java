package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.kairos.api.admin.RoleSettings;
import io.kairos.api.admin.RoleSettings.Standing;
import io.kairos.api.admin.Roles;
import io.kairos.api.failure.MeshException;
import io.kairos.api.routing.Router;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** Roles come, change and leave in a running node, and take with them what they brought. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RolesIT {

    private static final String CLIENT = "io.kairos.transport.tcp.client";
    private static final String FILLED = "uplink"; // its settings say nothing of a mode
    private static final String OWN = "own"; // its operator has chosen a mode

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private SessionFactory sessions;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    private Node node;
    private Interfaces interfaces;
    private Roles roles;
    private Map<String, String> settingsBefore;

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    @Before
    public void configureTwoInterfaces() throws Exception {
        node = new Node(context);
        interfaces = new Interfaces(context, configurations);
        roles = node.service(Roles.class);
        interfaces.add(CLIENT, FILLED, Map.of("peer.host", "127.0.0.1", "peer.port", Interfaces.freeTcpPort()));
        interfaces.add(
                CLIENT,
                OWN,
                Map.of("peer.host", "127.0.0.1", "peer.port", Interfaces.freeTcpPort(), "mode", "gateway"));
        Node.await(
                "they are there", () -> mode(FILLED).equals("full") && mode(OWN).equals("gateway"));
        settingsBefore = settings();
    }

    @After
    public void removeThem() throws Exception {
        for (Roles.Role role : roles.all()) {
            if (role.installed()) {
                roles.leave(role.name());
            }
        }
        interfaces.remove(FILLED);
        interfaces.remove(OWN);
    }

    private String mode(String name) throws Exception {
        return interfaces.find(name).map(one -> one.policy().mode().word()).orElse("not there");
    }

    /** What every part is told, by configuration. */
    private Map<String, String> settings() throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (org.osgi.service.cm.Configuration one : configurations.listConfigurations("(service.pid=io.kairos.*)")) {
            Dictionary<String, Object> told = one.getProcessedProperties(null);
            Map<String, String> values = new TreeMap<>();
            Collections.list(told.keys()).forEach(key -> values.put(key, String.valueOf(told.get(key))));
            if (!one.getPid().equals("io.kairos.admin.roles")) { // where the choice itself is written
                all.put(one.getPid(), values.toString());
            }
        }
        return all;
    }

    private Map<String, String> others() {
        Map<String, String> others = node.incarnations();
        others.keySet().removeIf(name -> name.startsWith("io.kairos.role."));
        return others;
    }

    private void isNow(String role, String mode) throws Exception {
        Node.await(role + " brings " + mode, () -> mode(FILLED).equals(mode));
        assertEquals("what the operator says holds", "gateway", mode(OWN));
        List<String> installed = new ArrayList<>();
        roles.all().stream().filter(Roles.Role::installed).forEach(one -> installed.add(one.name()));
        assertEquals(List.of(role), installed);
        for (RoleSettings.Value value : node.service(RoleSettings.class).values()) {
            assertFalse(value.toString(), value.standing() == Standing.WRONG);
        }
    }

    /** The router begins anew with other settings; for a moment there is none. */
    private boolean forwards(boolean wanted) {
        return Optional.ofNullable(context.getServiceReference(Router.class))
                .map(context::getService)
                .filter(router -> router.forwards() == wanted)
                .isPresent();
    }

    private void isAsBefore() throws Exception {
        Node.await("the settings are as before", () -> settings().equals(settingsBefore));
        Node.await("the interface, too", () -> mode(FILLED).equals("full"));
        assertTrue(roles.all().stream().noneMatch(Roles.Role::installed));
    }

    @Test
    public void eachRoleComesChangesAndLeavesWhilePacketsFlow() throws Exception {
        try (Neighbour neighbour = new Neighbour(node, interfaces)) {
            settingsBefore = settings();
            Map<String, String> bundles = others();

            roles.install("home");
            isNow("home", "boundary");
            roles.change("mobile");
            isNow("mobile", "roaming");
            roles.change("hub");
            isNow("hub", "boundary");
            roles.change("repeater");
            isNow("repeater", "full");
            roles.change("backbone");
            isNow("backbone", "full");
            roles.leave("backbone");
            isAsBefore();

            assertEquals("no other bundle was touched", bundles, others());
            neighbour.everyQuestionIsAnswered();
        }
    }

    @Test
    public void aPersonalDeviceForwardsForNobodyUntilItLeavesTheRole() throws Exception {
        Map<String, String> bundles = others();
        assertTrue(forwards(true));

        roles.install("client");
        Node.await("it forwards nothing", () -> forwards(false));
        roles.leave("client");
        Node.await("it forwards again", () -> forwards(true));

        isAsBefore();
        assertEquals("no other bundle was touched", bundles, others());
    }

    @Test
    public void ofTwoRolesTheOneThatComesFirstHolds() throws Exception {
        roles.install("mobile");
        Node.await("roaming", () -> mode(FILLED).equals("roaming"));
        roles.install("hub");
        Node.await("boundary", () -> mode(FILLED).equals("boundary"));
        assertTrue(
                new Console(sessions).run("role:check"),
                new Console(sessions)
                        .run("role:check")
                        .contains("mobile says mode = roaming for uplink, but hub says boundary and comes first"));
        roles.leave("hub");
        Node.await("roaming again", () -> mode(FILLED).equals("roaming"));
        roles.leave("mobile");
        isAsBefore();
    }

    @Test
    public void aNameThatNoRoleHasIsRefusedAndChangesNothing() throws Exception {
        Map<String, String> bundles = node.incarnations();
        MeshException refused = assertThrows(MeshException.class, () -> roles.install("hubb"));
        assertEquals("There is no role 'hubb'.", refused.failure().message());
        assertEquals(
                "Roles are: backbone, client, home, hub, mobile, repeater. role:list tells what they are for.",
                refused.remedy());
        assertEquals(bundles, node.incarnations());
        isAsBefore();
    }
}
