package io.kairos.sdk.packager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private static final String FEATURES = """
            <features name="morse-1.0.0" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
              <feature name="morse" version="1.0.0" install="auto">
                <feature>kairos-transport-pipe</feature>
                <configfile finalname="/etc/morse.py">mvn:org.example/morse/1.0.0/py</configfile>
              </feature>
              <feature name="morse-extra" version="1.0.0"/>
            </features>
            """;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private String told;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("features.xml"), FEATURES);
        Files.writeString(folder.resolve("morse.py"), "print('dit')\n");
    }

    @Test
    void aPackageIsMadeSignedAndVerified() throws IOException {
        keygen("mine.key");
        keygen("other.key");

        assertEquals(0, pack("--key", path("mine.key")), told);
        assertEquals(0, run("verify", "--trust", path("mine.key.pub"), path("morse.kar")), told);
        assertTrue(told.contains("morse 1.0.0: Morse lamp"), told);
        assertTrue(told.contains("features  morse\n"), told);
        assertTrue(told.contains("repository/org/example/morse/1.0.0/morse-1.0.0.py"), told);
        assertTrue(told.contains(": valid"), told);
        assertEquals(1, run("verify", "--trust", path("other.key.pub"), path("morse.kar")));
        assertTrue(told.contains("No given key has signed"), told);
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        keygen("mine.key");
        pack("--key", path("mine.key"));
        byte[] first = Files.readAllBytes(folder.resolve("morse.kar"));

        pack("--key", path("mine.key"));

        assertArrayEquals(first, Files.readAllBytes(folder.resolve("morse.kar")));
    }

    @Test
    void aChangedByteIsNoticed() throws IOException {
        keygen("mine.key");
        pack("--key", path("mine.key"));
        byte[] bytes = Files.readAllBytes(folder.resolve("morse.kar"));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("print('dit')");
        bytes[at + 7] = 'D';
        Files.write(folder.resolve("morse.kar"), bytes);

        assertEquals(1, run("verify", "--trust", path("mine.key.pub"), path("morse.kar")), told);
        assertTrue(told.contains("morse.kar"), told);
    }

    @Test
    void anUnsignedPackageCanBeSignedLater() throws IOException {
        keygen("mine.key");
        assertEquals(0, pack());
        assertTrue(told.contains("not signed"), told);
        assertEquals(1, run("verify", "--trust", path("mine.key.pub"), path("morse.kar")));

        assertEquals(0, run("sign", "--key", path("mine.key"), path("morse.kar")), told);
        assertEquals(0, run("verify", "--trust", path("mine.key.pub"), path("morse.kar")), told);
    }

    @Test
    void aKeyIsForItsOwnerAloneAndNeverOverwritten() throws IOException {
        keygen("mine.key");
        byte[] before = Files.readAllBytes(folder.resolve("mine.key"));

        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("mine.key"))));
        assertEquals(1, run("keygen", "--key", path("mine.key")));
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("mine.key")));
        Files.setPosixFilePermissions(folder.resolve("mine.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(1, pack("--key", path("mine.key")));
        assertTrue(told.contains("chmod 600"), told);
    }

    @Test
    void aKeyWithAPassphraseNeedsIt() throws IOException {
        environment.put("KAIROS_KEY_PASSPHRASE", "correct horse");
        keygen("mine.key");
        assertTrue(Files.readString(folder.resolve("mine.key")).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        assertEquals(0, pack("--key", path("mine.key")), told);

        environment.put("KAIROS_KEY_PASSPHRASE", "wrong");
        assertEquals(1, pack("--key", path("mine.key")));
        environment.clear();
        assertEquals(1, pack("--key", path("mine.key")));
        assertTrue(told.contains("KAIROS_KEY_PASSPHRASE"), told);
    }

    /** Made with {@code openssl genpkey -algorithm ed25519}. */
    @Test
    void aKeyOfOpensslIsAKey() throws IOException {
        Path file = folder.resolve("openssl.key");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                -----END PRIVATE KEY-----
                """);

        assertEquals(0, pack("--key", file.toString()), told);
        assertEquals( // RFC 8032, section 7.1, test 1
                0,
                run("verify", "--trust", "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", path("morse.kar")),
                told);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertEquals(
                1,
                run("pack", "--id", "org.example:morse:1.0.0", "--features", path("features.xml"), "--out", path("x")));
        assertTrue(told.contains("mvn:org.example/morse/1.0.0/py"), told);
        assertFalse(Files.exists(folder.resolve("x")));
        assertEquals(1, run("pack", "--features", path("features.xml")));
        assertTrue(told.contains("--id is missing"), told);
        assertEquals(1, run("show", path("nothing.kar")));
        assertEquals(1, run("show", path("features.xml")));
        assertTrue(told.contains("not a package"), told);
        assertEquals(2, run());
        assertEquals(2, run("dance"));
    }

    private void keygen(String name) {
        assertEquals(0, run("keygen", "--key", path(name)), told);
        assertTrue(told.contains("ed25519:"), told);
    }

    @Test
    void aWholeNodeIsPackedFromItsFolderWithoutItsData() throws IOException {
        keygen("mine.key");
        for (String file :
                new String[] {"bin/kairos", "etc/acl.*.cfg", "lib/boot/a.jar", "system/b.jar", "data/secret"}) {
            Files.createDirectories(folder.resolve("dist").resolve(file).getParent());
            Files.writeString(folder.resolve("dist").resolve(file), file);
        }

        assertEquals(0, packNode("dist"), told);
        assertEquals(0, run("verify", "--trust", path("mine.key.pub"), path("node.kar")), told);

        assertTrue(told.contains("kairos 0.2.0: Kairos 0.2.0"), told);
        assertTrue(told.contains("bin/kairos"), told);
        assertTrue(told.contains("etc/acl.=2a.cfg"), told);
        assertFalse(told.contains("data/secret"), told);
    }

    @Test
    void whatIsNoDistributionIsNotPacked() throws IOException {
        keygen("mine.key");

        assertEquals(1, packNode("features.xml"));
        assertEquals(1, packNode("."));
        assertTrue(told.contains("no folder bin"), told);
    }

    private int packNode(String what) {
        return run("pack-node", "--version", "0.2.0", "--key", path("mine.key"), "--out", path("node.kar"), path(what));
    }

    private int pack(String... more) {
        String[] all = {
            "pack",
            "--id",
            "org.example:morse:1.0.0",
            "--features",
            path("features.xml"),
            "--title",
            "Morse lamp",
            "--out",
            path("morse.kar"),
            "mvn:org.example/morse/1.0.0/py=" + path("morse.py")
        };
        String[] arguments = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return run(arguments);
    }

    private int run(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Clock clock = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
        int status = new Main(new PrintStream(bytes, true, StandardCharsets.UTF_8), environment, clock).run(arguments);
        told = bytes.toString(StandardCharsets.UTF_8);
        return status;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
