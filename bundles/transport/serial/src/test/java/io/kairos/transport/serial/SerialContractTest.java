package io.kairos.transport.serial;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.Settings;

/** Plain lines. */
class SerialContractTest extends PortContract {

    @Override
    MeshInterface open(Settings settings) {
        Settings all = settings;
        return new SerialInterface(all.as(SerialConfig.class), all.map(), time, time);
    }

    @Override
    void modify(MeshInterface opened, Settings settings) {
        Settings all = settings;
        ((SerialInterface) opened).modified(all.as(SerialConfig.class), all.map());
    }

    @Override
    protected String threadPrefix() {
        return "kairos-serial-";
    }
}
