package io.kairos.transport.rnode;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A device with one radio, and one with several of which one is used: a neighbour that is an interface of its own. */
class RNodeMultiContractTest extends MeshInterfaceContract {

    private static final String TUNED =
            " frequency.hz=2427000000 bandwidth.hz=1625000 spreading.factor=5 coding.rate=5";

    private final Radios radios = new Radios(List.of(0x01, 0x21));

    @AfterEach
    void endRadios() {
        radios.close();
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        Settings settings = radios.firstSettings(extra);
        return new RNodeInterface(
                settings.as(RNodeConfig.class),
                settings.map(),
                time,
                time,
                radios::openInQuiet,
                new Budgets(Radios.SPEED));
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        Settings settings = second(extra);
        return new RNodeMultiInterface(
                settings.as(RNodeMultiConfig.class),
                settings.map(),
                time,
                time,
                radios::openInQuiet,
                new Budgets(Radios.SPEED));
    }

    private Settings second(Map<String, Object> extra) {
        Map<String, Object> all = new HashMap<>(Map.of("radios", "high index=1" + TUNED));
        all.putAll(extra);
        return radios.secondSettings(all);
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    /** A radio stays when a neighbour falls silent; that it goes with its device is tested in RNodeInterfaceTest. */
    @Test
    @Override
    protected void childrenComeAndGoWithTheirNeighbours() {
        Assumptions.abort("the children of this medium are radios of its own");
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

    @Override
    protected boolean attackSecond(byte[] bytes) {
        int most = Math.min(bytes.length, 100_000);
        for (int at = 0; at < most; at += CommandDecoder.LONGEST) {
            radios.second.stranger(1, Arrays.copyOfRange(bytes, at, Math.min(most, at + CommandDecoder.LONGEST)));
        }
        return true;
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = second(extra);
        ((RNodeMultiInterface) opened).modified(changed.as(RNodeMultiConfig.class), changed.map());
        return true;
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("radios", "high index=1" + TUNED.replace("2427", "2450"));
    }
}
