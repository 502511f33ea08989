package io.kairos.admin.importer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.bytes.MessagePack;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Identities, keys, known and refused destinations. */
class IdentitiesTest extends ImporterScene {

    @Test
    void identitiesKeysRatchetsAndRefusedIdentitiesAreTakenOver() {
        node.importer().apply(old);

        assertEquals(List.of("node", "reticulum-node", "rncp"), List.copyOf(node.keys.keySet()));
        KnownDestination alice = node.known.get(DestinationHash.parse(fact("alice")));
        assertEquals("Alice", new String(alice.appData().orElseThrow(), StandardCharsets.UTF_8));
        assertTrue(alice.ratchet().isPresent());
        assertTrue(
                node.known.get(DestinationHash.parse(fact("other"))).ratchet().isEmpty());
        assertTrue(node.store.read("ratchets/own/" + fact("own")).isPresent());
        assertEquals(fact("blackholed"), node.blackholed.get(0).identity().toHex());
        assertEquals("spam", node.blackholed.get(0).reason().orElseThrow());
    }

    @Test
    void damagedFilesAreLeftOutAndTheRestIsTakenOver() throws Exception {
        Files.write(old.resolve("storage/known_destinations"), new byte[] {(byte) 0x82, 1});
        Files.write(old.resolve("storage/identities/rncp"), new byte[63]);
        Files.write(old.resolve("storage/blackhole/local"), new byte[] {1});

        List<Item> items = node.importer().apply(old);

        assertEquals(Result.LEFT_OUT, item(items, "known_destinations").result());
        assertEquals(Result.LEFT_OUT, item(items, "identities/rncp").result());
        assertEquals(Result.LEFT_OUT, item(items, "blackhole/local").result());
        assertEquals(Result.DONE, item(items, "transport_identity").result());
    }

    @Test
    void ratchetsThatNobodyHereSignedAreLeftOut() throws Exception {
        Files.delete(old.resolve("storage/identities/rncp"));
        Item ratchets = item(node.importer().apply(old), ".ratchets");
        assertEquals(Result.LEFT_OUT, ratchets.result());
        assertFalse(node.store.read("ratchets/own/" + fact("own")).isPresent());
    }

    @Test
    void theIdentityOfAnotherProgramIsFoundByItsFolder() throws Exception {
        Path nomad = temp.resolve(".nomadnetwork");
        Files.createDirectories(nomad.resolve("storage"));
        byte[] keys = new byte[64];
        Arrays.fill(keys, (byte) 3);
        Files.write(nomad.resolve("storage/identity"), keys);

        node.importer().apply(nomad);

        assertArrayEquals(keys, node.keys.get("nomadnetwork"));
    }

    @Test
    void entriesOfFiveElementsThatAreKeptForGoodStayKept() throws Exception {
        byte[] hash = new byte[16];
        Map<Object, Object> file = new HashMap<>();
        file.put(ByteBuffer.wrap(hash), Arrays.asList(1.5e9, null, new byte[64], null, -1L));
        Files.write(old.resolve("storage/known_destinations"), MessagePack.pack(file));

        node.importer().apply(old);

        assertEquals(List.of(DestinationHash.of(hash)), node.kept);
    }
}
