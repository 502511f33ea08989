package io.kairos.transport.sneakernet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StickTest {

    @TempDir
    Path stick;

    private Path folder;
    private final Member alice = new Member(1);
    private final Member bob = new Member(2);

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectory(stick.resolve(StickFolder.NAME));
    }

    @Test
    void packetsTravelBothWaysAndAreRemovedOnceTheyAreRead() throws IOException {
        alice.queue(Member.packet(1), Member.packet(2));
        alice.visit(stick);
        bob.queue(Member.packet(3));

        assertEquals(2, bob.visit(stick));
        assertArrayEquals(Member.packet(1), bob.inbox.get(0));
        assertEquals(2, batches().size());
        assertEquals(1, alice.visit(stick));

        assertEquals(1, batches().size(), "her own file is gone, his is not: he has yet to hear that it was read");
        assertEquals(0, bob.visit(stick));
        assertEquals(List.of(), batches());
        assertEquals(0, alice.visit(stick));
    }

    @Test
    void nothingIsDeliveredTwiceWhateverTheStickBringsBack() throws IOException {
        alice.queue(Member.packet(1));
        alice.visit(stick);
        byte[] file = Files.readAllBytes(batches().get(0));
        assertEquals(1, bob.visit(stick));
        bob.restart();

        assertEquals(0, bob.visit(stick));
        alice.visit(stick);
        Files.write(folder.resolve("00000001.kb"), file);
        assertEquals(0, bob.visit(stick));
    }

    @Test
    void whatIsOnTheStickIsNotPutThereAgain() throws IOException {
        alice.queue(Member.packet(1));
        alice.visit(stick);
        alice.restart();
        alice.visit(stick);
        alice.queue(Member.packet(2));
        alice.visit(stick);

        assertEquals(2, batches().size());
        assertEquals(2, bob.visit(stick));
    }

    @Test
    void whileNobodyTakesPacketsTheyStayOnTheStick() throws IOException {
        alice.queue(Member.packet(1));
        alice.visit(stick);
        bob.isListening = false;
        Stick visit = new Stick(StickFolder.on(stick).orElseThrow(), bob.traveller);
        assertEquals(0, visit.read(bob.sealer, Member.NOW));
        visit.write(bob.sealer, Member.NOW, true);
        alice.visit(stick);

        bob.isListening = true;
        assertEquals(1, visit.read(bob.sealer, Member.NOW));
    }

    @Test
    void aSecondStickGetsEverythingToo(@TempDir Path other) throws IOException {
        Files.createDirectory(other.resolve(StickFolder.NAME));
        alice.queue(Member.packet(1));
        alice.visit(stick);
        alice.visit(other);

        assertEquals(1, bob.visit(other));
        assertEquals(0, bob.visit(stick), "the same packet by two ways comes once");
    }

    @Test
    void aStickThatWasEmptiedIsFilledAgain() throws IOException {
        alice.queue(Member.packet(1));
        alice.visit(stick);
        for (Path file : files()) {
            Files.delete(file);
        }
        alice.visit(stick);

        assertEquals(1, bob.visit(stick));
    }

    @Test
    void aDamagedFileIsReadAsFarAsItGoesAndWrittenAgainByItsWriter() throws IOException {
        alice.queue(Member.packet(1), Member.packet(2), Member.packet(3));
        alice.visit(stick);
        byte[] file = Files.readAllBytes(batches().get(0));
        file[file.length / 2] ^= 1;
        Files.write(batches().get(0), file);

        assertEquals(2, bob.visit(stick));
        alice.visit(stick);
        assertEquals(1, batches().size());
        assertEquals(1, bob.visit(stick));
        assertEquals(3, bob.inbox.size());
    }

    @Test
    void aStickPulledOutAtAnyByteCostsNothing() throws IOException {
        alice.queue(Member.packet(1), Member.packet(2));
        alice.visit(stick);
        byte[] file = Files.readAllBytes(batches().get(0));
        for (int cut = 0; cut < file.length; cut += 29) {
            Member reader = new Member(3);
            clear();
            Files.write(folder.resolve("0000000a.kb"), Arrays.copyOf(file, cut));
            reader.visit(stick);
            alice.restart();
            alice.visit(stick); // sees what is left of the file
            reader.visit(stick);

            assertEquals(2, reader.inbox.size(), "cut at " + cut);
        }
    }

    @Test
    void aStrangersFilesStayUntouched() throws IOException {
        Member stranger = new Member(4, Member.KEY.replace('0', '1'), false);
        stranger.queue(Member.packet(1));
        stranger.visit(stick);
        Files.writeString(folder.resolve("letter.txt"), "hello");
        Files.write(folder.resolve("00000002.kb"), new byte[100]);
        alice.queue(Member.packet(2));
        alice.visit(stick, Member.NOW + 400 * Member.DAY);

        assertEquals(0, bob.visit(stick, Member.NOW + 400 * Member.DAY));
        assertTrue(Files.exists(folder.resolve("letter.txt")));
        assertTrue(Files.exists(folder.resolve("00000002.kb")));
        assertEquals(4, files().size());
    }

    @Test
    void expiredPacketsAreNeitherDeliveredNorKept() throws IOException {
        alice.queue(Member.packet(1));
        alice.visit(stick);

        assertEquals(0, bob.visit(stick, Member.NOW + 15 * Member.DAY));
        assertEquals(List.of(), batches(), "he has read it, and nobody else is known on this stick");
    }

    @Test
    void aFileStaysUntilEveryKnownReaderHasReadIt() throws IOException {
        Member carol = new Member(5);
        alice.queue(Member.packet(1));
        alice.visit(stick);
        carol.queue(Member.packet(9));
        bob.visit(stick);
        carol.visit(stick);
        alice.queue(Member.packet(2));
        alice.visit(stick);
        bob.visit(stick);
        alice.visit(stick);

        assertEquals(1, carol.visit(stick), "the second packet waited for her");
        assertEquals(2, carol.inbox.size());
    }

    @Test
    void onlyWritersThatAreTrustedAreRead() throws IOException {
        alice.queue(Member.packet(1));
        alice.visit(stick);
        Member careful = new Member(6);
        careful.traveller = new Traveller(
                careful.places(Set.of(bob.hash()), 1),
                careful.spool,
                new SeenTable(),
                () -> true,
                (writer, packet) -> careful.inbox.add(packet));

        assertEquals(0, careful.visit(stick));
    }

    @Test
    void linksAndFilesOfOtherKindsAreNotFollowed(@TempDir Path elsewhere) throws IOException {
        Files.delete(folder);
        Files.createSymbolicLink(folder, elsewhere);
        assertTrue(StickFolder.on(stick).isEmpty());

        Files.delete(folder);
        Files.createDirectory(folder);
        Files.write(elsewhere.resolve("secret"), new byte[100]);
        Files.createSymbolicLink(folder.resolve("00000003.kb"), elsewhere.resolve("secret"));
        Files.createDirectory(folder.resolve("00000004.kb"));
        assertEquals(List.of(), StickFolder.on(stick).orElseThrow().list());
    }

    @Test
    void thousandsOfPacketsComeInTheirOrder() throws IOException {
        for (int i = 0; i < 700; i++) {
            byte[] packet = Member.packet(i);
            packet[20] = (byte) (i >> 8);
            alice.queue(packet);
        }
        alice.visit(stick);

        assertEquals(700, bob.visit(stick));
        for (int i = 0; i < 700; i++) {
            assertEquals((byte) i, bob.inbox.get(i)[30]);
        }
        for (Path file : batches()) {
            assertTrue(Files.size(file) <= BatchCodec.USUAL_FILE_BYTES);
        }
    }

    @Test
    void theShareOfAStickIsKept() throws IOException {
        alice.traveller = new Traveller(
                new SneakernetSettings.Places(
                        "test",
                        "main",
                        new FolderPatterns(List.of()),
                        new KeySource("", "", Member.KEY),
                        Set.of(),
                        new StickBudget(90, 20_000),
                        Duration.ofDays(1),
                        1 << 20,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        false),
                alice.spool,
                new SeenTable(),
                () -> true,
                (writer, packet) -> alice.inbox.add(packet));
        for (int i = 0; i < 200; i++) {
            alice.queue(Member.packet(i));
        }
        Stick visit = new Stick(StickFolder.on(stick).orElseThrow(), alice.traveller);
        visit.read(alice.sealer, Member.NOW);
        visit.write(alice.sealer, Member.NOW, true);

        assertTrue(visit.isFull());
        long used = 0;
        for (Path file : batches()) {
            used += Files.size(file);
        }
        assertTrue(used <= 20_000 && used > 10_000, "used " + used);
        bob.visit(stick);
        visit.read(alice.sealer, Member.NOW);
        visit.write(alice.sealer, Member.NOW, true);
        assertTrue(bob.visit(stick) > 30, "what was read makes room for the rest");
    }

    @Test
    void manySmallFilesBecomeFew() throws IOException {
        Stick visit = new Stick(StickFolder.on(stick).orElseThrow(), alice.traveller);
        for (int i = 0; i < 140; i++) {
            alice.queue(Member.packet(i));
            visit.read(alice.sealer, Member.NOW);
            visit.write(alice.sealer, Member.NOW, true);
        }

        assertTrue(batches().size() < 20, "there are " + batches().size());
        assertEquals(140, bob.visit(stick));
    }

    @Test
    void whatWasHalfWrittenIsSweptAfterADay() throws IOException {
        Path half = folder.resolve("00000005.tmp");
        Files.write(half, new byte[10], StandardOpenOption.CREATE_NEW);
        alice.visit(stick, Files.getLastModifiedTime(half).toMillis() / 1_000 + 100);
        assertTrue(Files.exists(half));

        alice.visit(stick, Files.getLastModifiedTime(half).toMillis() / 1_000 + 2 * Member.DAY);
        assertFalse(Files.exists(half));
    }

    @Test
    void aStickThatIsGoneIsAnIoException() throws IOException {
        Stick visit = new Stick(StickFolder.on(stick).orElseThrow(), alice.traveller);
        Files.delete(folder);

        assertThrows(IOException.class, () -> visit.read(alice.sealer, Member.NOW));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private List<Path> batches() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(StickFolder.BATCH))
                .toList();
    }

    private void clear() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
    }
}
