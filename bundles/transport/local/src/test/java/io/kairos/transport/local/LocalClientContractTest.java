package io.kairos.transport.local;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A node as the program of a shared instance, at a shared instance of our own, over real sockets. */
class LocalClientContractTest extends MeshInterfaceContract {

    @TempDir
    static Path folder;

    private final int port = LocalContractTest.freePort();
    private final int controlPort = LocalContractTest.freePort();

    /** Attempts are eight seconds apart; here a quarter of a second. */
    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        Settings settings = Settings.of("interface.name", "rnsd", "socket", "tcp", "peer.port", port)
                .with(extra);
        return new LocalClientInterface(
                settings.as(LocalClientConfig.class), settings.map(), new QuickTimers(time, 32));
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name",
                        "programs",
                        "socket",
                        "tcp",
                        "listen.port",
                        port,
                        "control.port",
                        controlPort,
                        "reticulum.folder",
                        folder.toString())
                .with(extra);
        return new LocalInterface(settings.as(LocalConfig.class), settings.map(), time);
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-local-";
    }
}
