package io.kairos.lib.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class PackageReaderTest {

    private final Samples.Signer signer = Samples.Signer.draw();
    private final byte[] sound = Samples.bytes(Samples.manifest(), Samples.contents(), List.of(signer));

    @Test
    void whatIsWrittenIsRead() throws IOException {
        PluginPackage read = PackageReader.open(PackageSource.of(sound));

        read.checkFiles();
        assertEquals("hello-transport", read.manifest().name());
        assertEquals(2, read.manifest().files().size());
        assertEquals(List.of(signer.key()), read.signers(List.of(signer.key()), signer.check()));
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        read.copy(read.manifest().files().get(1), jar);
        assertArrayEquals(new byte[1_000], jar.toByteArray());
    }

    @Test
    void theSameContentGivesTheSameBytes() {
        assertArrayEquals(sound, Samples.bytes(Samples.manifest(), Samples.contents(), List.of(signer)));
    }

    @Test
    void otherProgramsReadTheSameEntries() throws IOException {
        Set<String> names = new HashSet<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(sound))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertEquals(Set.of("KAIROS-INF/manifest", "KAIROS-INF/signatures", Samples.FEATURES, Samples.JAR), names);
    }

    @Test
    void aStrangersSignatureIsNotOurs() throws IOException {
        Samples.Signer stranger = Samples.Signer.draw();

        PluginPackage read = PackageReader.open(PackageSource.of(sound));

        assertEquals(List.of(), read.signers(List.of(stranger.key()), stranger.check()));
    }

    @Test
    void noByteCanBeChangedUnnoticed() {
        int changes = 0;
        for (int at = 0; at < sound.length; at += at > 1_500 && at < 2_200 ? 97 : 1) {
            byte[] changed = sound.clone();
            changed[at] ^= 0x20;
            if (isAccepted(changed)) {
                changes++;
                // version needed, time and checksum of an entry are the same in both headers or the change is refused
                assertTrue(isMeaningless(at), "byte " + at + " was changed");
            }
        }
        assertTrue(changes < 60, changes + " bytes without meaning");
    }

    /** Fields of the directory alone that no program uses for reading: who made it, inner attributes, permissions. */
    private boolean isMeaningless(int at) {
        int directory = indexOf(new byte[] {'P', 'K', 1, 2}, 0);
        for (int header = directory; header >= 0; header = indexOf(new byte[] {'P', 'K', 1, 2}, header + 1)) {
            int within = at - header;
            if (within == 4 || within == 5 || within >= 36 && within < 42) {
                return true;
            }
        }
        return false;
    }

    private int indexOf(byte[] mark, int from) {
        for (int i = from; i <= sound.length - mark.length; i++) {
            if (Arrays.equals(sound, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAccepted(byte[] bytes) {
        try {
            PluginPackage read = PackageReader.open(PackageSource.of(bytes));
            read.checkFiles();
            return !read.signers(List.of(signer.key()), signer.check()).isEmpty();
        } catch (MalformedException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingMayBeCutOffOrAdded() {
        for (int length = 0; length < sound.length; length += 13) {
            assertRefused(Arrays.copyOf(sound, length), "");
        }
        assertRefused(Arrays.copyOf(sound, sound.length + 1), "does not end as");
        byte[] shifted = new byte[sound.length + 4];
        System.arraycopy(sound, 0, shifted, 4, sound.length);
        assertRefused(shifted, "between its directory and its end");
    }

    @Test
    void compressedEntriesAreRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("KAIROS-INF/manifest"));
            zip.write(new byte[1 << 20]);
        }
        assertRefused(out.toByteArray(), "sizes behind it");
    }

    @Test
    void pathsThatLeaveThePackageAreRefusedByTheWriterToo() {
        for (String path : List.of(
                "repository/../../etc/x",
                "/etc/x",
                "repository\\x",
                "repository//x",
                "repository/x\u0000y",
                "repository/.hidden",
                "repository/x/",
                "repository/\u00e4",
                "other/x")) {
            Map<String, PackageContent> contents = Samples.contents();
            contents.put(path, PackageContent.of(new byte[1]));
            assertThrows(
                    MalformedException.class, () -> Samples.bytes(Samples.manifest(), contents, List.of(signer)), path);
        }
    }

    @Test
    void aFileThatDiffersInCaseOnlyIsRefused() {
        Map<String, PackageContent> contents = Samples.contents();
        contents.put(Samples.JAR.replace("hello", "Hello"), PackageContent.of(new byte[1]));

        assertThrows(MalformedException.class, () -> Samples.bytes(Samples.manifest(), contents, List.of(signer)));
    }

    @Test
    void aFileAndAFolderOfOneNameAreRefused() {
        Map<String, PackageContent> contents = Samples.contents();
        contents.put(Samples.JAR + "/inner", PackageContent.of(new byte[1]));

        assertThrows(MalformedException.class, () -> Samples.bytes(Samples.manifest(), contents, List.of(signer)));
    }

    private static void assertRefused(byte[] bytes, String reason) {
        MalformedException refusal =
                assertThrows(MalformedException.class, () -> PackageReader.open(PackageSource.of(bytes)));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }
}
