package io.kairos.transport.loopback;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.util.Map;

class LoopbackContractTest extends MeshInterfaceContract {

    private final LoopbackExchange exchange = new LoopbackExchange();

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open(Settings.of("interface.name", "left", "peer", "right").with(extra));
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open(second(extra));
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = second(extra);
        ((LoopbackInterface) opened).modified(changed.as(LoopbackConfig.class), changed.map());
        return true;
    }

    private static Settings second(Map<String, Object> extra) {
        return Settings.of("interface.name", "right", "peer", "left").with(extra);
    }

    @Override
    protected String threadPrefix() {
        return "kairos-loopback-";
    }

    private MeshInterface open(Settings settings) {
        return new LoopbackInterface(settings.as(LoopbackConfig.class), settings.map(), exchange, time);
    }
}
