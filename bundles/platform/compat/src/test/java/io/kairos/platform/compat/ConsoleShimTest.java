package io.kairos.platform.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody is logged in here; with people it is tried over SSH on a running node. */
class ConsoleShimTest {

    /** The frames of Karaf's check, by name. */
    private static boolean checkSecurity(String role) {
        return ConsoleShim.currentUserHasRole(role);
    }

    private static boolean isVisible(String role) {
        return ConsoleShim.currentUserHasRole(role);
    }

    /** As Karaf asks first, before it looks at the arguments. */
    private static final class Karaf {
        static boolean checkSecurity(String role) {
            return isVisible(role);
        }
    }

    @Test
    void aHigherRoleIncludesTheLowerOnesAndKarafsAdminIsAnOwner() {
        for (String role : ConsoleShim.LADDER) {
            assertTrue(ConsoleShim.has(Set.of("owner"), role), role);
            assertTrue(ConsoleShim.has(Set.of("admin"), role), role);
            assertFalse(ConsoleShim.has(Set.of("ssh", "manager"), role), role);
        }
        assertTrue(ConsoleShim.has(Set.of("operator"), "viewer"));
        assertFalse(ConsoleShim.has(Set.of("operator"), "owner"));
        assertFalse(ConsoleShim.has(Set.of("viewer"), "operator"));
        assertTrue(ConsoleShim.has(Set.of("systembundles"), "systembundles"));
        assertFalse(ConsoleShim.has(Set.of("owner"), "systembundles"), "other roles are no part of the ladder");
    }

    @Test
    void whatRunsIsRefusedWithTheRoleThatIsNeeded() {
        SecurityException refused = assertThrows(SecurityException.class, () -> checkSecurity("operator"));
        assertEquals(
                "This needs the role operator; you have none of the roles viewer, operator, owner."
                        + " Who has which role stands in etc/keys.properties of the node.",
                refused.getMessage());
    }

    @Test
    void whatIsListedIsOnlyLeftOut() {
        assertFalse(isVisible("operator"));
        assertFalse(checkSecurity("systembundles"), "a role of Karaf's own is Karaf's business");
    }

    @Test
    void aCommandThatIsAboutToRunIsFoundSoThatTheSentenceCanFollow() {
        assertTrue(Karaf.checkSecurity("operator"));
    }
}
