package io.kairos.admin.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import io.kairos.api.failure.MeshException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is only looked at, refused, failed or there already. */
class PreviewAndRefusalTest extends ImporterScene {

    @Test
    void thePreviewChangesNothingAndTheOldFilesStayAsTheyAre() throws Exception {
        Map<String, String> before = contents(old);

        List<Item> preview = node.importer().preview(old);
        assertEquals(List.of("node"), List.copyOf(node.keys.keySet()));
        assertEquals(Map.of(), contents(etc));
        assertEquals(0, node.store.writes());

        List<Item> applied = node.importer().apply(old);
        assertEquals(before, contents(old));
        assertEquals(
                preview.stream().filter(item -> item.result() == Result.PLANNED).count(),
                applied.stream().filter(item -> item.result() == Result.DONE).count());
    }

    @Test
    void aSecondTimeEverythingIsThereAlready() throws Exception {
        node.importer().apply(old);
        Map<String, String> after = contents(etc);

        List<Item> again = node.importer().apply(old);

        assertTrue(again.stream().noneMatch(item -> item.result() == Result.DONE || item.result() == Result.FAILED));
        assertEquals(after, contents(etc));
    }

    @Test
    void whatCannotBeTakenOverIsNamedWithItsLineAndWhy() {
        List<Item> items = node.importer().preview(old);

        assertEquals(Result.NOT_YET, item(items, "[Mine]").result());
        assertEquals(
                "Kairos has no transport for ExampleInterface, a module of its operator's own yet",
                item(items, "[Mine]").note());
        Item tries = item(items, "max_reconnect_tries");
        assertEquals(Result.LEFT_OUT, tries.result());
        assertTrue(tries.source().startsWith("config:"), tries.source());
        assertEquals(Result.LEFT_OUT, item(items, "panic_on_interface_error").result());
    }

    @Test
    void aMistakeInTheConfigurationStopsBeforeAnythingIsDone() throws Exception {
        Files.writeString(old.resolve("config"), "[reticulum]\nenable_transport = yes\nenable_transport = no\n");
        MeshException refusal =
                assertThrows(MeshException.class, () -> node.importer().apply(old));
        assertTrue(refusal.getMessage().startsWith("config, line 3:"), refusal.getMessage());
        assertEquals(List.of("node"), List.copyOf(node.keys.keySet()));
    }

    @Test
    void aFullDiskIsToldForEachItem() {
        node.store.full(true);
        Item ratchets = item(node.importer().apply(old), ".ratchets");
        assertEquals(Result.FAILED, ratchets.result());
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertThrows(MeshException.class, () -> node.importer().preview(etc));
        assertThrows(MeshException.class, () -> node.importer().preview(temp.resolve("nowhere")));
    }
}
