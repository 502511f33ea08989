package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.lib.bytes.MessagePack;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files in which Reticulum keeps ratchets, as far as cryptography and MessagePack decide them. */
class RatchetFileVectors {

    private final JsonNode vectors = VectorFile.read("ratchet.json");
    private final byte[] owner = VectorFile.bytes(vectors, "identity_private_key");

    @Test
    void ownRatchetsAreSignedByTheIdentity() {
        ReticulumSuite suite = Suites.complete();
        byte[] contents = VectorFile.bytes(vectors.path("own_ratchet_file"), "contents");
        byte[] seed = Arrays.copyOfRange(owner, 32, 64);

        Map<?, ?> file = (Map<?, ?>) MessagePack.unpack(contents);
        byte[] ratchets = (byte[]) file.get("ratchets");
        byte[] signature = (byte[]) file.get("signature");

        assertTrue(suite.signer().verify(suite.signer().publicKey(seed), ratchets, signature));
        assertArrayEquals(suite.signer().sign(seed, ratchets), signature);
        assertArrayEquals(contents, MessagePack.pack(file), "the same bytes when written again");
        List<?> keys = (List<?>) MessagePack.unpack(ratchets);
        JsonNode cases = vectors.path("cases");
        assertEquals(cases.size(), keys.size());
        for (int i = 0; i < cases.size(); i++) {
            byte[] expected = VectorFile.bytes(cases.path(cases.size() - 1 - i), "ratchet_private");
            assertArrayEquals(expected, (byte[]) keys.get(i), "newest first");
        }
    }

    @Test
    void aPeersRatchetIsKeptWithTheTimeItWasReceived() {
        byte[] contents = VectorFile.bytes(vectors.path("peer_ratchet_file"), "contents");

        Map<?, ?> file = (Map<?, ?>) MessagePack.unpack(contents);

        JsonNode newest = vectors.path("cases").path(vectors.path("cases").size() - 1);
        assertArrayEquals(VectorFile.bytes(newest, "ratchet_public"), (byte[]) file.get("ratchet"));
        assertEquals(1_750_000_000.0, file.get("received"));
        assertArrayEquals(contents, MessagePack.pack(file), "the same bytes when written again");
    }
}
