package io.kairos.transport.local;

import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.medium.Medium;
import io.kairos.transport.local.rpc.RpcDoor;
import io.kairos.transport.local.rpc.RpcKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Both sockets of one shared instance. The control socket is opened when the packet socket is there: whoever has the name
 * answers the questions.
 */
record Sockets(ProgramListener programs, ControlListener control, RpcDoor door, String keyOrigin) implements Medium {

    static Sockets make(
            LocalSettings.Line line,
            Supplier<LocalSettings> settings,
            Supplier<Optional<ProgramCalls>> calls,
            Consumer<InterfaceStatus> onStatus,
            Timers timers) {
        SecureRandom random = new SecureRandom();
        RpcKey key = new RpcKey(line.key().map(HexFormat.of()::parseHex), line.folder(), random);
        RpcDoor door = new RpcDoor(key, calls, random, timers);
        return new Sockets(
                new ProgramListener(line, settings, onStatus, timers),
                new ControlListener(line.name(), line.endpoint(), door, timers),
                door,
                key.origin());
    }

    void openControl() {
        door.prepare();
        control.start();
    }

    @Override
    public void start() {
        programs.start();
    }

    @Override
    public void attach(PacketSink core) {
        programs.attach(core);
    }

    @Override
    public void detach() {
        programs.detach();
    }

    @Override
    public InterfaceCounters counters() {
        return programs.counters();
    }

    @Override
    public void closeForRestart() {
        control.close();
        programs.closeForRestart();
    }

    @Override
    public void close() {
        control.close();
        programs.close();
    }
}
