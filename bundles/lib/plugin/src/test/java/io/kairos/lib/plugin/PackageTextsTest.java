package io.kairos.lib.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PackageTextsTest {

    private final Samples.Signer signer = Samples.Signer.draw();

    @Test
    void aKeyIsReadAsItIsWritten() {
        PackageKey key = signer.key();

        assertEquals(key, PackageKey.of(key.text()));
        assertEquals(16, key.id().length());
        assertThrows(MalformedException.class, () -> PackageKey.of("ed25519:AAAA"));
        assertThrows(MalformedException.class, () -> PackageKey.of(key.base64()));
        assertThrows(MalformedException.class, () -> PackageKey.of(key.text() + "\n"));
    }

    @Test
    void signaturesOfTomorrowAreReadAndLeftAlone() {
        List<PackageSignature> both = List.of(
                PackageSignature.of(signer.key(), new byte[64]),
                new PackageSignature("ml-dsa-65", "0".repeat(16), "AAAA"));

        assertEquals(both, PackageSignatures.decode(PackageSignatures.encode(both)));
        assertEquals(List.of(), PackageSignatures.decode(new byte[0]));
    }

    @Test
    void aKeyThatSignsTwiceIsRefused() {
        PackageSignature one = PackageSignature.of(signer.key(), new byte[64]);
        byte[] twice = PackageSignatures.encode(List.of(one, one));

        assertThrows(MalformedException.class, () -> PackageSignatures.decode(twice));
        assertThrows(
                MalformedException.class,
                () -> PackageSignatures.decode("ed25519 x".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void versionsAreOrderedByNumber() {
        assertTrue(PackageVersion.of("1.10.0").compareTo(PackageVersion.of("1.9.9")) > 0);
        assertTrue(PackageVersion.of("1.0.0").compareTo(PackageVersion.of("1.0.0.a")) < 0);
        assertEquals(PackageVersion.of("0.1.0.SNAPSHOT"), PackageVersion.ofMaven("0.1.0-SNAPSHOT"));
        assertThrows(MalformedException.class, () -> PackageVersion.of("1.0"));
        assertThrows(MalformedException.class, () -> PackageVersion.of("01.0.0"));
    }

    @Test
    void namesArePlain() {
        assertTrue(PackageNames.isName("hello-transport"));
        for (String name : List.of("", "Hello", "../x", "a/b", "a..b", "a b", "x".repeat(65))) {
            assertFalse(PackageNames.isName(name), name);
        }
    }

    @Test
    void coordinatesAreExact() {
        assertEquals(
                "org/example/hello/1.0/hello-1.0-features.xml",
                MavenCoordinates.ofUrl("mvn:org.example/hello/1.0/xml/features").path());
        assertThrows(MalformedException.class, () -> MavenCoordinates.ofUrl("mvn:org.example/hello/[1,2)"));
        assertThrows(MalformedException.class, () -> MavenCoordinates.ofUrl("file:/tmp/x.jar"));
        assertThrows(MalformedException.class, () -> MavenCoordinates.ofUrl("mvn:https://evil!g/a/1"));
        assertEquals(Optional.empty(), MavenCoordinates.ofPath("org/example/hello/1.0/other-1.0.jar"));
        assertEquals(Optional.empty(), MavenCoordinates.ofPath("hello-1.0.jar"));
    }
}
