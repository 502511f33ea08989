package io.kairos.messaging.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.FileTransfer;
import io.kairos.api.files.FileTransfers.Options;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.PipeLine;
import io.kairos.test.kit.PipedInterface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files between two nodes over real links, under a clock that the test moves. */
class TwoNodesTest {

    private static final int SENDER = 1;
    private static final int RECEIVER = 2;
    private static final Options PATIENT = new Options("rncp", true, Duration.ofSeconds(30));

    private static final Options UNCOMPRESSED = new Options("rncp", false, Duration.ofSeconds(30));

    @TempDir
    Path temp;

    private final ManualClock clock = new ManualClock();
    private PipedInterface.Pair line;
    private MeshNode sender;
    private MeshNode receiver;
    private Path inbox;
    private Path shared;

    private void start(Set<IdentityHash> allowed, long largest) throws IOException {
        inbox = temp.resolve("inbox");
        shared = Files.createDirectories(temp.resolve("shared"));
        FilesSettings closed = new FilesSettings(
                Optional.empty(), false, Long.MAX_VALUE, Optional.empty(), Set.of(), false, Duration.ZERO, "rncp");
        FilesSettings open = new FilesSettings(
                Optional.of(inbox),
                false,
                largest,
                Optional.of(shared),
                allowed,
                false,
                Duration.ofSeconds(60),
                "rncp");
        line = PipedInterface.pair("left", "right", clock, 3);
        sender = new MeshNode(clock, SENDER, Files.createDirectories(temp.resolve("s")), closed);
        sender.router.attach(line.left());
        receiver = new MeshNode(clock, RECEIVER, Files.createDirectories(temp.resolve("r")), open);
        receiver.router.attach(line.right());
        until(
                "the listener is heard",
                () -> sender.router.knownDestinations().peek(address()).isPresent());
    }

    private DestinationHash address() {
        return receiver.files.serving().orElseThrow().address();
    }

    private void until(String what, BooleanSupplier condition) {
        for (int i = 0; i < 300_000 && !condition.getAsBoolean(); i++) {
            clock.advance(Duration.ofMillis(1));
        }
        assertTrue(condition.getAsBoolean(), what);
    }

    private void finish(FileTransfer transfer) {
        until("it is over", () -> transfer.outcome().toCompletableFuture().isDone());
    }

    private MeshException failure(FileTransfer transfer) {
        finish(transfer);
        try {
            transfer.outcome().toCompletableFuture().join();
        } catch (CompletionException e) {
            return (MeshException) e.getCause();
        }
        throw new AssertionError("it did not fail");
    }

    private Path content(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(temp.resolve(name), bytes);
    }

    @Test
    void aFileIsSentAndFetched() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        Path note = content("note.bin", 50_000);

        FileTransfer sent = sender.files.send(note, address(), PATIENT);
        finish(sent);
        assertEquals(FileTransfer.Phase.DONE, sent.phase());
        until("it is saved", () -> Files.exists(inbox.resolve("note.bin")));
        assertArrayEquals(Files.readAllBytes(note), Files.readAllBytes(inbox.resolve("note.bin")));

