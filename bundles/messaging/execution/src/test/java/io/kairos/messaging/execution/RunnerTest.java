package io.kairos.messaging.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.files.RemoteCommands.Result;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.WaitFor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class RunnerTest {

    @TempDir
    Path folder;

    private Result run(String line, Duration longest, int bytes, String input) {
        Runner runner = new Runner(folder, longest, bytes, 1, new ManualClock());
        return runner.run(new Asked(
                line,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(input.getBytes(StandardCharsets.UTF_8))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void outputErrorAndStatusComeBack() {
        Result result = run("sh -c 'cat; echo bad >&2; exit 3'", Duration.ofSeconds(20), 1000, "hello");
        assertTrue(result.started());
        assertEquals(OptionalInt.of(3), result.status());
        assertEquals("hello", text(result.output()));
        assertEquals("bad\n", text(result.error()));
    }

    @Test
    void outputIsCutButCountedAndTheProgramIsNotHeldUp() {
        Result result = run("head -c 1000000 /dev/zero", Duration.ofSeconds(20), 100, "");
        assertEquals(OptionalInt.of(0), result.status());
        assertEquals(100, result.output().length);
        assertEquals(1_000_000, result.outputBytes());
    }

    @Test
    void aProgramThatTakesTooLongIsEndedWithItsChildren() throws Exception {
        Path pid = folder.resolve("child");
        Result result = run("sh -c 'sleep 600 & echo $! >child; echo begun; wait'", Duration.ofMillis(700), 100, "");
        assertEquals(OptionalInt.empty(), result.status());
        assertEquals("begun\n", text(result.output()));
        long child = Long.parseLong(Files.readString(pid).strip());
        WaitFor.condition(
                "the child has ended",
                () -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void whatCannotBeStartedIsToldAsNotStarted() {
        assertFalse(run("/nowhere/program", Duration.ofSeconds(5), 10, "").started());
        assertFalse(run("'open", Duration.ofSeconds(5), 10, "").started());
    }

    @Test
    void noShellReadsTheCommand() {
        Result result = run("echo $HOME; echo x", Duration.ofSeconds(20), 100, "");
        assertEquals("$HOME; echo x\n", text(result.output()));
    }
}
