package io.kairos.transport.satellite;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import java.util.Arrays;
import java.util.Map;

/** Two short-burst modems that write to each other. */
class SbdContractTest extends MeshInterfaceContract {

    private final MemoryStore store = new MemoryStore();
    private final SimulatedModem one = new SimulatedModem();
    private final SimulatedModem two = new SimulatedModem();

    {
        SimulatedModem.pair(one, two);
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open("one", one, extra);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open("two", two, extra);
    }

    /** Messages wait in a mailbox. */
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
        return 20;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-satellite-sbd-";
    }

    /** Anybody who pays may write to a modem. */
    @Override
    protected boolean attackSecond(byte[] bytes) {
        two.deliver(Arrays.copyOf(bytes, Math.min(bytes.length, 270)));
        return true;
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = settings("two", extra);
        ((SbdInterface) opened).modified(changed.as(SbdConfig.class), changed.map());
        return true;
    }

    private MeshInterface open(String name, SimulatedModem modem, Map<String, Object> extra) {
        Settings settings = settings(name, extra);
        SbdInterface opened =
                new SbdInterface(settings.as(SbdConfig.class), settings.map(), time, time, use -> modem.open());
        opened.bindStore(store);
        return opened;
    }

    private static Settings settings(String name, Map<String, Object> extra) {
        return Settings.of("interface.name", name, "port", "tcp://127.0.0.1:1", "budget.credits.per.month", 1L << 39)
                .with(extra);
    }
}
