package io.kairos.admin.shell.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With files that rnid of the reference implementation (RNS 1.4.2) has written. */
class RnidFilesTest {

    private static final CryptoSuite SUITE = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());

    private final byte[] note = read("note.txt");
    private final byte[] signature = read("note.txt.rsg");
    private final LocalIdentity me = new Me(read("me.id"));

    private static byte[] read(String name) {
        try (InputStream in = RnidFilesTest.class.getResourceAsStream("/rnid/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    @Test
    void aSignatureOfTheReferenceIsTrueAndOursIsTheSameToTheByte() {
        assertEquals(me.hash(), SignatureFile.verify(signature, Hashes.sha256(note), SUITE.signer()));
        assertArrayEquals(signature, SignatureFile.sign(me, Hashes.sha256(note)));
    }

    @Test
    void everyChangeIsFound() {
        byte[] hash = Hashes.sha256(note);
        for (int at = 0; at < signature.length; at++) {
            byte[] changed = signature.clone();
            changed[at] ^= 1;
            assertThrows(MalformedException.class, () -> SignatureFile.verify(changed, hash, SUITE.signer()), "" + at);
        }
        assertThrows(MalformedException.class, () -> SignatureFile.verify(signature, Hashes.sha256(), SUITE.signer()));
        assertThrows(
                MalformedException.class,
                () -> SignatureFile.verify(Arrays.copyOf(signature, 64), hash, SUITE.signer()));
    }

    @Test
    void aFileEncryptedByTheReferenceIsReadAndOursComesBack() throws IOException {
        assertArrayEquals(note, decrypt(read("note.txt.rfe")));
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        SealedFile.encrypt(SUITE, me.publicIdentity(), new ByteArrayInputStream(note), sealed);
        assertArrayEquals(note, decrypt(sealed.toByteArray()));
        assertThrows(MalformedException.class, () -> decrypt(new byte[96]));
    }

    private byte[] decrypt(byte[] sealed) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        SealedFile.decrypt(me, new ByteArrayInputStream(sealed), plain);
        return plain.toByteArray();
    }

    private static final class Me implements LocalIdentity {

        private final byte[] agreement;
        private final byte[] seed;

        Me(byte[] keys) {
            agreement = Arrays.copyOf(keys, 32);
            seed = Arrays.copyOfRange(keys, 32, 64);
        }

        @Override
        public String name() {
            return "me";
        }

        @Override
        public PublicIdentity publicIdentity() {
            byte[] keys = Arrays.copyOf(SUITE.keyAgreement().publicKey(agreement), 64);
            System.arraycopy(SUITE.signer().publicKey(seed), 0, keys, 32, 32);
            return PublicIdentity.of(keys, Hashes.identity(keys));
        }

        @Override
        public byte[] sign(byte[] message) {
            return SUITE.signer().sign(seed, message);
        }

        @Override
        public Optional<byte[]> agree(byte[] peerPublicKey) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
            return Optional.ofNullable(SUITE.decrypt(List.of(agreement), hash().toBytes(), ciphertext))
                    .map(decrypted -> decrypted.plaintext());
        }
    }
}
