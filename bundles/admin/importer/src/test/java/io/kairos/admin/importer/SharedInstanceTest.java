package io.kairos.admin.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How programs of the machine reach the node. */
class SharedInstanceTest extends ImporterScene {

    @Test
    void howProgramsReachTheNodeStaysAsTheyKnowIt() throws Exception {
        Path file = etc.resolve("io.kairos.transport.local-programs.cfg");
        Files.writeString(file, "# mine\ninterface.name = programs\n#instance.name = default\n");
        Files.writeString(old.resolve("config"), """
                [reticulum]
                share_instance = yes
                instance_name = second
                shared_instance_type = TCP
                shared_instance_port = 37430
                instance_control_port = 37429
                rpc_key = E5 C0 32
                """);

        List<Item> items = node.importer().apply(old);

        assertEquals("""
                # mine
                interface.name = programs
                #instance.name = default
                instance.name = second
                socket = tcp
                listen.port = 37430
                rpc.key = e5c032
                """, Files.readString(file));
        assertEquals(Result.PRESENT, item(items, "share_instance").result());
        assertEquals(Result.PRESENT, item(items, "instance_control_port").result());
        assertTrue(items.stream().noneMatch(item -> item.toString().contains("e5c032")), "the key is not shown");
    }

    @Test
    void theSharedInstanceIsFoundUnderAnyName() throws Exception {
        Path file = etc.resolve("io.kairos.transport.local-mine.cfg");
        Files.writeString(file, "interface.name = mine\n");
        node.importer().apply(old);
        assertEquals("interface.name = mine\nenabled = false\n", Files.readString(file));
        Files.delete(file);
        node.importer().apply(old);
        assertEquals(
                Map.of("interface.name", "programs", "enabled", "false"),
                settings("io.kairos.transport.local-programs.cfg"));
    }

    @Test
    void valuesOfTheSharedInstanceThatMakeNoSenseAreLeftOut() throws Exception {
        Files.writeString(old.resolve("config"), """
                [reticulum]
                instance_name = two words
                shared_instance_type = pipe
                shared_instance_port = 70000
                instance_control_port = many
                rpc_key = secret
                """);
        List<Item> items = node.importer().apply(old);
        for (String key : List.of("instance_name", "instance_type", "instance_port", "control_port", "rpc_key")) {
            assertEquals(Result.LEFT_OUT, item(items, key).result(), key);
        }
        assertFalse(Files.exists(etc.resolve("io.kairos.transport.local-programs.cfg")));
    }
}
