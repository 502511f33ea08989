package io.kairos.transport.rnode;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Two interfaces, each with a simulated modem in the network; the modems share the air. */
class RNodeContractTest extends MeshInterfaceContract {

    private final Radios radios = new Radios();

    @AfterEach
    void endRadios() {
        radios.close();
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open(radios.firstSettings(extra));
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open(radios.secondSettings(extra));
    }

    private MeshInterface open(Settings settings) {
        return new RNodeInterface(
                settings.as(RNodeConfig.class),
                settings.map(),
                time,
                time,
                radios::openInQuiet,
                new Budgets(Radios.SPEED));
    }

    @Override
    protected boolean firstNeedsSecond() {
        return false;
    }

    @Override
    protected int window() {
        return 20;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-rnode-";
    }

    /** Strangers reach it through the air alone. */
    @Override
    protected boolean attackSecond(byte[] bytes) {
        int most = Math.min(bytes.length, 100_000);
        for (int at = 0; at < most; at += CommandDecoder.LONGEST) {
            radios.second.stranger(0, Arrays.copyOfRange(bytes, at, Math.min(most, at + CommandDecoder.LONGEST)));
        }
        return true;
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = radios.secondSettings(extra);
        ((RNodeInterface) opened).modified(changed.as(RNodeConfig.class), changed.map());
        return true;
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("frequency.hz", "2450000000");
    }
}
