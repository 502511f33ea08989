package io.kairos.transport.serial;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.Settings;
import java.util.Map;

/** Modems that are nothing but a cable, with headers. */
class Ax25ContractTest extends PortContract {

    @Override
    MeshInterface open(Settings settings) {
        Settings all = settings.with(Map.of("callsign", "n0call"));
        return new Ax25Interface(all.as(Ax25Config.class), all.map(), time, time);
    }

    @Override
    void modify(MeshInterface opened, Settings settings) {
        Settings all = settings.with(Map.of("callsign", "n0call"));
        ((Ax25Interface) opened).modified(all.as(Ax25Config.class), all.map());
    }

    @Override
    protected String threadPrefix() {
        return "kairos-ax25-";
    }
}
