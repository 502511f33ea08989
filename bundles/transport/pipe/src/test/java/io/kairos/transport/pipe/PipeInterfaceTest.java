package io.kairos.transport.pipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.test.contract.RecordedLog;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipeInterfaceTest {

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final RecordingSink sink = new RecordingSink();
    private PipeInterface opened;

    @AfterEach
    void end() {
        opened.close();
    }

    @Test
    void aProgramThatEndsIsSaidAndStartedAgainWithGrowingPauses() throws IOException {
        open("command", "sh -c 'echo x >> runs; exit 3'", "restart.delay.seconds", 2);

        WaitFor.condition("it has ended", () -> opened.status().state() == InterfaceState.DOWN);
        Failure why = opened.status().failure().orElseThrow();
        assertEquals("The program sh ended with status 3", why.message());
        assertFalse(why.remedy().isBlank());
        for (int pause : new int[] {2, 4, 8}) {
            long before = runs();
            WaitFor.condition("a restart waits", () -> clock.waiting() == 1);
            clock.advance(Duration.ofMillis(pause * 1_000L - 1));
            assertEquals(before, runs());
            clock.advance(Duration.ofMillis(1));
            WaitFor.condition("it has run again", () -> runs() == before + 1);
        }
    }

    @Test
    void aProgramThatDoesNotExistIsAFailureWithARemedy() {
        open("command", "/nowhere/modem --fast");

        WaitFor.condition("it is down", () -> opened.status().state() == InterfaceState.DOWN);
        Failure why = opened.status().failure().orElseThrow();
        assertEquals(Failure.Kind.CONFIGURATION, why.kind());
        assertTrue(why.message().startsWith("The program modem could not be started"), why.message());
    }

    @Test
    void aMissingFolderIsNamed() {
        open("command", "cat", "working.folder", "/nowhere");

        WaitFor.condition("it is down", () -> opened.status().state() == InterfaceState.DOWN);
        assertTrue(opened.status().failure().orElseThrow().message().contains("working.folder"));
    }

    @Test
    void noShellLooksAtTheCommand() throws IOException {
        open("command", "touch $HOME;echo 'one word' > here");

        WaitFor.condition("it has run", () -> Files.exists(folder.resolve("here")));
        assertTrue(Files.exists(folder.resolve("one word")));
        assertTrue(Files.exists(folder.resolve(">")));
        assertTrue(Files.exists(folder.resolve("$HOME;echo")));
    }

    @Test
    void theProgramSeesOnlyWhatItIsGiven() throws IOException {
        open("command", "sh -c 'env > seen.part; mv seen.part seen; cat'", "environment", new String[] {
            "MODEM=/dev/null", "RATE=9600"
        });

        WaitFor.condition("it has run", () -> Files.exists(folder.resolve("seen")));
        String seen = Files.readString(folder.resolve("seen"));
        assertTrue(seen.contains("MODEM=/dev/null\n") && seen.contains("RATE=9600\n"), seen);
        assertFalse(seen.contains("MAVEN") || seen.contains("JAVA_HOME"), seen);
    }

    @Test
    void whatTheProgramComplainsAboutIsNotLoggedAboveDebug() {
        RecordedLog.INSTANCE.clear();
        open("command", "sh -c 'echo peer 192.0.2.7 is angry >&2; cat'");
        echoes();

        assertTrue(RecordedLog.INSTANCE.lines().stream().noneMatch(line -> line.contains("angry")));
    }

    @Test
    void everythingTheProgramHasStartedEndsWithTheInterface() throws IOException {
        open("command", "sh -c 'sleep 1000 & echo $! > pid.part; mv pid.part pid; cat'");
        WaitFor.condition("it has run", () -> Files.exists(folder.resolve("pid")));
        long pid = pid();

        opened.close();

        WaitFor.condition("the grandchild is gone", () -> isGone(pid));
    }

    @Test
    void aProgramThatIgnoresTheSignalIsEndedAllTheSame() throws IOException {
        open("command", "sh -c 'trap \"\" TERM; echo $$ > pid.part; mv pid.part pid; while :; do sleep 1; done'");
        WaitFor.condition("it has run", () -> Files.exists(folder.resolve("pid")));
        long pid = pid();

        opened.close();

        WaitFor.condition("it is gone", () -> isGone(pid));
    }

    @Test
    void framesAreThoseOfReticulum() throws IOException {
        open("command", "sh -c 'head -c 9 > frame.part; mv frame.part frame; cat'");
        WaitFor.condition("it is up", () -> opened.status().isUp());

        opened.send(ByteBuffer.wrap(new byte[] {1, 0x7e, 0x7d, 2, 3}));
        opened.flush();

        WaitFor.condition("it has arrived", () -> Files.exists(folder.resolve("frame")));
        assertArrayEquals(
                new byte[] {0x7e, 1, 0x7d, 0x5e, 0x7d, 0x5d, 2, 3, 0x7e}, Files.readAllBytes(folder.resolve("frame")));
    }

    @Test
    void aStrayFlagDoesNotTurnTheReaderInsideOut() {
        open("command", "sh -c 'printf \"\\176\"; cat'");

        echoes();
    }

    @Test
    void isKnownByTheTextOfReticulumsInterface() {
        open("command", "cat");

        assertEquals("PipeInterface[pipe]", opened.description());
        assertEquals(1_064, opened.budget().packetBytes());
        assertEquals(1_000_000, opened.budget().bitsPerSecond());
        assertEquals("pipe", opened.kind());
    }

    /** What is sent comes back through {@code cat}. */
    private void echoes() {
        WaitFor.condition("it is up", () -> opened.status().isUp());
        opened.send(ByteBuffer.wrap("there and back again".getBytes(StandardCharsets.US_ASCII)));
        opened.flush();
        WaitFor.condition("it is back", () -> sink.count() == 1);
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    private long runs() {
        try {
            return Files.exists(folder.resolve("runs")) ? Files.size(folder.resolve("runs")) / 2 : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(Object... more) {
        Settings settings = Settings.of("interface.name", "pipe", "working.folder", folder.toString())
                .with(Settings.of(more).map());
        opened = new PipeInterface(settings.as(PipeConfig.class), settings.map(), clock, clock);
        opened.attach(sink);
    }
}
