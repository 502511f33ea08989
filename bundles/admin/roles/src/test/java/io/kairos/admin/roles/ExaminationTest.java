package io.kairos.admin.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.health.Finding;
import io.kairos.api.role.NodeRole;
import io.kairos.api.role.NodeView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExaminationTest {

    private static final NodeView NODE = new NodeView(List.of(), true, 128);

    private record Given(String name, List<Finding> says, int heapMegabytes) implements NodeRole {
        @Override
        public String purpose() {
            return "for this test";
        }

        @Override
        public Map<String, Map<String, String>> defaults() {
            return Map.of();
        }

        @Override
        public List<Finding> selfCheck(NodeView node) {
            return says;
        }
    }

    private record Shelf(Set<String> installed) implements Provisioner {
        @Override
        public Map<String, String> known() {
            return Map.of("hub", "", "home", "");
        }

        @Override
        public void provision(Set<String> wanted) {
            throw new AssertionError("an examination changes nothing");
        }
    }

    private static List<Finding> examine(Optional<Set<String>> chosen, NodeRole... roles) {
        Choice choice =
                new Choice(new Shelf(Set.of()), Optional.empty(), any -> 0, new HeapWish(Path.of("never-written")));
        return new Examination(choice, chosen, List.of(roles), NODE).findings();
    }

    @Test
    void aNodeWithoutARoleIsFine() {
        assertEquals(
                List.of(Finding.ok("No role is chosen; role:list shows what this node could be for")),
                examine(Optional.empty()));
    }

    @Test
    void whatARoleFindsIsToldWithItsName() {
        assertEquals(
                List.of(Finding.error("hub: no radio", "attach one")),
                examine(
                        Optional.of(Set.of("hub")),
                        new Given("hub", List.of(Finding.error("no radio", "attach one")), 0)));
        assertEquals(
                List.of(Finding.ok("This node is what it is meant to be: hub")),
                examine(Optional.of(Set.of("hub")), new Given("hub", List.of(), 0)));
    }

    @Test
    void aRoleThatTheFileDoesNotNameIsAWarning() {
        Finding finding = examine(Optional.of(Set.of("home")), new Given("hub", List.of(), 0))
                .get(0);
        assertEquals(Finding.Severity.WARNING, finding.severity());
        assertEquals(
                "hub is installed, but etc/io.kairos.admin.roles.cfg does not name it: at the next start it is gone",
                finding.message());
    }

    @Test
    void aNameInTheFileThatNoRoleHasIsAWarning() {
        assertEquals(
                List.of(Finding.warning(
                        "There is no role 'hubb'.", "Correct etc/io.kairos.admin.roles.cfg. Roles are: home, hub.")),
                examine(Optional.of(Set.of("hubb"))).stream()
                        .map(finding -> new Finding(
                                finding.severity(),
                                finding.message(),
                                finding.remedy().replace("hub, home", "home, hub")))
                        .toList());
    }
}
