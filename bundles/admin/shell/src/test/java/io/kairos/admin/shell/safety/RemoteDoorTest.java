package io.kairos.admin.shell.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Finding;
import io.kairos.api.health.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteDoorTest {

    private static final String GROUPS = """
            _g_\\:viewer = group,viewer,ssh
            _g_\\:owner = group,owner,operator,viewer,admin,ssh
            """;

    private static List<Severity> severities(List<Finding> findings) {
        return findings.stream().map(Finding::severity).toList();
    }

    private static List<Finding> door(String host, String methods) {
        return RemoteDoor.door(Map.of("sshHost", host, "authMethods", methods));
    }

    @Test
    void keysOnTheLoopbackAreFine() {
        for (String host : List.of("127.0.0.1", "127.0.0.9", "::1", "localhost")) {
            assertEquals(List.of(), door(host, "publickey"), host);
        }
    }

    @Test
    void anAddressThatOthersReachIsAWarning() {
        for (String host : List.of("0.0.0.0", "::", "192.0.2.1", "node.example.org", "")) {
            assertEquals(List.of(Severity.WARNING), severities(door(host, "publickey")), host);
        }
        assertEquals(
                List.of(Severity.WARNING, Severity.ERROR), severities(RemoteDoor.door(Map.of())), "Karaf's defaults");
    }

    @Test
    void passwordsAreAnError() {
        assertEquals(List.of(Severity.ERROR), severities(door("127.0.0.1", "publickey,password")));
        assertEquals(List.of(Severity.ERROR), severities(RemoteDoor.passwords("karaf = karaf,_g_:admingroup\n")));
        assertEquals(List.of(), RemoteDoor.passwords("# karaf = karaf\n"));
    }

    @Test
    void whoHasNoRoleIsCountedAndNotNamed() {
        String people = """
                alice = AAAA,_g_:owner
                bob = AAAA,viewer
                carol = AAAA,_g_:friends
                dave = AAAA
                erin = AAAA,ssh
                """;
        List<Finding> findings = RemoteDoor.withoutRole(people + GROUPS);
        assertEquals(
                "3 of those in etc/keys.properties have no role, so they can do nothing or cannot log in",
                findings.get(0).message());
        assertTrue(!findings.toString().contains("carol"), findings::toString);
        assertEquals(List.of(), RemoteDoor.withoutRole(GROUPS));
    }

    @Test
    void anOldFileWithKarafsAdminIsFine() {
        assertEquals(
                List.of(),
                RemoteDoor.withoutRole(
                        "local = AAAA,_g_:admingroup\n_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n"));
    }
}
