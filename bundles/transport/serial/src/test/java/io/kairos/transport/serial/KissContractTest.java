package io.kairos.transport.serial;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.Settings;

/** Modems that are nothing but a cable. */
class KissContractTest extends PortContract {

    @Override
    MeshInterface open(Settings settings) {
        Settings all = settings;
        return new KissInterface(all.as(KissConfig.class), all.map(), time, time);
    }

    @Override
    void modify(MeshInterface opened, Settings settings) {
        Settings all = settings;
        ((KissInterface) opened).modified(all.as(KissConfig.class), all.map());
    }

    @Override
    protected String threadPrefix() {
        return "kairos-kiss-";
    }
}
