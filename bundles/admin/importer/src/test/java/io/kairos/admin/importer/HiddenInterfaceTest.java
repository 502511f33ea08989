package io.kairos.admin.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Interfaces whose address is a key. */
class HiddenInterfaceTest extends ImporterScene {

    @Test
    void aHiddenInterfaceKeepsItsAddress() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("hidden/storage/i2p"));
        Path home = temp.resolve("hidden");
        Files.writeString(home.resolve("config"), """
                [interfaces]
                  [[I2P]]
                    type = I2PInterface
                    enabled = yes
                    connectable = yes
                    peers = %1$s.b32.i2p, %2$s.b32.i2p
                  [[Old form]]
                    type = I2PInterface
                    enabled = yes
                    connectable = yes
                """.formatted("a".repeat(52), "b".repeat(52)));
        byte[] identity = new byte[64];
        Arrays.fill(identity, (byte) 9);
        Files.write(home.resolve("storage/transport_identity"), identity);
        String keys = "A".repeat(520) + "BQAEAAcAAA==";
        // names as the reference makes them: SHA-256 of both hashes, and at first of the interface's alone
        byte[] hash = publicHash(identity);
        Files.writeString(
                folder.resolve(hex(sha(sha("I2P".getBytes(StandardCharsets.UTF_8)), sha(hash))) + ".i2p"), keys);
        byte[] older = sha(sha("Old form".getBytes(StandardCharsets.UTF_8)));
        Files.writeString(folder.resolve(hex(older) + ".i2p"), keys);

        List<Item> items = node.importer().apply(home);

        Map<String, String> made = settings("io.kairos.transport.i2p-I2P.cfg");
        assertEquals("a".repeat(52) + ".b32.i2p," + "b".repeat(52) + ".b32.i2p", made.get("peers"));
        assertEquals("true", made.get("connectable"));
        assertEquals(
                2,
                items.stream()
                        .filter(item -> item.target().startsWith("address of ") && item.result() == Result.DONE)
                        .count());
        byte[] kept = sha(sha("I2P".getBytes(StandardCharsets.UTF_8)));
        assertEquals(keys, new String(node.store.read("i2p/" + hex(kept)).orElseThrow(), StandardCharsets.US_ASCII));
        assertTrue(node.importer().apply(home).stream()
                .filter(item -> item.target().startsWith("address of "))
                .allMatch(item -> item.result() == Result.PRESENT));
    }

    private byte[] publicHash(byte[] privateKeys) {
        byte[] agreement = node.suite.keyAgreement().publicKey(Arrays.copyOf(privateKeys, 32));
        byte[] signing = node.suite.signer().publicKey(Arrays.copyOfRange(privateKeys, 32, 64));
        return Arrays.copyOf(sha(agreement, signing), 16);
    }

    private static byte[] sha(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            Arrays.stream(parts).forEach(sha::update);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
