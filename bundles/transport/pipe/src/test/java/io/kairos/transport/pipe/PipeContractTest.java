package io.kairos.transport.pipe;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two interfaces, each with a shell that copies between its own standard streams and two named pipes. */
class PipeContractTest extends MeshInterfaceContract {

    @TempDir
    Path folder;

    @BeforeEach
    void makePipes() throws IOException, InterruptedException {
        new ProcessBuilder(
                        "mkfifo",
                        folder.resolve("to-second").toString(),
                        folder.resolve("to-first").toString())
                .start()
                .waitFor();
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open("left", "to-second", "to-first", extra);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open("right", "to-first", "to-second", extra);
    }

    @Override
    protected boolean firstNeedsSecond() {
        return false;
    }

    /** Less than the queue and the named pipes hold, whatever the packets look like. */
    @Override
    protected int window() {
        return 20;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-pipe-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (OutputStream pipe = Files.newOutputStream(folder.resolve("to-second"))) {
            pipe.write(bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = settings("right", "to-first", "to-second", extra);
        ((PipeInterface) opened).modified(changed.as(PipeConfig.class), changed.map());
        return true;
    }

    private MeshInterface open(String name, String out, String in, Map<String, Object> extra) {
        Settings settings = settings(name, out, in, extra);
        return new PipeInterface(settings.as(PipeConfig.class), settings.map(), time, time);
    }

    /** Pipes are opened for both directions, so that no end waits for the other to open it. */
    private Settings settings(String name, String out, String in, Map<String, Object> extra) {
        return Settings.of(
                        "interface.name",
                        name,
                        "working.folder",
                        folder.toString(),
                        "command",
                        "sh -c 'exec 3<>%s 4<>%s; cat <&3 & exec cat >&4'".formatted(in, out))
                .with(extra);
    }
}
