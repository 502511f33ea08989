package io.kairos.admin.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.Roles.Role;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoiceTest {

    @TempDir
    Path folder;

    private final Container container = new Container();
    private int wished;
    private Path file;
    private Path heap;
    private Choice choice;

    /** Stands for Karaf. */
    private static final class Container implements Provisioner {

        private final Set<String> installed = new TreeSet<>();
        private final List<Set<String>> steps = new ArrayList<>();
        private boolean broken;

        @Override
        public Map<String, String> known() {
            return Map.of("hub", "a hub", "home", "a home", "client", "a client");
        }

        @Override
        public Set<String> installed() {
            return new TreeSet<>(installed);
        }

        @Override
        public void provision(Set<String> wanted) {
            if (broken) {
                throw new MeshException(Failure.Kind.CONFIGURATION, "no", "try again");
            }
            steps.add(Set.copyOf(wanted));
            installed.clear();
            installed.addAll(wanted);
        }
    }

    @BeforeEach
    void make() {
        file = folder.resolve("io.kairos.admin.roles.cfg");
        heap = folder.resolve("kairos/role-heap");
        choice = new Choice(container, Optional.of(new RoleFile(file)), roles -> wished, new HeapWish(heap));
    }

    @Test
    void aRoleIsInstalledBesideOthersAndWrittenDown() throws IOException {
        choice.install("home");
        choice.install("hub");

        assertEquals(Set.of("home", "hub"), container.installed());
        assertTrue(Files.readString(file).endsWith("\nroles = home, hub\n"), Files.readString(file));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                "nobody else reads it");
    }

    @Test
    void changingIsOneStepOfTheContainer() {
        choice.install("home");
        choice.install("client");
        choice.change("hub");

        assertEquals(Set.of("hub"), container.installed());
        assertEquals(List.of(Set.of("home"), Set.of("home", "client"), Set.of("hub")), container.steps);
    }

    @Test
    void leavingTheLastRoleIsRememberedToo() throws IOException {
        choice.install("hub");
        choice.leave("hub");

        assertEquals(Set.of(), container.installed());
        assertTrue(Files.readString(file).endsWith("\nroles =\n"), Files.readString(file));
    }

    @Test
    void aNameThatNoRoleHasChangesNothingAndTellsTheNames() {
        MeshException refused = assertThrows(MeshException.class, () -> choice.install("hubb"));

        assertEquals("There is no role 'hubb'.", refused.failure().message());
        assertTrue(refused.remedy().startsWith("Roles are: "), refused.remedy());
        assertThrows(MeshException.class, () -> choice.change("../hub"));
        assertThrows(MeshException.class, () -> choice.leave(""));
        assertEquals(List.of(), container.steps);
        assertFalse(Files.exists(file));
    }

    @Test
    void whatItIsAlreadyAndWhatItIsNotIsSaid() {
        choice.install("hub");

        assertEquals(
                "This node is a hub already.",
                assertThrows(MeshException.class, () -> choice.install("hub"))
                        .failure()
                        .message());
        MeshException no = assertThrows(MeshException.class, () -> choice.leave("home"));
        assertEquals("This node is no home.", no.failure().message());
        assertEquals("It is: hub.", no.remedy());
    }

    @Test
    void aContainerThatRefusesLeavesTheFileAsItWas() {
        container.broken = true;
        assertThrows(MeshException.class, () -> choice.install("hub"));
        assertFalse(Files.exists(file));
    }

    @Test
    void commentsAndOtherLinesOfTheFileStay() throws IOException {
        Files.writeString(file, "# mine\nroles = client, \\\n  home\n# end\n");
        choice.change("hub");
        assertEquals("# mine\nroles = hub\n# end\n", Files.readString(file));
    }

    @Test
    void theHeapIsKeptForTheNextStartAndForgottenWithTheRole() throws IOException {
        wished = 7;
        List<String> notes = choice.install("hub");
        assertEquals("7m\n", Files.readString(heap));
        assertTrue(
                notes.get(1).startsWith("The heap of 7 MB takes effect when the node is started again"),
                notes::toString);

        wished = 0;
        choice.leave("hub");
        assertFalse(Files.exists(heap));
    }

    @Test
    void whatTheContainerTellsLateOfTheFileChangesNothing() {
        choice.install("home");
        choice.change("hub");
        choice.follow(Set.of("home"));

        assertEquals(Set.of("hub"), container.installed());
    }

    @Test
    void theFileIsFollowedAndUnknownNamesInItAreLeftOut() throws IOException {
        choice.install("hub");
        Files.writeString(file, "roles = home, hubb\n");
        choice.follow(Set.of("home", "hubb"));

        assertEquals(Set.of("home"), container.installed());
        assertEquals(Optional.of("There is no role 'hubb'."), choice.unknown(Set.of("home", "hubb")));
        int before = container.steps.size();
        choice.follow(Set.of("home", "hubb"));
        assertEquals(before, container.steps.size(), "nothing to do");
    }

    @Test
    void aContainerThatRefusesWhileTheFileIsFollowedIsToldInTheLogOnly() {
        container.broken = true;
        choice.follow(Set.of("hub"));
        assertEquals(Set.of(), container.installed());
    }

    @Test
    void everyRoleIsListedWithItsPurpose() {
        choice.install("hub");
        assertTrue(choice.all().contains(new Role("hub", "a hub", true)));
        assertTrue(choice.all().contains(new Role("home", "a home", false)));
    }

    @Test
    void theFileMayNameRolesInSeveralWays() {
        assertEquals(Optional.empty(), RolesComponent.named(Map.of()), "it says nothing");
        assertEquals(Optional.of(Set.of()), RolesComponent.named(Map.of("roles", " ")), "it says: none");
        assertEquals(Optional.of(Set.of("hub", "home")), RolesComponent.named(Map.of("roles", "Hub, home,")));
        assertEquals(
                Optional.of(Set.of("hub", "home")),
                RolesComponent.named(Map.of("roles", new String[] {"hub", "home"})));
    }

    @Test
    void aSmallDifferenceOfTheHeapIsNotWorthAWord() {
        assertEquals(Optional.empty(), HeapWish.note(128, 123));
        assertEquals(Optional.empty(), HeapWish.note(0, 123));
        assertTrue(HeapWish.note(256, 123).isPresent());
        assertTrue(HeapWish.note(64, 123).isPresent());
    }
}