        Files.copy(note, shared.resolve("there.bin"));
        FileTransfer fetched = sender.files.fetch("there.bin", address(), temp, false, PATIENT);
        finish(fetched);
        assertEquals(Optional.of(temp.resolve("there.bin")), fetched.saved());
        assertArrayEquals(Files.readAllBytes(note), Files.readAllBytes(temp.resolve("there.bin")));
        assertEquals(1, receiver.files.serving().orElseThrow().received());
    }

    @Test
    void whoIsNotAllowedSendsAndFetchesNothing() throws IOException {
        start(Set.of(), Long.MAX_VALUE);
        Files.writeString(shared.resolve("there.txt"), "secret");

        failure(sender.files.send(content("note.bin", 100), address(), PATIENT));
        failure(sender.files.fetch("there.txt", address(), temp, false, PATIENT));

        assertFalse(Files.exists(inbox.resolve("note.bin")));
        assertFalse(Files.exists(temp.resolve("there.txt")));
        assertTrue(receiver.files.serving().orElseThrow().refused() > 0);
    }

    @Test
    void whatIsTooLongIsRefused() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), 1_000);
        MeshException refusal = failure(sender.files.send(content("long.bin", 5_000), address(), PATIENT));
        assertEquals("The other end refuses the file.", refusal.getMessage());
    }

    @Test
    void missingFilesAndThoseOutsideAreTold() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        Files.writeString(temp.resolve("secret"), "outside");
        assertEquals(
                "The other end has no such file.",
                failure(sender.files.fetch("nothing", address(), temp, false, PATIENT))
                        .getMessage());
        assertEquals(
                "The other end does not give out this file.",
                failure(sender.files.fetch("../secret", address(), temp, false, PATIENT))
                        .getMessage());
    }

    private static final PipeLine SLOW = PipeLine.PERFECT.withDelay(Duration.ofMillis(20));
    private static final PipeLine DEAD = PipeLine.PERFECT.withLoss(1);

    /** Lets a transfer come so far, breaks the line until that is noticed, and heals it. */
    private void breakOffAt(FileTransfer transfer, long bytes) {
        until("it has come so far", () -> transfer.bytes() > bytes);
        assertFalse(transfer.outcome().toCompletableFuture().isDone());
        line.line(DEAD);
        until("the break is noticed", () -> transfer.interruptions() == 1);
        line.line(SLOW);
    }

    private void assertArrived(FileTransfer transfer, Path from, Path to) throws IOException {
        finish(transfer);
        assertEquals(FileTransfer.Phase.DONE, transfer.phase());
        until("it is saved", () -> Files.exists(to));
        assertArrayEquals(Files.readAllBytes(from), Files.readAllBytes(to));
        assertEquals(1, to.getParent().toFile().list().length, "nothing else is left there");
    }

    @Test
    void afterABrokenLinkALargeFileGoesOnWhereItWas() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        Path big = content("big.bin", 2_300_000);
        line.line(SLOW);

        FileTransfer sent = sender.files.send(big, address(), UNCOMPRESSED);
        breakOffAt(sent, 1_000_000);
        until("it is on its way again", () -> sent.phase() == FileTransfer.Phase.TRANSFERRING);
        assertTrue(sent.bytes() >= 1_000_000, "from " + sent.bytes());

        assertArrived(sent, big, inbox.resolve("big.bin"));
        assertEquals(1, sent.interruptions());
    }

    @Test
    void whatWasKeptCountsForTheNextTransfer() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        Path big = content("big.bin", 2_300_000);
        line.line(SLOW);

        FileTransfer cancelled = sender.files.send(big, address(), UNCOMPRESSED);
        until("the first piece is there", () -> cancelled.bytes() > 1_000_000);
        cancelled.cancel();
        failure(cancelled);

        FileTransfer again = sender.files.send(big, address(), UNCOMPRESSED);
        assertArrived(again, big, inbox.resolve("big.bin"));
        assertTrue(again.resumedAt() >= 1_000_000, "resumed at " + again.resumedAt());
        assertEquals(0, again.interruptions());
    }

    @Test
    void afterABrokenLinkFetchingGoesOnWhereItWas() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        Path big = Files.move(content("big.bin", 2_300_000), shared.resolve("big.bin"));
        Path here = Files.createDirectories(temp.resolve("here"));
        line.line(SLOW);

        FileTransfer fetched = sender.files.fetch("big.bin", address(), here, false, UNCOMPRESSED);
        breakOffAt(fetched, 1_000_000);
        until("it is on its way again", () -> fetched.phase() == FileTransfer.Phase.TRANSFERRING);
        assertTrue(fetched.bytes() >= 1_000_000, "from " + fetched.bytes());

        assertArrived(fetched, big, here.resolve("big.bin"));
        assertEquals(Optional.of(here.resolve("big.bin")), fetched.saved());
        until("it is counted", () -> receiver.files.serving().orElseThrow().fetched() == 1);
    }

    @Test
    void aFileThatWasChangedIsFetchedFromItsBeginning() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        Path big = Files.move(content("big.bin", 2_300_000), shared.resolve("big.bin"));
        Path here = Files.createDirectories(temp.resolve("here"));
        line.line(SLOW);

        FileTransfer cancelled = sender.files.fetch("big.bin", address(), here, false, UNCOMPRESSED);
        until("the first piece is there", () -> cancelled.bytes() > 1_000_000);
        cancelled.cancel();
        failure(cancelled);
        Files.move(content("other.bin", 2_200_000), big, StandardCopyOption.REPLACE_EXISTING);

        FileTransfer again = sender.files.fetch("big.bin", address(), here, false, UNCOMPRESSED);
        finish(again);
        assertEquals(0, again.resumedAt());
        assertArrayEquals(Files.readAllBytes(big), Files.readAllBytes(here.resolve("big.bin")));
    }

    @Test
    void anEmptyFileIsFetchedToo() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        Files.createFile(shared.resolve("empty"));
        FileTransfer fetched = sender.files.fetch("empty", address(), temp, false, PATIENT);
        finish(fetched);
        assertEquals(0, Files.size(fetched.saved().orElseThrow()));
    }

    @Test
    void aProgramWithoutPiecesGetsTheFileOnceMoreFromItsBeginning() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        sender.forgetsApplicationData(true);
        Path big = content("big.bin", 2_300_000);
        line.line(SLOW);

        FileTransfer sent = sender.files.send(big, address(), UNCOMPRESSED);
        breakOffAt(sent, 500_000);
        until("it is on its way again", () -> sent.phase() == FileTransfer.Phase.TRANSFERRING);
        assertTrue(sent.bytes() < 500_000, "from " + sent.bytes());

        assertArrived(sent, big, inbox.resolve("big.bin"));
    }

    @Test
    void aLinkThatStaysBrokenIsGivenUp() throws IOException {
        start(Set.of(MeshNode.identityOf(SENDER)), Long.MAX_VALUE);
        line.line(SLOW);
        Options hasty = new Options("rncp", false, Duration.ofSeconds(5));
        FileTransfer sent = sender.files.send(content("big.bin", 2_300_000), address(), hasty);
        until("it is on its way", () -> sent.bytes() > 0);
        line.line(DEAD);

        MeshException end = failure(sent);
        assertEquals(Failure.Kind.NETWORK, end.kind());
        assertEquals(Outgoing.MOST_BREAKS, sent.interruptions());
    }
}
