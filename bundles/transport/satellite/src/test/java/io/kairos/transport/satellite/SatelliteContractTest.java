package io.kairos.transport.satellite;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every transport has to pass, over real connections to a gateway that stands for terminals and satellite. */
class SatelliteContractTest extends MeshInterfaceContract {

    private final MemoryStore store = new MemoryStore();
    private Gateway gateway;

    @BeforeEach
    void launch() {
        gateway = new Gateway();
    }

    @AfterEach
    void land() {
        gateway.close();
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open("one", gateway.firstPort(), extra);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open("two", gateway.secondPort(), extra);
    }

    /** The gateway answers whether there is somebody on the other side or not. */
    @Override
    protected boolean firstNeedsSecond() {
        return false;
    }

    /** The urgent ones overtake. */
    @Override
    protected boolean keepsOrder() {
        return false;
    }

    @Override
    protected int window() {
        return 40;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-satellite-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        return gateway.toSecond(bytes);
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = settings("two", gateway.secondPort(), extra);
        ((SatelliteInterface) opened).modified(changed.as(SatelliteConfig.class), changed.map());
        return true;
    }

    private MeshInterface open(String name, int port, Map<String, Object> extra) {
        Settings settings = settings(name, port, extra);
        SatelliteInterface opened =
                new SatelliteInterface(settings.as(SatelliteConfig.class), settings.map(), time, time);
        opened.bindStore(store);
        return opened;
    }

    private static Settings settings(String name, int port, Map<String, Object> extra) {
        return Settings.of(
                        "interface.name",
                        name,
                        "peer.host",
                        "127.0.0.1",
                        "peer.port",
                        port,
                        "bitrate.bits.per.second",
                        1_000_000_000,
                        "budget.bytes.per.month",
                        1L << 40)
                .with(extra);
    }
}
