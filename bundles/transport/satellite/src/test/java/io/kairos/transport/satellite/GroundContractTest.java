package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A modem at sea and a base station, with the gateway of a provider between them. */
class GroundContractTest extends MeshInterfaceContract {

    private static final String IMEI = "300234010123450";

    private final MemoryStore sea = new MemoryStore();
    private final MemoryStore land = new MemoryStore();
    private final SimulatedModem modem = new SimulatedModem();
    private final int port = SimulatedGateway.freePort();
    private SimulatedGateway gateway;

    @BeforeEach
    void launch() {
        gateway = new SimulatedGateway(port);
        gateway.join(IMEI, modem);
    }

    @AfterEach
    void land() {
        gateway.close();
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name",
                        "boat",
                        "port",
                        "tcp://127.0.0.1:1",
                        "message.bytes",
                        340,
                        "budget.credits.per.month",
                        1L << 39)
                .with(extra);
        SbdInterface opened =
                new SbdInterface(settings.as(SbdConfig.class), settings.map(), time, time, use -> modem.open());
        opened.bindStore(sea);
        return opened;
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        Settings settings = settings(extra);
        GroundInterface opened = new GroundInterface(settings.as(GroundConfig.class), settings.map(), time, time);
        opened.bindStore(land);
        return opened;
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    /** Messages wait at the gateway. */
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
        return "kairos-satellite-";
    }

    /** Somebody at an address of the gateway. */
    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
        } catch (IOException hungUp) {
            return true;
        }
        return true;
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = settings(extra);
        ((GroundInterface) opened).modified(changed.as(GroundConfig.class), changed.map());
        return true;
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("listen.port", SimulatedGateway.freePort());
    }

    /** A modem is a neighbour as long as the port is open: nobody hears that it is switched off. */
    @Test
    @Override
    protected void childrenComeAndGoWithTheirNeighbours() {
        Pair pair = connect();
        MeshInterface child = pair.second().carrier();
        assertEquals(pair.second().opened().policy(), child.policy());
        assertEquals(pair.second().opened().budget(), child.budget());
        assertFalse(child.description().equals(pair.second().opened().description()));

        pair.second().opened().close();

        assertFalse(child.status().isUp());
    }

    /** They meet at the gateway; only one of them has a port. */
    @Test
    @Override
    protected void bothEndsNameTheEndpointWhereTheyMeet() {
        Pair pair = connect();
        assertEquals(
                Set.of(Endpoint.port("tcp", "127.0.0.1", port)),
                pair.second().opened().endpoints());
        assertTrue(pair.first().opened().endpoints().isEmpty());
    }

    private Settings settings(Map<String, Object> extra) {
        return Settings.of(
                        "interface.name",
                        "base",
                        "modems",
                        "boat:" + IMEI,
                        "listen.host",
                        "127.0.0.1",
                        "listen.port",
                        port,
                        "gateway.addresses",
                        "127.0.0.0/8",
                        "gateway.host",
                        "127.0.0.1",
                        "gateway.port",
                        gateway.port(),
                        "budget.credits.per.month",
                        1L << 39)
                .with(extra);
    }
}
