package io.kairos.transport.rnode;

import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import io.kairos.test.rnode.Air;
import io.kairos.test.rnode.Modem;
import io.kairos.test.rnode.RealTime;
import io.kairos.test.rnode.TcpModem;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two simulated modems in the network, and settings for interfaces that use them. */
final class Radios implements AutoCloseable {

    /** How many times faster than in life. */
    static final double SPEED = 40;

    private static final Duration QUIET = Duration.ofMillis(100);

    final RealTime time = new RealTime();
    final Air air = new Air(time, time, SPEED, 7);
    final Modem first = new Modem(air, "first");
    final Modem second;
    final TcpModem firstDoor = new TcpModem(first, 0);
    final TcpModem secondDoor;

    Radios() {
        this(List.of());
    }

    /** @param chips of the second modem; empty: it has one radio */
    Radios(List<Integer> chips) {
        second = new Modem(air, "second", chips);
        secondDoor = new TcpModem(second, 0);
    }

    /** Opens a device once nothing is on its way any more, so that a test does not hear what was sent in another life. */
    RadioPort openInQuiet(DeviceSettings settings) {
        WaitFor.condition("the air is quiet", () -> air.quietFor().compareTo(QUIET) > 0);
        return Ports.open(settings);
    }

    Settings firstSettings(Map<String, ?> extra) {
        return settings("one", firstDoor).with(extra);
    }

    Settings secondSettings(Map<String, ?> extra) {
        return settings("two", secondDoor).with(extra);
    }

    private static Settings settings(String name, TcpModem door) {
        return Settings.of(
                "interface.name",
                name,
                "port",
                "tcp://127.0.0.1:" + door.port(),
                "region",
                "none",
                "frequency.hz",
                "2427000000",
                "bandwidth.hz",
                "1625000",
                "spreading.factor",
                "5",
                "coding.rate",
                "5",
                "reopen.delay.seconds",
                "1",
                "send.queue.bytes",
                "16384");
    }

    @Override
    public void close() {
        firstDoor.close();
        secondDoor.close();
        time.close();
    }
}
