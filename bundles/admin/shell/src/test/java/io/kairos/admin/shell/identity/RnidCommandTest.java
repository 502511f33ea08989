package io.kairos.admin.shell.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.FakeServices;
import io.kairos.admin.shell.Node;
import io.kairos.admin.shell.Services;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.time.Clock;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.test.kit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The letters of rnid, with an identity file of the reference implementation (RNS 1.4.2). */
class RnidCommandTest {

    private static final CryptoSuite SUITE = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final List<KnownDestination> heard = new ArrayList<>();
    private FakeServices services;
    private GivenIdentity me;

    @BeforeEach
    void setUp() throws IOException {
        try (InputStream in = RnidCommandTest.class.getResourceAsStream("/rnid/me.id")) {
            Files.write(folder.resolve("me.id"), in.readAllBytes());
        }
        Files.writeString(folder.resolve("note.txt"), "a note");
        me = new GivenIdentity(SUITE, Files.readAllBytes(folder.resolve("me.id")));
        LocalIdentity node = Node.identity("node", 1);
        services = new FakeServices()
                .with(CryptoSuite.class, SUITE)
                .with(Clock.class, new ManualClock())
                .with(IdentityStore.class, Node.fake(IdentityStore.class, (method, arguments) -> switch (method) {
                    case "all" -> List.of(node);
                    case "find" ->
                        Optional.of(node)
                                .filter(it -> arguments.get(0).equals("node")
                                        || arguments.get(0).equals(it.hash()));
                    case "exportKeys" -> new byte[64];
                    default -> throw new UnsupportedOperationException(method);
                }))
                .with(
                        KnownDestinations.class,
                        Node.fake(
                                KnownDestinations.class,
                                (method, arguments) -> heard.stream()
                                        .filter(known -> arguments.get(0).equals(known.destination())
                                                || arguments
                                                        .get(0)
                                                        .equals(known.identity().hash()))
                                        .findFirst()))
                .with(PacketRouter.class, Node.fake(PacketRouter.class, (method, arguments) -> {
                    asked.add(arguments.get(0).toString());
                    heard.add(Node.known("rns.id", me.publicIdentity()));
                    return CompletableFuture.completedFuture(true);
                }))
                .with(Endpoints.class, Node.fake(Endpoints.class, (method, arguments) -> switch (method) {
                    case "destinations" -> List.of();
                    case "open" -> opened((DestinationSettings) arguments.get(0));
                    default -> throw new UnsupportedOperationException(method);
                }));
    }

    private LocalDestination opened(DestinationSettings settings) {
        done.add("open " + settings.fullName());
        return Node.fake(LocalDestination.class, (method, arguments) -> {
            done.add(method);
            return null;
        });
    }

