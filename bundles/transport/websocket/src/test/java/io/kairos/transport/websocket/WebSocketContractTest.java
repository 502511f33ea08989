package io.kairos.transport.websocket;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

class WebSocketContractTest extends MeshInterfaceContract {

    private final int port = Scene.freePort();

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        Settings settings = Scene.client(port).with(extra);
        return new WebSocketClientInterface(settings.as(WebSocketClientConfig.class), settings.map(), time, time);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        Settings settings = Scene.server(port).with(extra);
        return new WebSocketServerInterface(settings.as(WebSocketServerConfig.class), settings.map(), time, time);
    }

    @Override
    protected Map<String, Object> elsewhere() {
        return Map.of("listen.port", Scene.freePort());
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = Scene.server(port).with(extra);
        ((WebSocketServerInterface) opened).modified(changed.as(WebSocketServerConfig.class), changed.map());
        return true;
    }

    @Override
    protected boolean secondHasChildren() {
        return true;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-websocket-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            return true; // hung up on before everything was written
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }
}