    /** A command that works in the folder of this test. */
    private String rnid(Object... options) {
        RnidCommand command = new RnidCommand();
        try {
            for (int i = 0; i < options.length; i += 2) {
                var field = RnidCommand.class.getDeclaredField((String) options[i]);
                field.setAccessible(true);
                field.set(command, options[i + 1]);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
                command.run((Services) services, folder, out);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (ReflectiveOperationException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void publicKeysAreReadInEveryForm() {
        byte[] keys = me.publicIdentity().toBytes();
        for (KeyEncoding form : KeyEncoding.values()) {
            String told = rnid("publicKeys", form.encode(keys), "aspects", "lxmf.delivery");
            assertEquals(Hashes.destination("lxmf.delivery", me.hash()).toHex() + "\n", told, form.name());
        }
        MeshException refusal = assertThrows(MeshException.class, () -> rnid("publicKeys", "no keys"));
        assertEquals("This is neither a file nor the text of an identity.", refusal.getMessage());
    }

    @Test
    void privateKeysAreUsedForOneCommandAndNotKept() {
        String told = rnid("privateKeys", hex(me.privateKeys()), "exportPublic", true, "exportPrivate", true);
        assertEquals(
                "Public Identity Keys  : " + hex(me.publicIdentity().toBytes()) + "\nPrivate Identity Keys : "
                        + hex(me.privateKeys()) + "\n",
                told);
        assertEquals(
                told.lines().toList().get(1).substring(24),
                hex(KeyEncoding.BASE64
                        .decode(rnid("identity", "me.id", "exportPrivate", true, "base64", true)
                                .strip()
                                .substring(24))
                        .orElseThrow()));
    }

    @Test
    void keysAreWrittenToFilesThatAreNotOverwritten() throws IOException {
        rnid("identity", "me.id", "target", "mine");
        assertArrayEquals(me.publicIdentity().toBytes(), Files.readAllBytes(folder.resolve("mine.pub")));
        assertThrows(MeshException.class, () -> rnid("identity", "me.id", "target", "mine"));
        rnid("identity", "me.id", "target", "mine", "force", true);

        rnid("identity", "me.id", "exportPrivate", true, "target", "copy.id");
        assertArrayEquals(me.privateKeys(), Files.readAllBytes(folder.resolve("copy.id")));
        assertTrue(rnid("publicKeys", "mine.pub").contains(me.hash().toHex()));
    }

    @Test
    void whoeverHasOnlyPublicKeysNeitherSignsNorShowsPrivateOnes() {
        String keys = hex(me.publicIdentity().toBytes());
        assertThrows(MeshException.class, () -> rnid("publicKeys", keys, "sign", "note.txt"));
        assertThrows(MeshException.class, () -> rnid("publicKeys", keys, "exportPrivate", true));
        assertThrows(MeshException.class, () -> rnid("publicKeys", keys, "announce", "rns.id"));
    }

    @Test
    void anIdentityIsAnnouncedWithADestinationThatIsOpenOnlyMeanwhile() {
        String told = rnid("identity", "me.id", "announce", "rns.id");
        assertEquals(
                "Announced rns.id (%s).\n"
                        .formatted(Hashes.destination("rns.id", me.hash()).toHex()),
                told);
        assertEquals(List.of("open rns.id", "announce", "close"), done);
    }

    @Test
    void aBareSignatureIsTrueForWhoeverIsNamed() throws IOException {
        rnid("identity", "me.id", "sign", "note.txt", "raw", true);
        byte[] signature = Files.readAllBytes(folder.resolve("note.txt.rsg"));
        assertEquals(64, signature.length);

        assertTrue(rnid("identity", "me.id", "verify", "note.txt").startsWith("True: note.txt"));
        assertThrows(MeshException.class, () -> rnid("verify", "note.txt"));
        assertThrows(MeshException.class, () -> rnid("identity", "node", "verify", "note.txt"));
        Files.writeString(folder.resolve("note.txt"), "another note");
        assertThrows(MeshException.class, () -> rnid("identity", "me.id", "verify", "note.txt"));
    }

    @Test
    void aSignatureIsShownAsTextInLinesOfSixtyFour() {
        String told = rnid("identity", "me.id", "sign", "note.txt", "base64", true);
        List<String> lines = told.lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.length() == 64), told);
        String text = String.join("", lines.subList(1, lines.size() - 1)).replaceAll("=+$", "");
        byte[] signature = KeyEncoding.BASE64.decode(text).orElseThrow();
        byte[] hash = Hashes.sha256("a note".getBytes(StandardCharsets.UTF_8));
        assertEquals(me.hash(), SignatureFile.verify(signature, hash, SUITE.signer()));
        assertFalse(Files.exists(folder.resolve("note.txt.rsg")));
    }

    @Test
    void aSignedTextGoesWithWhatIsToldAboutIt() throws IOException {
        Files.writeString(folder.resolve("about"), "name = Release\nfor = a, b\n[more]\nyear = 2026\n");
        rnid("identity", "me.id", "message", "hello", "meta", "about", "target", "hello");

        byte[] file = Files.readAllBytes(folder.resolve("hello.rsm"));
        Map<?, ?> envelope = (Map<?, ?>) MessagePack.unpack(Arrays.copyOfRange(file, 64, file.length));
        Map<?, ?> meta = (Map<?, ?>) envelope.get("meta");
        assertEquals(List.of("a", "b"), meta.get("for"));
        assertEquals(Map.of("year", "2026"), meta.get("more"));
        String told = rnid("verify", "hello.rsm", "showMeta", true);
        assertTrue(told.contains("\"name\": \"Release\"") && told.endsWith("\n\nhello\n"), told);

        file[file.length - 1] ^= 1;
        Files.write(folder.resolve("hello.rsm"), file);
        assertThrows(MeshException.class, () -> rnid("verify", "hello.rsm"));
        assertThrows(MeshException.class, () -> rnid("identity", "me.id", "message", "hello"));
    }

    @Test
    void textsAndShownSignaturesAreThoseOfTheReferenceToTheByte() throws IOException {
        Files.writeString(folder.resolve("about"), "name = Release\nfor = a, b\n[more]\nyear = 2026\n");
        rnid("identity", "me.id", "message", "hello", "meta", "about", "target", "hello");
        assertArrayEquals(recorded("hello.rsm"), Files.readAllBytes(folder.resolve("hello.rsm")));
        assertEquals(
                new String(recorded("note.armour"), StandardCharsets.UTF_8),
                rnid("identity", "me.id", "sign", "note.txt", "base64", true));
    }

    private static byte[] recorded(String name) throws IOException {
        try (InputStream in = RnidCommandTest.class.getResourceAsStream("/rnid/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void anUnknownIdentityIsAskedForWhereTheOperatorWantsThat() {
        String hash = me.hash().toHex();
        assertThrows(MeshException.class, () -> rnid("identity", hash, "exportPublic", true));
        assertEquals(List.of(), asked);

        assertTrue(rnid("identity", hash, "exportPublic", true, "request", true)
                .contains(hex(me.publicIdentity().toBytes())));
        assertEquals(2, asked.size());
        assertThrows(MeshException.class, () -> rnid("identity", hash, "exportPublic", true, "noCache", true));
    }

    @Test
    void theHashOfSomebodyUnknownIsEnoughToCheckWhoSigned() throws IOException {
        rnid("identity", "me.id", "sign", "note.txt");
        assertTrue(rnid("identity", me.hash().toHex(), "verify", "note.txt").startsWith("True"));
        assertThrows(MeshException.class, () -> rnid("identity", "11".repeat(16), "verify", "note.txt"));
        assertTrue(rnid("verify", "note.txt").startsWith("True"));
    }
}
